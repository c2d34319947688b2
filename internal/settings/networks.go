package settings

import (
	"fmt"
	"net/netip"
	"strings"
)

// Networks is a list of addresses and networks, such as 127.0.0.1,10.0.0.0/8, as it was
// written.
type Networks string

// UnmarshalText checks the form.
func (n *Networks) UnmarshalText(text []byte) error {
	if _, err := prefixes(string(text)); err != nil {
		return err
	}
	*n = Networks(text)
	return nil
}

// Prefixes are the networks; one address is a network of its own.
func (n Networks) Prefixes() []netip.Prefix {
	list, err := prefixes(string(n))
	if err != nil {
		return nil // UnmarshalText has refused it
	}
	return list
}

func prefixes(text string) ([]netip.Prefix, error) {
	var list []netip.Prefix
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		if a, err := netip.ParseAddr(word); err == nil && a.Zone() == "" {
			list = append(list, netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(word)
		if err != nil {
			return nil, fmt.Errorf("has %q, not an address or a network such as 10.0.0.0/8", word)
		}
		list = append(list, p.Masked())
	}
	return list, nil
}
