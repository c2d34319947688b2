package sealed

import (
	"crypto/cipher"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Key seals what one member writes.
type Key struct {
	member string
	aead   cipher.AEAD
}

func newKey(member string, secret []byte) (Key, error) {
	aead, err := gcm(secret)
	return Key{member, aead}, err
}

// Format hides the key from every verb of fmt.
func (k Key) Format(s fmt.State, _ rune) { io.WriteString(s, "member's key, hidden") }

// Place is what something sealed is bound to beside its member.
type Place struct {
	Table, Row string
	Version    int64
}

// Seal seals a text for its place.
func (k Key) Seal(text []byte, p Place) []byte {
	return k.aead.Seal(nil, nil, text, k.bound(p))
}

// Open opens what was sealed for this member and this place.
func (k Key) Open(text []byte, p Place) ([]byte, error) {
	plain, err := k.aead.Open(nil, nil, text, k.bound(p))
	if err != nil {
		return nil, fmt.Errorf("open %s %s, version %d: %w", p.Table, p.Row, p.Version, err)
	}
	return plain, nil
}

func (k Key) bound(p Place) []byte {
	return bound(k.member, p.Table, p.Row, strconv.FormatInt(p.Version, 10))
}

// bound is associated data: no part holds the bar, as identifiers and names of tables.
func bound(parts ...string) []byte { return []byte(strings.Join(parts, "|")) }
