package sealed

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// KeySize is the length of every key in bytes.
const KeySize = 32

// ErrNoKey says that no key of the ring wrapped a member's key: it is lost, or the ring
// is another community's.
var ErrNoKey = errors.New("the key that wraps this member's is not here")

// Ring holds the keys that wrap members' keys. However it is printed, it does not show.
type Ring struct{ keys []wrapping }

type wrapping struct {
	name string // tells it from others without giving it away
	aead cipher.AEAD
}

// NewRing makes a ring of keys of KeySize bytes. The first wraps what is new; the others
// only open what they wrapped before.
func NewRing(secrets ...[]byte) (Ring, error) {
	if len(secrets) == 0 {
		return Ring{}, errors.New("a ring has at least one key")
	}
	var r Ring
	for _, secret := range secrets {
		if len(secret) != KeySize {
			return Ring{}, fmt.Errorf("a key that wraps others has %d bytes, not %d", KeySize, len(secret))
		}
		name, err := hkdf.Key(sha256.New, secret, nil, "name of a key that wraps paths' keys", 8)
		if err != nil {
			return Ring{}, fmt.Errorf("name a key: %w", err)
		}
		aead, err := gcm(secret)
		if err != nil {
			return Ring{}, err
		}
		r.keys = append(r.keys, wrapping{hex.EncodeToString(name), aead})
	}
	return r, nil
}

// Format hides the keys from every verb of fmt.
func (r Ring) Format(s fmt.State, _ rune) { io.WriteString(s, "keys, hidden") }

// Current is the name of the key that wraps what is new: 16 hex digits.
func (r Ring) Current() string { return r.keys[0].name }

// Wrapped is a member's key as the database keeps it.
type Wrapped struct {
	By    string // the name of the key that wraps it
	Bytes []byte
}

// NewKey makes a member's key.
func (r Ring) NewKey(member string) (Key, Wrapped, error) {
	secret := make([]byte, KeySize)
	rand.Read(secret)
	key, err := newKey(member, secret)
	return key, r.keys[0].wrap(member, secret), err
}

// Unwrap opens a member's key. The error is ErrNoKey where the ring lacks what wrapped it.
func (r Ring) Unwrap(member string, w Wrapped) (Key, error) {
	secret, err := r.open(member, w)
	if err != nil {
		return Key{}, err
	}
	return newKey(member, secret)
}

// Rewrap wraps a member's key by the first key of the ring.
func (r Ring) Rewrap(member string, w Wrapped) (Wrapped, error) {
	secret, err := r.open(member, w)
	if err != nil {
		return w, err
	}
	return r.keys[0].wrap(member, secret), nil
}

func (r Ring) open(member string, w Wrapped) ([]byte, error) {
	for _, k := range r.keys {
		if k.name != w.By {
			continue
		}
		secret, err := k.aead.Open(nil, nil, w.Bytes, bound(member, "key", k.name))
		if err != nil {
			return nil, fmt.Errorf("unwrap a member's key: %w", err)
		}
		return secret, nil
	}
	return nil, ErrNoKey
}

func (k wrapping) wrap(member string, secret []byte) Wrapped {
	return Wrapped{By: k.name, Bytes: k.aead.Seal(nil, nil, secret, bound(member, "key", k.name))}
}

func gcm(secret []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, fmt.Errorf("make a cipher: %w", err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}
