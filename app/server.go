package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"

	"waypost/app/replying"
	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/web/wire"
)

// Limits of every connection; what a route may receive is in the table of routes.
const (
	headerTimeout  = 5 * time.Second
	readTimeout    = 15 * time.Second
	writeTimeout   = 60 * time.Second
	idleTimeout    = 60 * time.Second
	maxHeaderBytes = 16 << 10
)

// Listening is where a server answers.
type Listening struct {
	Listener       net.Listener
	Metrics        net.Listener // nil: none
	TLS            *tls.Config  // nil: plain
	Plain          net.Listener // without TLS, answered by PlainHandler; nil: none
	PlainHandler   http.Handler
	MaxConnections int
	Shutdown       time.Duration // how long requests in flight may take when ctx ends
	Announce       func()        // called once requests are answered
}

// Serve answers until ctx ends, then finishes the requests in flight.
func (a *App) Serve(ctx context.Context, l Listening) error {
	if err := a.Schedule(ctx); err != nil {
		return err
	}
	if err := replying.WarnOfUnread(ctx, a.DB, a.Config.Log); err != nil {
		a.Config.Log.Error("the filter's labels cannot be counted", "error", err)
	}
	if !a.alone() {
		if err := a.Keeper.Follow(ctx); err != nil {
			return err
		}
	}
	behind, stop := context.WithCancel(context.WithoutCancel(ctx))
	stopped := make(chan struct{})
	go func() { a.Run(behind); close(stopped) }()
	defer func() { stop(); <-stopped }()

	server := newServer(a.handler, a.Config.Log)
	listener := netutil.LimitListener(l.Listener, l.MaxConnections)
	if l.TLS != nil {
		listener = tls.NewListener(listener, l.TLS)
	}
	failed := make(chan error, 3)
	go func() { failed <- server.Serve(listener) }()
	beside := a.beside(l, failed)
	if l.Announce != nil {
		l.Announce()
	}
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	return a.shutdown(server, beside, l.Shutdown)
}

// beside starts the servers of the listeners that have no pages.
func (a *App) beside(l Listening, failed chan<- error) []*http.Server {
	var started []*http.Server
	start := func(listener net.Listener, h http.Handler) {
		server := newServer(h, a.Config.Log)
		started = append(started, server)
		go func() { failed <- server.Serve(listener) }()
	}
	if l.Metrics != nil {
		start(l.Metrics, a.metrics())
	}
	if l.Plain != nil {
		start(netutil.LimitListener(l.Plain, l.MaxConnections), l.PlainHandler)
	}
	return started
}

// shutdown ends the listeners at once and waits for the requests in flight. What
// /readyz says from here on is heard on connections that are still open alone; a
// balancer's next one is refused.
func (a *App) shutdown(server *http.Server, beside []*http.Server, within time.Duration) error {
	a.Health.Stop()
	a.Config.Log.Info("stopping: requests in flight are finished first")
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	err := server.Shutdown(ctx)
	for _, other := range beside {
		err = errors.Join(err, other.Close())
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.Join(fmt.Errorf("some requests took longer than %s and were cut off", within), server.Close())
	}
	return err
}

func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeaderBytes, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
}

func (a *App) metrics() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", wire.Metrics(a.Keeper, func() (jobs.Counts, error) {
		var c jobs.Counts
		err := a.DB.View(context.Background(), func(tx *db.Tx) (err error) {
			c, err = a.Jobs.Count(tx)
			return err
		})
		return c, err
	}))
	return mux
}
