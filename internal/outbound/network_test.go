package outbound_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"

	"waypost/internal/outbound"
)

// publicAddr is the one address of this network that is outside.
var publicAddr = netip.MustParseAddr("93.184.215.14")

// network is what a client in a test reaches: a public server, and canaries on
// loopback that stand for everything else and must never be connected to.
type network struct {
	mu      sync.Mutex
	answers map[string][][]netip.Addr // of the resolver, one after the other; the last stays
	lookUps int
	dialled []netip.AddrPort
	public  string // address of the public server
	canary  string
	touched atomic.Int64 // connections that the canary took
}

func newNetwork(t testing.TB, handler http.Handler) *network {
	t.Helper()
	n := &network{answers: map[string][][]netip.Addr{
		"public.test":              {{publicAddr}},
		"metadata.google.internal": {{netip.MustParseAddr("169.254.169.254")}},
	}}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	n.public = server.Listener.Addr().String()

	canary, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n.canary = canary.Addr().String()
	t.Cleanup(func() {
		canary.Close()
		if n.touched.Load() != 0 {
			t.Errorf("the canary took %d connections", n.touched.Load())
		}
	})
	go func() {
		for {
			conn, err := canary.Accept()
			if err != nil {
				return
			}
			n.touched.Add(1)
			conn.Close()
		}
	}()
	return n
}

// LookupNetIP knows the answers of the network; any other name leads to where
// it hurts.
func (n *network) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lookUps++
	rest := n.answers[host]
	if len(rest) == 0 {
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	}
	if len(rest) > 1 {
		n.answers[host] = rest[1:]
	}
	return rest[0], nil
}

func (n *network) dial(_ context.Context, to netip.AddrPort) (net.Conn, error) {
	n.mu.Lock()
	n.dialled = append(n.dialled, to)
	n.mu.Unlock()
	switch {
	case to.Addr() == publicAddr:
		return net.Dial("tcp", n.public)
	case to.Addr() == netip.MustParseAddr("192.31.196.1"):
		return nil, errors.New("no route")
	default:
		return net.Dial("tcp", n.canary)
	}
}

func (n *network) client(t testing.TB) *http.Client {
	client := outbound.New(outbound.Options{Resolver: n, Dial: n.dial})
	t.Cleanup(client.CloseIdleConnections)
	return client
}
