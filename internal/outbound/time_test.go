package outbound_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"os"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"waypost/internal/outbound"
)

// pipes is a listener of a network in memory, for time that a test moves.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p pipes) Close() error   { close(p.done); return nil }
func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

// inMemory serves with a handler and gives a client that reaches it.
func inMemory(t *testing.T, handler http.HandlerFunc) *http.Client {
	t.Helper()
	p := pipes{conns: make(chan net.Conn), done: make(chan struct{})}
	server := &http.Server{Handler: handler}
	go server.Serve(p)
	client := outbound.New(outbound.Options{Dial: func(context.Context, netip.AddrPort) (net.Conn, error) {
		ours, theirs := net.Pipe()
		p.conns <- theirs
		return ours, nil
	}})
	t.Cleanup(func() {
		client.CloseIdleConnections()
		if err := server.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return client
}

func TestSlowBodyIsCut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := inMemory(t, func(w http.ResponseWriter, _ *http.Request) {
			for range 600 {
				if _, err := w.Write([]byte("x")); err != nil {
					return
				}
				http.NewResponseController(w).Flush()
				time.Sleep(time.Second)
			}
		})
		begun := time.Now()
		_, err := outbound.Fetch(t.Context(), client, "http://93.184.215.14/")
		if took := time.Since(begun); !errors.Is(err, os.ErrDeadlineExceeded) && !errors.Is(err, context.DeadlineExceeded) || took != outbound.TotalTime {
			t.Errorf("Fetch = %v after %v", err, took)
		}
	})
}

func TestTimeCoversAllHops(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := inMemory(t, func(w http.ResponseWriter, _ *http.Request) {
			time.Sleep(4 * time.Second)
			w.Header().Set("Location", "/next")
			w.WriteHeader(http.StatusFound)
		})
		begun := time.Now()
		_, err := outbound.Fetch(t.Context(), client, "http://93.184.215.14/")
		if took := time.Since(begun); err == nil || took != outbound.TotalTime {
			t.Errorf("Fetch = %v after %v", err, took)
		}
	})
}

func TestConnectionsToAHost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var working, most atomic.Int64
		client := inMemory(t, func(http.ResponseWriter, *http.Request) {
			most.Store(max(most.Load(), working.Add(1)))
			time.Sleep(time.Second)
			working.Add(-1)
		})
		const requests = 12
		failures := make(chan error, requests)
		for range requests {
			go func() {
				_, err := outbound.Fetch(t.Context(), client, "http://93.184.215.14/")
				failures <- err
			}()
		}
		begun := time.Now()
		for range requests {
			if err := <-failures; err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(begun); most.Load() != 4 || took != requests/4*time.Second {
			t.Errorf("%d at a time, %v for all", most.Load(), took)
		}
	})
}
