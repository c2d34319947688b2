//go:build linux

package server

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Page is an answer as it came, not decompressed.
type Page struct {
	Status int
	Header http.Header
	Body   []byte
}

// client keeps no connection open, so that a server that stops need not wait.
var client = http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}}

// Fetch asks for a page once, as a browser that takes gzip.
func Fetch(ctx context.Context, address, path string) (Page, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+path, nil)
	if err != nil {
		return Page{}, err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	res, err := client.Do(r)
	if err != nil {
		return Page{}, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return Page{res.StatusCode, res.Header, body}, err
}

const (
	longestStart = time.Minute
	betweenTries = 500 * time.Microsecond
)

// Await asks for a page until it comes.
func Await(ctx context.Context, address, path string) error {
	end := time.Now().Add(longestStart)
	for {
		page, err := Fetch(ctx, address, path)
		switch {
		case err == nil && page.Status == http.StatusOK:
			return nil
		case err == nil:
			err = fmt.Errorf("status %d", page.Status)
		}
		if time.Now().After(end) || ctx.Err() != nil {
			return fmt.Errorf("%s does not come: %w", path, err)
		}
		time.Sleep(betweenTries)
	}
}
