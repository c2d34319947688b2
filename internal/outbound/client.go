package outbound

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"time"
)

// What one fetch may take.
const (
	MaxBytes  = 2 << 20          // of a body, decoded
	MaxHops   = 5                // requests in all, redirects counted
	TotalTime = 10 * time.Second // from the first look-up to the last byte

	perHost     = 4               // connections to one host and port at a time; more wait
	headerBytes = 64 << 10        // of an answer
	dialTime    = 3 * time.Second // for one address, before the next is tried
)

var (
	// ErrRefused says that an address is not one that may be asked.
	ErrRefused = errors.New("the address may not be asked")
	// ErrTooLarge says that a body has more than MaxBytes.
	ErrTooLarge = errors.New("the answer is too large")
)

// Resolver looks up the addresses of a name; *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Options are what a test replaces; the zero value is the real network.
type Options struct {
	Resolver Resolver
	// Dial connects to an address that was judged.
	Dial func(ctx context.Context, to netip.AddrPort) (net.Conn, error)
}

// Client is what New makes.
type Client = http.Client

// New makes the client. Every request made with it keeps to the limits of this
// package, whatever made it.
func New(o Options) *http.Client {
	if o.Resolver == nil {
		o.Resolver = net.DefaultResolver
	}
	if o.Dial == nil {
		o.Dial = dial
	}
	// HTTP/1.1 alone, so that connections to a host are requests to it.
	transport := &http.Transport{
		DialContext:            dialer{o}.dial,
		MaxConnsPerHost:        perHost,
		MaxIdleConns:           16,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: headerBytes,
	}
	return &http.Client{Transport: guard{transport}, CheckRedirect: checkHops, Timeout: TotalTime}
}

func dial(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
	d := net.Dialer{Timeout: dialTime}
	return d.DialContext(ctx, "tcp", to.String())
}

func checkHops(_ *http.Request, earlier []*http.Request) error {
	if len(earlier) >= MaxHops {
		return fmt.Errorf("%w: it was sent on %d times", ErrRefused, MaxHops)
	}
	return nil
}

// guard sees the request of every hop and the answer to it.
type guard struct{ next http.RoundTripper }

func (g guard) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := checkURL(r.URL); err != nil {
		if r.Body != nil {
			r.Body.Close()
		}
		return nil, err
	}
	r = r.Clone(r.Context())
	r.Header.Del("Accept-Encoding") // the transport asks for gzip itself and then decodes it
	r.Header.Del("Referer")         // a redirect adds it
	if r.Header.Get("User-Agent") == "" {
		r.Header.Set("User-Agent", "Waypost")
	}
	answer, err := g.next.RoundTrip(r)
	if err == nil {
		answer.Body = &capped{body: answer.Body, left: MaxBytes}
	}
	return answer, err
}

func checkURL(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%w: its scheme is %q, not http or https", ErrRefused, u.Scheme)
	case u.User != nil:
		return fmt.Errorf("%w: it has a user name", ErrRefused)
	case u.Hostname() == "":
		return fmt.Errorf("%w: it has no host", ErrRefused)
	case !slices.Contains([]string{"", "80", "443"}, u.Port()):
		return fmt.Errorf("%w: its port is %s, not 80 or 443", ErrRefused, u.Port())
	}
	return nil
}

// dialer looks a name up, judges its addresses and dials those very ones.
type dialer struct{ Options }

func (d dialer) dial(ctx context.Context, _, hostPort string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(hostPort)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	number := map[string]uint16{"80": 80, "443": 443}[port]
	if number == 0 {
		return nil, fmt.Errorf("%w: its port is %s", ErrRefused, port)
	}
	addrs, err := d.lookUp(ctx, host)
	if err != nil {
		return nil, err
	}
	refusal := fmt.Errorf("%w: %s has no public address", ErrRefused, host)
	for _, addr := range addrs {
		if !Public(addr) {
			continue
		}
		conn, err := d.Dial(ctx, netip.AddrPortFrom(addr.Unmap(), number))
		if err == nil {
			return conn, nil
		}
		refusal = err
	}
	return nil, refusal
}

func (d dialer) lookUp(ctx context.Context, host string) ([]netip.Addr, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{addr}, nil
	}
	return d.Resolver.LookupNetIP(ctx, "ip", host)
}
