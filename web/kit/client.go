package kit

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks whose word on where a request came from is taken.
type Proxies []netip.Prefix

func (p Proxies) trusts(a netip.Addr) bool {
	return slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(a) })
}

// Network is where a request comes from, as limits count it: an IPv4 address, or the
// /64 of an IPv6 one, of which one household has all. It is that of the connection; only
// where a listed proxy stands there, the nearest address in X-Forwarded-For that is none.
func (p Proxies) Network(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	at, err := netip.ParseAddr(host)
	if err != nil {
		return "unknown"
	}
	at = at.Unmap().WithZone("")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && p.trusts(at); i-- {
		hop, ok := hopAddress(strings.TrimSpace(hops[i]))
		if !ok {
			break
		}
		at = hop
	}
	if at.Is4() {
		return at.String()
	}
	prefix, err := at.Prefix(64)
	if err != nil {
		return "unknown"
	}
	return prefix.String()
}

// hopAddress reads one address of X-Forwarded-For, which some proxies write with a port.
func hopAddress(text string) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return a.Unmap().WithZone(""), true
	}
	if a, err := netip.ParseAddrPort(text); err == nil {
		return a.Addr().Unmap().WithZone(""), true
	}
	return netip.Addr{}, false
}
