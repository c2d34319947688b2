package settings

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// BaseURL is the origin (RFC 6454) at which readers reach the community:
// scheme and host, and the port where it is not the scheme's own. It has no
// slash at its end.
type BaseURL string

// hostName is a name of RFC 1123, with labels of at most 63 signs.
var hostName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// UnmarshalText reads an address and brings it into the one form of BaseURL.
func (b *BaseURL) UnmarshalText(text []byte) error {
	word := string(text)
	if word == "" {
		*b = ""
		return nil
	}
	u, err := url.Parse(word)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("is %q, which does not begin with https:// or http:// and a host", word)
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.Trim(u.Path, "/") != "" {
		return fmt.Errorf("is %q, more than scheme, host and port: the community has the whole host", word)
	}
	host, err := canonicalHost(u)
	if err != nil {
		return fmt.Errorf("is %q, %w", word, err)
	}
	*b = BaseURL(u.Scheme + "://" + host)
	return nil
}

// canonicalHost is the host in small letters, with the port unless the scheme
// implies it.
func canonicalHost(u *url.URL) (string, error) {
	host := strings.ToLower(u.Hostname())
	if addr, err := netip.ParseAddr(host); err == nil {
		host = addr.Unmap().String()
	} else if len(host) > 253 || !hostName.MatchString(host) {
		return "", errors.New("whose host is not a name (letters outside ASCII are written in the xn-- form)")
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	port := u.Port()
	if port == "" || port == defaultPort(u.Scheme) {
		return host, nil
	}
	if number, err := strconv.ParseUint(port, 10, 16); err != nil || number == 0 {
		return "", errors.New("whose port is not a number from 1 to 65535")
	}
	return host + ":" + port, nil
}

func defaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

// URL is the base URL in parts; a fresh one at each call.
func (b BaseURL) URL() *url.URL {
	scheme, host, _ := strings.Cut(string(b), "://")
	return &url.URL{Scheme: scheme, Host: host}
}

// Host is what a browser sends in its Host header: the name, and the port
// unless the scheme implies it.
func (b BaseURL) Host() string { return b.URL().Host }

// Secure reports that readers come by https.
func (b BaseURL) Secure() bool { return strings.HasPrefix(string(b), "https:") }

// Local reports that the host is this machine: localhost, a name below it
// (RFC 6761), or a loopback address.
func (b BaseURL) Local() bool {
	host := b.URL().Hostname()
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && addr.IsLoopback()
}

// named reports that the host is a name somebody else can look up, as a
// certificate needs.
func (b BaseURL) named() bool {
	host := b.URL().Hostname()
	_, err := netip.ParseAddr(host)
	return err != nil && strings.Contains(host, ".") && !b.Local()
}
