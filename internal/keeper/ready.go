package keeper

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/andybalholm/brotli"
)

// ready is a page as bytes in every encoding it has so far. It never changes,
// except that it becomes stale and gains encodings.
type ready struct {
	hash   string // of the identity bytes; every strong ETag begins with it
	header []Header
	made   time.Time
	weight int64 // bytes besides the bodies
	stale  atomic.Bool

	identity *encoded
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
	n := c.weight + int64(len(c.identity.body))
	for _, e := range []*encoded{c.gzip.Load(), c.brotli.Load()} {
		if e != nil {
			n += int64(len(e.body))
		}
	}
	return n
}

// Levels of compression: a middle one for the first answer after a change, the
// best once a page has stayed as it is.
const (
	firstGzip  = 5
	bestGzip   = gzip.BestCompression
	bestBrotli = brotli.BestCompression

	leastWindow = 10 // of brotli, as a power of two (RFC 7932, section 9.1)
)

var firstGzips = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, firstGzip) // the level is valid
	return w
}}

func makeReady(key string, p Page, shared []Header) (*ready, error) {
	sum := sha256.Sum256(p.Body)
	c := &ready{hash: base64.RawURLEncoding.EncodeToString(sum[:12]), weight: weigh(key, p.Tags)}
	c.header = append(c.header, shared...)
	c.header = append(c.header, Header{"Content-Type", []string{p.ContentType}})
	c.header = append(c.header, p.Header...)
	// A copy, since a buffer that was written to holds more memory than it shows.
	c.identity = newEncoded(bytes.Clone(p.Body), c.hash, "")
	if len(p.Body) < 200 || strings.HasPrefix(p.ContentType, "image/") {
		return c, nil // compressed it would be longer
	}
	w := firstGzips.Get().(*gzip.Writer)
	defer firstGzips.Put(w)
	var b bytes.Buffer
	w.Reset(&b)
	if err := compress(w, p.Body); err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	c.gzip.Store(newEncoded(bytes.Clone(b.Bytes()), c.hash, "g5"))
	return c, nil
}

// encodings are the ways a page was ever compressed, by the end of the entity tag.
var encodings = map[string]string{"g5": "gzip", "g9": "gzip", "b11": "br"}

func newEncoded(body []byte, hash, suffix string) *encoded {
	e := &encoded{body: body, length: []string{strconv.Itoa(len(body))}}
	if suffix == "" {
		e.etag = []string{`"` + hash + `"`}
		return e
	}
	e.etag = []string{`"` + hash + "-" + suffix + `"`}
	e.encoding = []string{encodings[suffix]}
	return e
}

type writeCloser interface {
	Write([]byte) (int, error)
	Close() error
}

func compress(w writeCloser, body []byte) error {
	if _, err := w.Write(body); err != nil {
		return err
	}
	return w.Close()
}

// best makes the best gzip and brotli, or nothing of a page too short for them.
func (c *ready) best() (gz, br *encoded, err error) {
	body := c.identity.body
	if c.gzip.Load() == nil {
		return nil, nil, nil
	}
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, bestGzip)
	if err != nil {
		return nil, nil, err
	}
	if err := compress(w, body); err != nil {
		return nil, nil, fmt.Errorf("gzip: %w", err)
	}
	gz = newEncoded(bytes.Clone(b.Bytes()), c.hash, "g9")
	b.Reset()
	// A window no larger than the page gives the same bytes and takes a tenth of the memory.
	window := max(leastWindow, bits.Len(uint(len(body))))
	if err := compress(brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: bestBrotli, LGWin: window}), body); err != nil {
		return nil, nil, fmt.Errorf("brotli: %w", err)
	}
	return gz, newEncoded(bytes.Clone(b.Bytes()), c.hash, "b11"), nil
}
