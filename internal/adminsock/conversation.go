package adminsock

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime/debug"
	"sync"
	"time"

	"waypost/internal/problem"
)

const (
	mostOfRequest = 1 << 20
	// Time for a client to say what it wants, and to take each line it is told.
	// A client that was put to sleep for longer has gone.
	patience = time.Minute
)

// conversation is one call under way.
type conversation struct {
	conn   *net.UnixConn
	cancel context.CancelFunc
	mu     sync.Mutex // one line at a time
}

// converse answers one client.
func (s Server) converse(ctx context.Context, conn *net.UnixConn) {
	defer conn.Close()
	calling, cancel := context.WithCancel(ctx)
	defer cancel()
	c := &conversation{conn: conn, cancel: cancel}
	if err := checkCaller(conn); err != nil {
		s.Log.Warn("admin socket: call refused", "error", err)
		c.send(message{Refusal: &Refusal{Kind: problem.Forbidden, Words: "only the user who runs the server may call it"}})
		return
	}
	var asked call
	conn.SetReadDeadline(time.Now().Add(patience))
	if err := json.NewDecoder(io.LimitReader(conn, mostOfRequest)).Decode(&asked); err != nil {
		s.Log.Warn("admin socket: a call that cannot be read", "error", err)
		return
	}
	conn.SetReadDeadline(time.Time{})
	go func() { // a client says nothing more: what ends this is that it goes away, or converse
		io.Copy(io.Discard, conn)
		cancel()
	}()
	answer, err := s.answer(calling, asked, c.progress)
	switch {
	case err == nil:
		c.send(message{Answer: answer})
	case ctx.Err() != nil:
		c.send(message{Refusal: &Refusal{Kind: problem.Unavailable, Words: "the server was stopped before this was done"}})
	default:
		c.send(message{Refusal: s.refusal(err)})
	}
}

// refusal is what the client is told of a handler's error.
func (s Server) refusal(err error) *Refusal {
	if own, ok := errors.AsType[*Refusal](err); ok {
		return own
	}
	words := err.Error()
	if s.Words != nil {
		words = s.Words(err)
	}
	return &Refusal{Kind: problem.KindOf(err), Words: words}
}

// answer runs the handler of a call. A panic in it becomes an error.
func (s Server) answer(ctx context.Context, asked call, progress func(Progress)) (answer json.RawMessage, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			s.Log.Error("admin socket: panic", "call", asked.Name, "fault", fault, "stack", string(debug.Stack()))
			err = &Refusal{Words: fmt.Sprintf("the server met a fault of its own in %q; its log has the rest", asked.Name)}
		}
	}()
	handler := s.Handlers[asked.Name]
	if handler == nil {
		return nil, &Refusal{
			Kind:  problem.NotFound,
			Words: fmt.Sprintf("the running server does not know %q: it is of another version than this command", asked.Name),
		}
	}
	result, err := handler(ctx, asked.Request, progress)
	if err != nil {
		return nil, err
	}
	answer, err = json.Marshal(result)
	if err != nil {
		return nil, fmt.Errorf("write the answer to %q: %w", asked.Name, err)
	}
	return answer, nil
}

func (c *conversation) progress(p Progress) { c.send(message{Progress: &p}) }

// send writes one line. When it cannot, the client has gone, and its call ends.
func (c *conversation) send(m message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.conn.SetWriteDeadline(time.Now().Add(patience))
	if err := json.NewEncoder(c.conn).Encode(m); err != nil {
		c.cancel()
	}
}
