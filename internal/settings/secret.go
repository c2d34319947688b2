package settings

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
)

const (
	hidden = "set, hidden"
	masked = "hidden"
)

// KeySize is the length of the instance key in bytes.
const KeySize = 32

// Key is an instance key that was given as a setting; the zero value is none.
// However it is printed, it does not show.
type Key struct{ secret string }

// UnmarshalText reads 32 bytes in hex or in base64, of either alphabet, padded
// or not. Its errors do not repeat the text.
func (k *Key) UnmarshalText(text []byte) error {
	word := strings.TrimSpace(string(text))
	if word == "" {
		*k = Key{}
		return nil
	}
	secret, err := hex.DecodeString(word)
	if err != nil {
		word = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(word, "="))
		secret, err = base64.RawStdEncoding.Strict().DecodeString(word)
	}
	if err != nil || len(secret) != KeySize {
		return errors.New("is not a key of 32 bytes in base64 or hex")
	}
	k.secret = string(secret)
	return nil
}

// Bytes is the key itself, 32 bytes, or nil when none was given.
func (k Key) Bytes() []byte {
	if k.secret == "" {
		return nil
	}
	return []byte(k.secret)
}

// Format hides the key from every verb of fmt.
func (k Key) Format(s fmt.State, _ rune) { io.WriteString(s, k.String()) }

// String says whether a key was given.
func (k Key) String() string {
	if k.secret == "" {
		return ""
	}
	return hidden
}

// Keys are keys that were given as a setting, with a comma between them.
type Keys []Key

// UnmarshalText reads them as Key does each.
func (k *Keys) UnmarshalText(text []byte) error {
	*k = nil
	for word := range strings.SplitSeq(string(text), ",") {
		var key Key
		if err := key.UnmarshalText([]byte(word)); err != nil {
			return err
		}
		if key != (Key{}) {
			*k = append(*k, key)
		}
	}
	return nil
}

// Bytes are the keys themselves, 32 bytes each.
func (k Keys) Bytes() [][]byte {
	var all [][]byte
	for _, key := range k {
		all = append(all, key.Bytes())
	}
	return all
}

// Format hides the keys from every verb of fmt.
func (k Keys) Format(s fmt.State, _ rune) { io.WriteString(s, k.String()) }

// String says whether keys were given.
func (k Keys) String() string {
	if len(k) == 0 {
		return ""
	}
	return hidden
}

// DatabaseURL is the address of a PostgreSQL database, often with a password;
// empty means SQLite. Printing it masks the password; string(d) has it.
type DatabaseURL string

// UnmarshalText checks scheme and host. Its errors do not repeat the text.
func (d *DatabaseURL) UnmarshalText(text []byte) error {
	word := string(text)
	if word == "" {
		*d = ""
		return nil
	}
	u, err := url.Parse(word)
	switch {
	case err != nil:
		return errors.New("is not an address; signs such as @ : / in a password are written as %40 %3A %2F")
	case u.Scheme != "postgres" && u.Scheme != "postgresql":
		return errors.New("does not begin with postgres://")
	case u.Host == "" && u.Query().Get("host") == "":
		return errors.New("names no host")
	}
	*d = DatabaseURL(word)
	return nil
}

// String is the address with its passwords masked.
func (d DatabaseURL) String() string {
	if d == "" {
		return ""
	}
	u, err := url.Parse(string(d))
	if err != nil {
		return hidden
	}
	if _, has := u.User.Password(); has {
		u.User = url.UserPassword(u.User.Username(), masked)
	}
	query := u.Query()
	for name := range query {
		if strings.Contains(strings.ToLower(name), "password") {
			query.Set(name, masked)
		}
	}
	u.RawQuery = query.Encode()
	return u.String()
}

// Format masks the passwords for every verb of fmt.
func (d DatabaseURL) Format(s fmt.State, _ rune) { io.WriteString(s, d.String()) }
