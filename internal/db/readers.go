package db

import (
	"context"
	"sync"
)

// readers are the connections that read. The one used last is used next: its statements
// are prepared and lie in the processor's caches, and connections that are not needed
// together are not opened.
type readers struct {
	free chan struct{} // one for each connection that may be taken
	mu   sync.Mutex
	idle []*conn // those that are open
}

func newReaders(n int) *readers {
	r := &readers{free: make(chan struct{}, n)}
	for range n {
		r.free <- struct{}{}
	}
	return r
}

// take waits for a connection if all are busy; nil is one that is not open yet.
func (r *readers) take(ctx context.Context) (*conn, error) {
	select {
	case <-r.free:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	last := len(r.idle) - 1
	if last < 0 {
		return nil, nil
	}
	c := r.idle[last]
	r.idle = r.idle[:last]
	return c, nil
}

// put gives a connection back; nil: it was closed, or never opened.
func (r *readers) put(c *conn) {
	if c != nil {
		r.mu.Lock()
		r.idle = append(r.idle, c)
		r.mu.Unlock()
	}
	r.free <- struct{}{}
}
