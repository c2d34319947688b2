package kit

import (
	"net"
	"net/url"
	"strings"
)

// Hosts are the names that this site answers to.
type Hosts struct {
	names map[string]bool
	base  string // the address that readers use
}

// NewHosts takes the site's own address and further names.
func NewHosts(base *url.URL, more ...string) Hosts {
	h := Hosts{names: map[string]bool{strings.ToLower(base.Host): true}, base: base.Scheme + "://" + base.Host}
	if base.Port() == "" { // a client may name the port that its scheme implies
		port := "80"
		if base.Scheme == "https" {
			port = "443"
		}
		h.names[net.JoinHostPort(strings.ToLower(base.Hostname()), port)] = true
	}
	for _, m := range more {
		h.names[strings.ToLower(m)] = true
	}
	return h
}

// Has reports whether a request's Host is one of the site's names.
func (h Hosts) Has(host string) bool { return h.names[host] || h.names[strings.ToLower(host)] }
