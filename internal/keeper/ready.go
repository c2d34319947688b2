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
// except that it becomes stale and gains encodings. Where there is gzip the identity
// bytes are not kept: clients that take no gzip are few, and it gives the bytes back.
type ready struct {
	hash   string // of the identity bytes; every strong ETag begins with it
	header []Header
	made   time.Time
	until  int64 // Unix seconds at which it is stale by itself; 0: never
	weight int64 // bytes besides the bodies
	stale  atomic.Bool
	part   *Part // of a part of pages, which has no representation

	identity *encoded // its body is nil when it has to be unpacked
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
	for _, e := range []*encoded{c.identity, c.gzip.Load(), c.brotli.Load()} {
		if e != nil {
			n += int64(len(e.body))
		}
	}
	return n
}

func makeReady(key string, p Page, shared []Header) (*ready, error) {
	sum := sha256.Sum256(p.Body)
	c := &ready{hash: base64.RawURLEncoding.EncodeToString(sum[:12]), weight: weigh(key, p.Tags)}
	c.until = untilOf(p.Until)
	c.header = append(c.header, shared...)
	c.header = append(c.header, Header{"Content-Type", []string{p.ContentType}})
	c.header = append(c.header, p.Header...)
	c.identity = newEncoded(p.Body, c.hash, "")
	if len(p.Body) < 200 || strings.HasPrefix(p.ContentType, "image/") { // compressed it would be longer
		if p.Done != nil || cap(p.Body) > len(p.Body)+len(p.Body)/8 { // a buffer that was written to holds more memory than it shows
			c.identity.body = bytes.Clone(p.Body)
		}
		return c, nil
	}
	first, err := firstGzip.compress(p.Body)
	if err != nil {
		return nil, err
	}
	c.gzip.Store(newEncoded(first, c.hash, firstGzip.suffix))
	c.identity.body = nil
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
	if c.gzip.Load() == nil {
		return nil, nil, nil
	}
	body, err := c.bytes(c.identity)
	if err != nil {
		return nil, nil, err
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
