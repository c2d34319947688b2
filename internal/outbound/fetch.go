package outbound

import (
	"context"
	"fmt"
	"io"
	"net/http"
)

// Fetched is what an address gave.
type Fetched struct {
	URL         string // where it was found in the end
	ContentType string // as the other side says; the bytes may be anything
	Body        []byte // at most MaxBytes
}

// Fetch gets an address with a client of New. Any answer but 200 is an error.
func Fetch(ctx context.Context, client *http.Client, address string) (Fetched, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Fetched{}, fmt.Errorf("fetch: %w: %w", ErrRefused, err)
	}
	answer, err := client.Do(request)
	if err != nil {
		return Fetched{}, fmt.Errorf("fetch: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return Fetched{}, fmt.Errorf("fetch %s: answered with %s", answer.Request.URL.Redacted(), answer.Status)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return Fetched{}, fmt.Errorf("fetch %s: %w", answer.Request.URL.Redacted(), err)
	}
	return Fetched{URL: answer.Request.URL.String(), ContentType: answer.Header.Get("Content-Type"), Body: body}, nil
}

// capped is a body that fails once it has given more than its share.
type capped struct {
	body io.ReadCloser
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left < 0 {
		return 0, ErrTooLarge
	}
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1] // one more than allowed tells too much from just enough
	}
	n, err := c.body.Read(p)
	c.left -= int64(n)
	if c.left < 0 {
		return n - 1, ErrTooLarge
	}
	return n, err
}

func (c *capped) Close() error { return c.body.Close() }
