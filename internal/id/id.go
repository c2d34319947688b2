// Package id makes identifiers and secrets. Identifiers sort by the time they
// were made and need no sequence of the database; secrets are only random.
package id

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"sync"
	"time"
)

// encoding keeps the order of the bytes (base32hex of RFC 4648, lower case).
var encoding = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv").WithPadding(base32.NoPadding)

// Source makes identifiers: 48 bits of Unix milliseconds, 16 bits that count
// within the millisecond, 64 random bits, as in UUID version 7 (RFC 9562), written
// as 26 letters and digits. One source never repeats and never goes backward.
type Source struct {
	now func() time.Time

	mu   sync.Mutex
	last int64
	seq  uint16
}

// NewSource makes identifiers by this clock.
func NewSource(now func() time.Time) *Source { return &Source{now: now} }

// New is the next identifier.
func (s *Source) New() string {
	ms, seq := s.tick()
	var b [16]byte
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i))
	}
	b[6], b[7] = byte(seq>>8), byte(seq)
	_, _ = rand.Read(b[8:]) // never fails: crypto/rand ends the program instead
	return encoding.EncodeToString(b[:])
}

func (s *Source) tick() (int64, uint16) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ms := s.now().UnixMilli()
	if ms > s.last {
		s.last, s.seq = ms, 0
		return s.last, 0
	}
	s.seq++
	if s.seq == 0 { // 65,536 in one millisecond, or a clock set back: borrow from the next
		s.last++
	}
	return s.last, s.seq
}

// At is an identifier for what was made at another moment than now: it sorts by that.
func At(at time.Time) string {
	b := floor(at)
	_, _ = rand.Read(b[6:])
	return encoding.EncodeToString(b[:])
}

// Floor is the smallest identifier of a moment: those made before it are smaller.
func Floor(at time.Time) string {
	b := floor(at)
	return encoding.EncodeToString(b[:])
}

func floor(at time.Time) (b [16]byte) {
	ms := at.UnixMilli()
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i))
	}
	return b
}

// Valid reports that a text has the form of an identifier.
func Valid(id string) bool {
	b, err := encoding.DecodeString(id)
	return err == nil && len(b) == 16 && encoding.EncodeToString(b) == id
}

// UUID writes an identifier in the usual form of its 128 bits (RFC 9562), for formats
// that want one; an identifier that is none gives "".
func UUID(id string) string {
	b, err := encoding.DecodeString(id)
	if err != nil || len(b) != 16 {
		return ""
	}
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// Secret is 256 random bits as 43 URL-safe characters, for tokens that open something.
func Secret() string {
	var b [32]byte
	_, _ = rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}
