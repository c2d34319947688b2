// Package sources reads where a reply comes from and what it links to: networks and hosts,
// by which it is kept out.
package sources

import (
	"errors"
	"fmt"
	"html"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// Around is the network that an address is usually given out in: the /24 of an IPv4
// address, the /48 of an IPv6 one.
func Around(network string) string {
	p, err := Prefix(network)
	if err != nil {
		return ""
	}
	bits := 24
	if p.Addr().Is6() {
		bits = 48
	}
	wide, err := p.Addr().Prefix(bits)
	if err != nil {
		return ""
	}
	return wide.String()
}

// Prefix reads an address or a prefix; an IPv6 address stands for its /64.
func Prefix(text string) (netip.Prefix, error) {
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.Masked(), nil
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	a = a.Unmap()
	if a.Is4() {
		return a.Prefix(32)
	}
	return a.Prefix(64)
}

// ErrWide is of a network that a block may not take in.
var ErrWide = errors.New("the network is too wide")

// Blockable reads what a block keeps out: an address, or a network if one is meant, of half
// an address at least.
func Blockable(typed string, network bool) (netip.Prefix, error) {
	p, err := Prefix(typed)
	widest := 16
	if p.Addr().Is6() {
		widest = 32
	}
	switch {
	case err != nil:
	case !network && !p.IsSingleIP() && p.Bits() < 64:
		err = fmt.Errorf("%s is a network", p)
	case p.Bits() < widest:
		err = ErrWide
	}
	return p, err
}

// Shortened shows the first half of an address alone, in a form that is no address.
func Shortened(p netip.Prefix) string {
	half, sign := 16, "."
	if p.Addr().Is6() {
		half, sign = 32, ":"
	}
	if p.Bits() <= half {
		return p.String()
	}
	parts := strings.SplitAfterN(p.Addr().StringExpanded(), sign, 3)
	return parts[0] + parts[1] + "…/" + fmt.Sprint(p.Bits())
}

// Renewed is a label of before, "203.0.0.0… /24", as Shortened makes it now.
func Renewed(label string) string {
	if p, err := netip.ParsePrefix(strings.Replace(label, "… /", "/", 1)); err == nil {
		return Shortened(p)
	}
	return label
}

// Links counts the links of a text, as it was typed and as the HTML that was made of it.
func Links(typed, made string) int {
	return max(len(typedIn(typed, -1)), len(madeIn(made, -1)))
}

// typedIn finds the addresses in a text, at most so many of them. Most texts have none,
// and are not searched twice.
func typedIn(text string, most int) []string {
	if !strings.Contains(text, "://") && !strings.Contains(strings.ToLower(text), "www.") {
		return nil
	}
	return addresses.FindAllString(text, most)
}

// madeIn finds the targets of the links that were made of one.
func madeIn(made string, most int) (list []string) {
	if !strings.Contains(made, "href=") {
		return nil
	}
	for _, t := range targets.FindAllStringSubmatch(made, most) {
		list = append(list, html.UnescapeString(t[1]))
	}
	return list
}

// addresses finds what looks like an address of the web in a text, targets where HTML of
// the program's own making links to.
var (
	addresses = regexp.MustCompile(`(?i)(?:https?://|www\.)[^\s<>"'\])]+`)
	targets   = regexp.MustCompile(`\bhref="([^"]*)"`)
)

// Hosts lists the hosts that a text names in addresses or links to, each once.
func Hosts(typed, made string) []string {
	var hosts []string
	add := func(address string) {
		if host := Host(address); host != "" && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	for _, address := range append(madeIn(made, mostHosts), typedIn(typed, mostHosts)...) {
		add(address)
	}
	return hosts
}

const mostHosts = 50

// longestHost is how many bytes a host has at most (RFC 1035, section 2.3.4).
const longestHost = 253

// Host is the host of an address, as it stands on the wire; "" if it names none that
// there can be.
func Host(address string) string {
	switch {
	case strings.HasPrefix(address, "//"):
		address = "http:" + address
	case !strings.Contains(address, "://"):
		address = "http://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if wire, err := idna.Lookup.ToASCII(host); err == nil {
		host = wire
	}
	if len(host) > longestHost {
		return ""
	}
	return host
}

// Named reports that a text has the form of a host with a domain.
func Named(host string) bool { return strings.Contains(host, ".") && validHost.MatchString(host) }

var validHost = regexp.MustCompile(`^[a-z0-9.-]{3,253}$`)

// Upwards lists a host and the domains above it that have a dot.
func Upwards(host string) []string {
	var list []string
	for strings.Contains(host, ".") {
		list = append(list, host)
		_, host, _ = strings.Cut(host, ".")
	}
	return list
}

// Prefixes lists the networks that an address is in, down to its own.
func Prefixes(network string) []netip.Prefix {
	own, err := Prefix(network)
	if err != nil {
		return nil
	}
	var list []netip.Prefix
	for bits := 8; bits <= own.Bits(); bits++ {
		if p, err := own.Addr().Prefix(bits); err == nil {
			list = append(list, p)
		}
	}
	return list
}
