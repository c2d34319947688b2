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
	keys, err := d.keysIn(KeyName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Key{}, ErrNoKey
	case err == nil && len(keys) != 1:
		err = d.damaged(KeyName, fmt.Errorf("it has %d lines beside its comments, not one", len(keys)))
	}
	if err != nil {
		return Key{}, err
	}
	return keyFrom(keys[0])
}

// keysIn reads the keys in a file that nobody else may read.
func (d *Dir) keysIn(name string) ([][]byte, error) {
	info, err := d.root.Stat(name)
	switch {
	case err != nil:
		return nil, fmt.Errorf("look at %s: %w", d.Join(name), err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a file", d.Join(name))
	case info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("other users may read or change a key; run: chmod 600 '%s'", d.Join(name))
	}
	text, err := d.root.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", d.Join(name), err)
	}
	keys, err := parseKeys(text)
	if err != nil {
		return nil, d.damaged(name, err)
	}
	return keys, nil
}

func (d *Dir) damaged(name string, err error) error {
	return fmt.Errorf("%s is damaged: %w; put back the copy you keep of it", d.Join(name), err)
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

// parseKeys reads the lines of a key file that are not comments. Its errors do not
// repeat the text.
func parseKeys(text []byte) ([][]byte, error) {
	var keys [][]byte
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		secret, err := base64.StdEncoding.Strict().DecodeString(string(line))
		if err != nil || len(secret) != keySize {
			return nil, fmt.Errorf("a line is not %d bytes in base64", keySize)
		}
		keys = append(keys, secret)
	}
	return keys, nil
}
