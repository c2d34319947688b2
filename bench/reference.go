//go:build linux

package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"waypost/bench/server"
)

// serveReference is what ours is measured against: a bare net/http server that hands
// out one answer from memory. It has the limits of the program's server, since
// deadlines of connections cost something too.
func serveReference(_ context.Context, in *json.Decoder, out *json.Encoder) error {
	var page server.Page
	if err := in.Decode(&page); err != nil {
		return err
	}
	page.Header.Del("Date") // the server sets its own
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := http.Server{ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 60 * time.Second, IdleTimeout: 60 * time.Second,
		MaxHeaderBytes: 16 << 10, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			h := w.Header()
			for name, value := range page.Header {
				h[name] = value
			}
			w.WriteHeader(page.Status)
			_, _ = w.Write(page.Body)
		})}
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	if err := out.Encode(l.Addr().String()); err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until the bench needs it no more
	if err := s.Close(); err != nil {
		return err
	}
	if err := <-failed; err != http.ErrServerClosed {
		return err
	}
	return nil
}
