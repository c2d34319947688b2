package wire

import (
	"context"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"waypost/internal/problem"
)

// Health tells whether the program lives and whether it can serve.
type Health struct {
	Ping     func(ctx context.Context) error // asks the database
	stopping atomic.Bool
}

// Stop makes the program not ready, so that no new requests are sent to it.
func (h *Health) Stop() { h.stopping.Store(true) }

// Alive answers /healthz: the process answers.
func (h *Health) Alive(w http.ResponseWriter, _ *http.Request) error { return say(w, "alive\n") }

// Ready answers /readyz: the database answers too, and the program is not stopping.
func (h *Health) Ready(w http.ResponseWriter, r *http.Request) error {
	if h.stopping.Load() {
		return problem.New(problem.Unavailable, "problem.stopping")
	}
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := h.Ping(ctx); err != nil {
		return &problem.Problem{Kind: problem.Unavailable, Message: problem.Message{Key: "problem.storage"}, Cause: err}
	}
	return say(w, "ready\n")
}

func say(w http.ResponseWriter, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := io.WriteString(w, text)
	return err
}
