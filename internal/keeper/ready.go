package keeper

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// ready is a page as bytes in every encoding it has so far. It never changes,
// except that it becomes stale, gains encodings, and then lets its identity bytes go:
// clients that take no gzip are few, and gzip gives the bytes back.
type ready struct {
	hash   string // of the identity bytes; every strong ETag begins with it
	header []Header
	made   time.Time
	weight int64 // bytes besides the bodies
	stale  atomic.Bool

	identity atomic.Pointer[encoded] // its body is nil when it has to be unpacked
	gzip     atomic.Pointer[encoded]
	brotli   atomic.Pointer[encoded]
	polished atomic.Bool
}

// encoded is one representation with the headers that belong to it.
type encoded struct {
	body     []byte
	etag     []string
	length   []string
	encoding []string // nil for identity
}

// Roughly what an entry costs besides its bytes, and each of its tags besides its
// letters.
const (
	entryOverhead = 1024
	tagOverhead   = 128
)

func weigh(key string, tags []string) int64 {
	n := entryOverhead + len(key)
	for _, tag := range tags {
		n += tagOverhead + len(tag)
	}
	return int64(n)
}

// size changes only under Keeper.mu once the page is stored.
func (c *ready) size() int64 {
	n := c.weight
	for _, e := range []*encoded{c.identity.Load(), c.gzip.Load(), c.brotli.Load()} {
		if e != nil {
			n += int64(len(e.body))
		}
	}
	return n
}

func makeReady(key string, p Page, shared []Header) (*ready, error) {
	sum := sha256.Sum256(p.Body)
	c := &ready{hash: base64.RawURLEncoding.EncodeToString(sum[:12]), weight: weigh(key, p.Tags)}
	c.header = append(c.header, shared...)
	c.header = append(c.header, Header{"Content-Type", []string{p.ContentType}})
	c.header = append(c.header, p.Header...)
	body := p.Body
	if cap(body) > len(body)+len(body)/8 { // a buffer that was written to holds more memory than it shows
		body = bytes.Clone(body)
	}
	c.identity.Store(newEncoded(body, c.hash, ""))
	if len(body) < 200 || strings.HasPrefix(p.ContentType, "image/") {
		return c, nil // compressed it would be longer
	}
	first, err := firstGzip.compress(body)
	if err != nil {
		return nil, err
	}
	c.gzip.Store(newEncoded(first, c.hash, firstGzip.suffix))
	return c, nil
}

func newEncoded(body []byte, hash, suffix string) *encoded {
	e := &encoded{body: body, length: []string{strconv.Itoa(len(body))}}
	if suffix == "" {
		e.etag = []string{`"` + hash + `"`}
		return e
	}
	e.etag = []string{`"` + hash + "-" + suffix + `"`}
	e.encoding = []string{codings[suffix]}
	return e
}

// best makes the best gzip and brotli, or nothing of a page too short for them.
func (c *ready) best() (gz, br *encoded, err error) {
	body := c.identity.Load().body
	if c.gzip.Load() == nil {
		return nil, nil, nil
	}
	packed, err := bestGzip.compress(body)
	if err != nil {
		return nil, nil, err
	}
	gz = newEncoded(packed, c.hash, bestGzip.suffix)
	if packed, err = bestBrotli.compress(body); err != nil {
		return nil, nil, err
	}
	return gz, newEncoded(packed, c.hash, bestBrotli.suffix), nil
}

// polish takes over what best made; called under Keeper.mu.
func (c *ready) polish(gz, br *encoded) {
	c.gzip.Store(gz)
	c.brotli.Store(br)
	unpacked := *c.identity.Load()
	unpacked.body = nil
	c.identity.Store(&unpacked)
}

// bytes are those of a representation.
func (c *ready) bytes(e *encoded) ([]byte, error) {
	if e.body != nil || e.encoding != nil {
		return e.body, nil
	}
	gz := c.gzip.Load()
	if gz == nil {
		return nil, nil // a page without a byte
	}
	return unpack(gz.body)
}
