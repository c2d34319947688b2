package kit_test

import (
	"net/http/httptest"
	"net/netip"
	"testing"

	"waypost/web/kit"
)

func TestNetwork(t *testing.T) {
	t.Parallel()
	proxies := kit.Proxies{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"203.0.113.9:5000", "", "203.0.113.9"},
		{"203.0.113.9:5000", "198.51.100.1", "203.0.113.9"},
		{"127.0.0.1:5000", "198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:5000", "192.0.2.77, 198.51.100.1, 10.1.2.3", "198.51.100.1"},
		{"127.0.0.1:5000", "nonsense", "127.0.0.1"},
		{"127.0.0.1:5000", "", "127.0.0.1"},
		{"[2001:db8:1:2:3::4]:5000", "", "2001:db8:1:2::/64"},
		{"[::ffff:203.0.113.9]:5000", "", "203.0.113.9"},
		{"127.0.0.1:5000", "[2001:db8::1]:443", "2001:db8::/64"},
		{"nobody", "", "unknown"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := proxies.Network(r); got != c.want {
			t.Errorf("%s by %q is %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

func FuzzNetwork(f *testing.F) {
	f.Add("127.0.0.1:1", "1.2.3.4, 5.6.7.8")
	f.Fuzz(func(t *testing.T, remote, forwarded string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr, r.Header = remote, map[string][]string{"X-Forwarded-For": {forwarded}}
		if got := (kit.Proxies{netip.MustParsePrefix("0.0.0.0/0")}).Network(r); got == "" {
			t.Errorf("%q by %q is no network", remote, forwarded)
		}
	})
}
