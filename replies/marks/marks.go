// Package marks makes the hashes by which replies, their senders and their networks are
// compared with others. Nobody makes one without the key.
package marks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strings"
	"sync"

	"waypost/internal/looks"
)

// Maker makes them. It is safe for use by many goroutines.
type Maker struct {
	macs sync.Pool // a mac that is made anew costs as much as what it signs
}

// New is a maker with a key.
func New(key []byte) *Maker {
	return &Maker{sync.Pool{New: func() any { return hmac.New(sha256.New, key) }}}
}

// Of is the mark of some words, 24 signs long.
func (m *Maker) Of(parts ...string) string {
	mac := m.macs.Get().(hash.Hash)
	defer m.macs.Put(mac)
	mac.Reset()
	for _, p := range parts {
		mac.Write([]byte(p))
		mac.Write([]byte{0})
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:18])
}

// Folded is a text as it is compared with others: signs that look alike are alike, and
// blanks, case and signs between words do not count.
func Folded(body string) string { return looks.Skeleton(body[:min(len(body), mostFolded)]) }

// mostFolded is how many bytes of a text are compared.
const mostFolded = 2000

// Words is a text as blocked words are looked for in it: folded, and what stands in for a
// letter is that letter.
func Words(text string) string { return Spelt(looks.Skeleton(signs.Replace(text))) }

// Spelt takes digits for the letters that they stand in for.
func Spelt(folded string) string { return digits.Replace(folded) }

var (
	signs  = strings.NewReplacer("@", "a", "$", "s", "!", "i")
	digits = strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "i", "l")
)

// likenessLeast is how long a text must be to count as repeated: thanks are said by many.
const likenessLeast = 24

// Likeness is the same for texts that are alike; "" of a short one.
func (m *Maker) Likeness(body string) string {
	text := Folded(body)
	if len(text) < likenessLeast {
		return ""
	}
	return m.Of("likeness", text)
}

// Same is the same for the same text from the same sender to the same place.
func (m *Maker) Same(storyID, parentID, sender, body string) string {
	return m.Of("same", storyID, parentID, sender, strings.Join(strings.Fields(body), " "))
}
