package preflight_test

import (
	"context"
	"net"
	"strings"
	"testing"

	"waypost/internal/mail"
	"waypost/internal/mail/preflight"
)

var sender = mail.Sender{Name: "Home", Address: "hello@home.example"}

// zone answers from what a test says; an entry of nothing cannot be looked up.
type zone map[string][]string

func (z zone) LookupTXT(_ context.Context, name string) ([]string, error) {
	list, known := z[name]
	switch {
	case !known:
		return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
	case len(list) == 0:
		return nil, &net.DNSError{Err: "server misbehaving\r\nX: y", Name: name, IsTemporary: true}
	}
	return list, nil
}

// TestRecords holds what is said of records against what stands in DNS: a word for
// each, "ok", "missing", "error" or the fault.
func TestRecords(t *testing.T) {
	t.Parallel()
	const spf, key, dmarc = "home.example", "s._domainkey.home.example", "_dmarc.home.example"
	good := func() zone {
		return zone{spf: {"some-proof=1", "v=spf1 mx -all"}, key: {"v=DKIM1; p=MIIB"}, dmarc: {"v=DMARC1; p=none"}}
	}
	for name, test := range map[string]struct {
		change  func(z zone)
		address string
		without bool // the selector is not known
		want    string
	}{
		"all there":                 {func(zone) {}, "", false, "ok ok ok"},
		"nothing there":             {func(z zone) { clear(z) }, "", false, "missing missing missing"},
		"no answer":                 {func(z zone) { z[spf], z[key], z[dmarc] = nil, nil, nil }, "", false, "error error error"},
		"another capital":           {func(z zone) { z[spf], z[dmarc] = []string{"V=SPF1 -ALL"}, []string{"v=dmarc1; p=none"} }, "", false, "ok ok ok"},
		"open to all, two policies": {func(z zone) { z[spf], z[dmarc] = []string{"v=spf1 +all"}, []string{"v=DMARC1; p=none", "v=DMARC1"} }, "", false, "open ok twice"},
		"two senders":               {func(z zone) { z[spf] = append(z[spf], "v=spf1 a -all") }, "", false, "twice ok ok"},
		"a key withdrawn":           {func(z zone) { z[key] = []string{"v=DKIM1; p= ;"} }, "", false, "ok revoked ok"},
		"no key":                    {func(z zone) { z[key] = []string{"hello"} }, "", false, "ok none ok"},
		"a usual name":              {func(z zone) { z["k1._domainkey.home.example"] = []string{"k=rsa; p=MIIB"} }, "", true, "ok ok ok"},
		"an unusual name":           {func(zone) {}, "", true, "ok missing ok"},
		"a policy of the domain above": {func(z zone) {
			z["news.home.example"], z["s._domainkey.news.home.example"] = z[spf], z[key]
		}, "hello@news.home.example", false, "ok ok ok"},
		"a policy of the domain below a registry's": {func(z zone) {
			z["news.home.co.example"], z["s._domainkey.news.home.co.example"], z["_dmarc.home.co.example"] = z[spf], z[key], z[dmarc]
			delete(z, dmarc)
		}, "hello@news.home.co.example", false, "ok ok ok"},
	} {
		z, s := good(), mail.Settings{Sender: sender}
		if s.Sender.Selector = "s"; test.without {
			s.Sender.Selector = ""
		}
		if test.address != "" {
			s.Sender.Address = test.address
		}
		test.change(z)
		list, err := preflight.Records(t.Context(), z, s)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range list {
			switch {
			case r.OK():
				got = append(got, "ok")
			case r.Error != "":
				got = append(got, "error")
			case r.Found == "":
				got = append(got, "missing")
			default:
				got = append(got, r.Fault)
			}
			if strings.ContainsAny(r.Error+r.Found, "\r\n") {
				t.Errorf("%s: %q has several lines", name, r.Error+r.Found)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %v, want %s", name, got, test.want)
		}
	}
}

// asked counts the questions to a zone.
type asked struct {
	zone
	n map[string]int
}

func (a asked) LookupTXT(ctx context.Context, name string) ([]string, error) {
	a.n[name]++
	return a.zone.LookupTXT(ctx, name)
}

// TestRecordsOfOurKey asks once for the key that letters are signed with here, and for
// no other.
func TestRecordsOfOurKey(t *testing.T) {
	t.Parallel()
	dns := asked{zone{"waypost1._domainkey.home.example": {"v=DKIM1; k=rsa; p=AAAA"}, "k1._domainkey.home.example": {"k=rsa; p=MIIB"}}, map[string]int{}}
	list, err := preflight.Records(t.Context(), dns, mail.Settings{Sender: sender, Signing: mail.Signing{Selector: "waypost1", Record: "v=DKIM1; k=rsa; p=AAAA", Domain: "home.example"}})
	if err != nil {
		t.Fatal(err)
	}
	if key := list[1]; !key.OK() || key.Host != "waypost1._domainkey.home.example" {
		t.Errorf("our key is told as %+v", key)
	}
	for name, n := range dns.n {
		if strings.Contains(name, "_domainkey") && (n != 1 || name != list[1].Host) {
			t.Errorf("DNS was asked %d times for %s", n, name)
		}
	}
}
