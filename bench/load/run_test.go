//go:build linux

package load_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"waypost/bench/load"
)

// TestRun asks a server for answers of several sizes: the last is more than one
// read takes.
func TestRun(t *testing.T) {
	t.Parallel()
	bodies := map[string]string{"/empty": "", "/short": "words", "/long": strings.Repeat("0123456789abcdef", 64<<10)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Length", map[string]string{"/empty": "0", "/short": "5", "/long": "1048576"}[r.URL.Path])
		_, _ = w.Write([]byte(bodies[r.URL.Path]))
	}))
	t.Cleanup(server.Close)
	order := load.Order{Address: server.Listener.Addr().String(), Paths: []string{"/empty", "/short", "/long"}, Status: http.StatusOK,
		Connections: 7, Duration: 200 * time.Millisecond, PID: os.Getpid()}
	got, err := load.Run(order)
	if err != nil || got.Requests == 0 || got.CPU <= 0 || got.Bytes < got.Requests/3*1048576/2 {
		t.Errorf("%+v, error %v", got, err)
	}
	order.Headers, order.Status = []string{`If-None-Match: "a"`}, http.StatusNotModified
	if got, err := load.Run(order); err != nil || got.Requests == 0 {
		t.Errorf("without bodies: %+v, error %v", got, err)
	}
	order.Status = http.StatusOK
	if _, err := load.Run(order); err == nil || !strings.Contains(err.Error(), "304") {
		t.Errorf("an answer of another status is taken: %v", err)
	}
}
