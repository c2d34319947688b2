package sources_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"waypost/replies/sources"
)

func TestHosts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed, made string
		links       int
		want        []string
	}{
		{"see https://a.example/x and www.b.example", "", 2, []string{"a.example", "www.b.example"}},
		{`[x](https:\/\/evil.example/a)`, `<p><a href="https://evil.example/a">x</a></p>`, 1, []string{"evil.example"}},
		{"[x](//evil.example)", `<a href="//evil.example">x</a>`, 1, []string{"evil.example"}},
		{"https&#58;//evil.example", `<a href="https://evil.example/?a=1&amp;b=2">x</a>`, 1, []string{"evil.example"}},
		{"https://käse.example", "", 1, []string{"xn--kse-qla.example"}},
		{"nothing", "<p>nothing</p>", 0, nil},
	} {
		if got := sources.Hosts(c.typed, c.made); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", c.typed, got)
		}
		if n := sources.Links(c.typed, c.made); n != c.links {
			t.Errorf("%s: %d links", c.typed, n)
		}
	}
}

func TestNetworks(t *testing.T) {
	t.Parallel()
	if got := sources.Around("203.0.113.77"); got != "203.0.113.0/24" {
		t.Error(got)
	}
	if got := sources.Around("2001:db8:1:2::3"); got != "2001:db8:1::/48" {
		t.Error(got)
	}
	if list := sources.Prefixes("203.0.113.77"); len(list) != 25 || list[24].String() != "203.0.113.77/32" {
		t.Errorf("%v", list)
	}
	for address, want := range map[string]string{"//evil.example/a": "evil.example", "HTTPS://Evil.Example.:8080/": "evil.example", "evil.example": "evil.example",
		"http://" + strings.Repeat("a.", 127) + "example": ""} {
		if got := sources.Host(address); got != want {
			t.Errorf("%s: %q", address, got)
		}
	}
	for typed, want := range map[string]string{"198.51.100.7": "198.51.…/32", "203.0.113.0/24": "203.0.…/24", "203.0.0.0/16": "203.0.0.0/16", "2001:db8:1:2::3": "2001:0db8:…/64"} {
		p, err := sources.Prefix(typed)
		if got := sources.Shortened(p); err != nil || got != want {
			t.Errorf("%s is shown as %q: %v", typed, got, err)
		}
	}
}

// TestBlockable: a network may be half an address wide, and no address is a network.
func TestBlockable(t *testing.T) {
	t.Parallel()
	for typed, fine := range map[string]bool{"0.0.0.0/0": false, "::/0": false, "203.0.0.0/15": false, "203.0.0.0/16": true, "2001:db8::/31": false, "2001:db8::/32": true, "203.0.113.7": true} {
		if _, err := sources.Blockable(typed, true); (err == nil) != fine || !fine && !errors.Is(err, sources.ErrWide) {
			t.Errorf("the network %s: %v", typed, err)
		}
	}
	for typed, fine := range map[string]bool{"203.0.113.0/24": false, "2001:db8::/48": false, "2001:db8::/64": true, "203.0.113.7": true, "x": false} {
		if _, err := sources.Blockable(typed, false); (err == nil) != fine || errors.Is(err, sources.ErrWide) {
			t.Errorf("the address %s: %v", typed, err)
		}
	}
}

// TestRenewed: a label that was kept by an earlier version reads as one of today, and no
// other is touched.
func TestRenewed(t *testing.T) {
	t.Parallel()
	for before, want := range map[string]string{"198.51.0.0… /32": "198.51.…/32", "2001:db8::… /64": "2001:0db8:…/64", "203.0.0.0/16": "203.0.0.0/16", "198.51.…/32": "198.51.…/32",
		"2001:0db8:…/64": "2001:0db8:…/64", "": "", "… /": "… /"} {
		if got := sources.Renewed(before); got != want {
			t.Errorf("%q is shown as %q", before, got)
		}
	}
}
