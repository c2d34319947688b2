package main

import (
	"net"
	"slices"
	"strings"
	"testing"
)

// TestListenAtAnyPort gives the base URL the port that was free, unless the operator
// has named an address.
func TestListenAtAnyPort(t *testing.T) {
	t.Parallel()
	for _, environ := range [][]string{{"WAYPOST_LISTEN=127.0.0.1:0"}, {"WAYPOST_LISTEN=127.0.0.1:0", "WAYPOST_BASE_URL=https://stories.example.org"}} {
		var c serveCommand
		if err := c.Load(nil, append(environ, "WAYPOST_DATA="+t.TempDir())); err != nil {
			t.Fatal(err)
		}
		l, err := c.listen()
		if err != nil {
			t.Fatal(err)
		}
		defer l.Listener.Close()
		want := "http://localhost:" + portOf(l.Listener.Addr())
		if len(environ) > 1 {
			want = "https://stories.example.org"
		}
		if string(c.BaseURL) != want || strings.HasSuffix(want, ":0") {
			t.Errorf("%q: the base URL is %s, not %s", environ, c.BaseURL, want)
		}
	}
}

func TestLocalHosts(t *testing.T) {
	t.Parallel()
	for port, want := range map[int][]string{80: {"localhost", "127.0.0.1"}, 443: {"localhost", "127.0.0.1"}, 8080: {"localhost:8080", "127.0.0.1:8080"}} {
		if got := localHosts(&net.TCPAddr{IP: net.IPv4zero, Port: port}); !slices.Equal(got, want) {
			t.Errorf("port %d: %q, not %q", port, got, want)
		}
	}
}
