package datadir

import (
	"bytes"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

const (
	// KeyName is the file of the instance key in the data folder.
	KeyName = "instance.key"
	keySize = 32
	keyNote = "# The instance key of this community: it protects what is derived from it.\n" +
		"# Keep a copy in a safe place, apart from the backups, which do not hold it:\n" +
		"# a restored site does not start without it.\n"
)

// ErrNoKey says that the data folder has no instance key: the community has
// never been started here, or the key is lost.
var ErrNoKey = errors.New("there is no " + KeyName + " in the data folder")

// Key is the instance key. However it is printed, it does not show.
type Key struct{ secret [keySize]byte }

// keyFrom makes a key of its 32 bytes.
func keyFrom(secret []byte) (Key, error) {
	if len(secret) != keySize {
		return Key{}, fmt.Errorf("an instance key has %d bytes, not %d", keySize, len(secret))
	}
	return Key{secret: [keySize]byte(secret)}, nil
}

// Derive makes the key for one use, of n bytes (at most 8160), by HKDF with
// SHA-256 (RFC 5869). The same label gives the same bytes for ever; no use can
// be told from another's. It panics when n is out of range, which is a fault of
// the program.
func (k Key) Derive(label string, n int) []byte {
	derived, err := hkdf.Key(sha256.New, k.secret[:], nil, label, n)
	if err != nil {
		panic("derive the key " + label + ": " + err.Error())
	}
	return derived
}

// Fingerprint tells keys apart without giving them away: 16 hex digits. The
// database keeps it, so that it is never used with another key.
func (k Key) Fingerprint() string { return hex.EncodeToString(k.Derive("fingerprint", 8)) }

// Format hides the key from every verb of fmt.
func (k Key) Format(s fmt.State, _ rune) { io.WriteString(s, "instance key, hidden") }

// Key is the instance key: the one given as a setting, 32 bytes, or that of the
// folder when given is nil. The error is ErrNoKey when there is neither; a file
// that other users may read, or that is damaged, is refused.
func (d *Dir) Key(given []byte) (Key, error) {
	if given != nil {
		return keyFrom(given)
	}
	info, err := d.root.Stat(KeyName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Key{}, ErrNoKey
	case err != nil:
		return Key{}, fmt.Errorf("look at the instance key: %w", err)
	case !info.Mode().IsRegular():
		return Key{}, fmt.Errorf("%s is not a file", d.Join(KeyName))
	case info.Mode().Perm()&0o077 != 0:
		return Key{}, fmt.Errorf("other users may read or change the instance key; run: chmod 600 '%s'", d.Join(KeyName))
	}
	text, err := d.root.ReadFile(KeyName)
	if err != nil {
		return Key{}, fmt.Errorf("read the instance key: %w", err)
	}
	key, err := parseKey(text)
	if err != nil {
		return Key{}, fmt.Errorf("%s is damaged: %w; put back the copy you keep of it", d.Join(KeyName), err)
	}
	return key, nil
}

// NewKey makes the instance key and keeps it in the folder. It refuses where
// there is one already.
func (d *Dir) NewKey() (Key, error) {
	if _, err := d.root.Lstat(KeyName); !errors.Is(err, fs.ErrNotExist) {
		return Key{}, fmt.Errorf("make an instance key: there is a %s already", d.Join(KeyName))
	}
	var key Key
	rand.Read(key.secret[:])
	text := append([]byte(keyNote), base64.StdEncoding.EncodeToString(key.secret[:])+"\n"...)
	if err := replace(d.root, KeyName, text, 0o600); err != nil {
		return Key{}, fmt.Errorf("write the instance key: %w", err)
	}
	return key, nil
}

// parseKey reads the one line of a key file that is not a comment. Its errors
// do not repeat the text.
func parseKey(text []byte) (Key, error) {
	var words [][]byte
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if len(line) != 0 && line[0] != '#' {
			words = append(words, line)
		}
	}
	if len(words) != 1 {
		return Key{}, fmt.Errorf("it has %d lines beside its comments, not one", len(words))
	}
	secret, err := base64.StdEncoding.Strict().DecodeString(string(words[0]))
	if err != nil || len(secret) != keySize {
		return Key{}, fmt.Errorf("its line is not %d bytes in base64", keySize)
	}
	return keyFrom(secret)
}
