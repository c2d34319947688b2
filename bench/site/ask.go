//go:build linux

package site

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
)

// Ask requests a page of the site through its handler, without a connection, as a
// browser that takes gzip. Anything but a compressed page is an error.
func (s *Site) Ask(ctx context.Context, path string) error {
	at, err := url.Parse(s.Config.Base.String() + path)
	if err != nil {
		return err
	}
	r := (&http.Request{Method: http.MethodGet, URL: at, Host: at.Host, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Accept-Encoding": {"gzip"}}, Body: http.NoBody}).WithContext(ctx)
	w := &sink{header: http.Header{}}
	s.Handler().ServeHTTP(w, r)
	if w.status != http.StatusOK || w.header.Get("Content-Encoding") != "gzip" || w.bytes == 0 {
		return fmt.Errorf("%s: status %d, %d bytes in %q", path, w.status, w.bytes, w.header.Get("Content-Encoding"))
	}
	return nil
}

// sink is an answer that is only counted.
type sink struct {
	header http.Header
	status int
	bytes  int
}

func (s *sink) Header() http.Header { return s.header }

func (s *sink) WriteHeader(status int) { s.status = status }

func (s *sink) Write(b []byte) (int, error) {
	s.bytes += len(b)
	return len(b), nil
}
