package outbound

import "net/netip"

// special lists the ranges that are not public unicast: the registries of IANA
// for special-purpose addresses (RFC 6890 and what it was extended by).
var special = parseAll(
	"0.0.0.0/8",       // this network, RFC 791
	"10.0.0.0/8",      // private, RFC 1918
	"100.64.0.0/10",   // shared by a carrier, RFC 6598
	"127.0.0.0/8",     // loopback, RFC 1122
	"169.254.0.0/16",  // link-local, RFC 3927; metadata services of clouds
	"172.16.0.0/12",   // private, RFC 1918
	"192.0.0.0/24",    // protocol assignments, RFC 6890
	"192.0.2.0/24",    // documentation, RFC 5737
	"192.88.99.0/24",  // 6to4 relays, RFC 7526
	"192.168.0.0/16",  // private, RFC 1918
	"198.18.0.0/15",   // benchmarks, RFC 2544
	"198.51.100.0/24", // documentation, RFC 5737
	"203.0.113.0/24",  // documentation, RFC 5737
	"224.0.0.0/4",     // multicast, RFC 5771
	"240.0.0.0/4",     // reserved, RFC 1112; limited broadcast
	"2001::/23",       // protocol assignments, RFC 2928
	"2001:db8::/32",   // documentation, RFC 3849
	"3fff::/20",       // documentation, RFC 9637
)

var (
	globalUnicast = netip.MustParsePrefix("2000::/3") // RFC 4291
	nat64         = netip.MustParsePrefix("64:ff9b::/96")
	sixToFour     = netip.MustParsePrefix("2002::/16")
	teredo        = netip.MustParsePrefix("2001::/32")
)

func parseAll(texts ...string) []netip.Prefix {
	prefixes := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		prefixes[i] = netip.MustParsePrefix(text)
	}
	return prefixes
}

// Public reports whether an address is one that anybody can reach, so that
// reaching it gives nobody anything.
func Public(addr netip.Addr) bool {
	addr = addr.Unmap()
	b := addr.As16()
	switch {
	case !addr.IsValid() || addr.Zone() != "":
		return false
	case addr.Is4():
		return !isSpecial(addr)
	case nat64.Contains(addr): // RFC 6052; the local-use prefix of RFC 8215 is not public
		return Public(netip.AddrFrom4([4]byte(b[12:])))
	case sixToFour.Contains(addr): // RFC 3056
		return Public(netip.AddrFrom4([4]byte(b[2:])))
	case teredo.Contains(addr): // RFC 4380: the server, and the client with every bit turned
		server, client := [4]byte(b[4:]), [4]byte{^b[12], ^b[13], ^b[14], ^b[15]}
		return Public(netip.AddrFrom4(server)) && Public(netip.AddrFrom4(client))
	default:
		return globalUnicast.Contains(addr) && !isSpecial(addr)
	}
}

func isSpecial(addr netip.Addr) bool {
	for _, prefix := range special {
		if prefix.Contains(addr) {
			return true
		}
	}
	return false
}
