package datadir_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waypost/internal/datadir"
)

func TestKeyIsMadeOnce(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	if _, err := d.Key(nil); !errors.Is(err, datadir.ErrNoKey) {
		t.Fatalf("Key = %v in a new folder, want ErrNoKey", err)
	}
	made, err := d.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(d.Join("instance.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has the mode %v, %v", info.Mode(), err)
	}
	if _, err := os.Stat(d.Join("instance.key.new")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a half-written key is left: %v", err)
	}
	read, err := d.Key(nil)
	if err != nil || read != made {
		t.Errorf("Key = %v, another key or none", err)
	}
	if _, err := d.NewKey(); err == nil {
		t.Error("NewKey replaces a key")
	}
	other, err := open(t, t.TempDir()).NewKey()
	if err != nil || other.Fingerprint() == made.Fingerprint() {
		t.Errorf("two folders have one key, or %v", err)
	}
}

func TestKeyGivenAsSetting(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	secret := bytes.Repeat([]byte{7}, 32)
	key, err := d.Key(secret)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(d.Join("instance.key")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a key that was given is written down: %v", err)
	}
	if _, err := d.Key(secret[:31]); err == nil {
		t.Error("31 bytes are taken for a key")
	}
	if again, err := d.Key(secret); err != nil || again.Fingerprint() != key.Fingerprint() {
		t.Errorf("the same bytes give another key: %v", err)
	}
}

func TestKeyFileIsRefused(t *testing.T) {
	t.Parallel()
	good := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))
	tests := []struct {
		text string
		mode os.FileMode
		want string // a part of the error; none when the key is good
	}{
		{good, 0o600, ""},
		{"# words\r\n\r\n  " + good + " \r\n", 0o400, ""},
		{good, 0o640, "run: chmod 600 '"},
		{good, 0o604, "run: chmod 600 '"},
		{good, 0o620, "run: chmod 600 '"},
		{"", 0o600, "has 0 lines"},
		{"# words\n", 0o600, "has 0 lines"},
		{good + "\n" + good, 0o600, "has 2 lines"},
		{good[:40], 0o600, "is not 32 bytes in base64"},
		{good[:20], 0o600, "is not 32 bytes in base64"},
		{good + "AAAA", 0o600, "is not 32 bytes in base64"},
		{strings.Repeat("\x00", 44), 0o600, "is not 32 bytes in base64"},
	}
	for _, test := range tests {
		d := open(t, t.TempDir())
		name := d.Join("instance.key")
		if err := os.WriteFile(name, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, test.mode); err != nil {
			t.Fatal(err)
		}
		_, err := d.Key(nil)
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%q, %v: %v", test.text, test.mode, err)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
			t.Errorf("%q, %v: error %v, want %q", test.text, test.mode, err, test.want)
		case err != nil && strings.Contains(err.Error(), good[:20]):
			t.Errorf("%q shows the key", err)
		}
	}
	d := open(t, t.TempDir())
	if err := os.Mkdir(d.Join("instance.key"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Key(nil); err == nil || !strings.Contains(err.Error(), "is not a file") {
		t.Errorf("a folder in the place of the key: %v", err)
	}
}

// TestDerive holds the derivation still: what was signed or stored with a key
// has to be readable by every later version. The bytes were computed apart, by
// the formulas of RFC 5869 over HMAC-SHA-256.
func TestDerive(t *testing.T) {
	t.Parallel()
	key, err := open(t, t.TempDir()).Key(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		label string
		n     int
		want  string
	}{
		{"fingerprint", 8, "0a5c879d231e55e3"},
		{"session", 32, "afaae4f4521f2afb3dfa88a60acf856a58ab8e72e6038aa5cc37347252d5b0cb"},
		{"session", 40, "afaae4f4521f2afb3dfa88a60acf856a58ab8e72e6038aa5cc37347252d5b0cbe383e2fe464b03a4"},
	}
	for _, test := range tests {
		if got := hex.EncodeToString(key.Derive(test.label, test.n)); got != test.want {
			t.Errorf("Derive(%q, %d) = %s, want %s", test.label, test.n, got, test.want)
		}
	}
	if got, want := key.Fingerprint(), tests[0].want; got != want {
		t.Errorf("Fingerprint = %s, want %s", got, want)
	}
}

func TestKeyIsHidden(t *testing.T) {
	t.Parallel()
	secret := []byte("Kanarienvogel Kanarienvogel Kana")
	key, err := open(t, t.TempDir()).Key(secret)
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		if got := fmt.Sprintf(verb, key); got != "instance key, hidden" {
			t.Errorf("%s prints %q", verb, got)
		}
		got := fmt.Sprintf(verb, struct{ Key datadir.Key }{key})
		if strings.Contains(got, "Kanar") || strings.Contains(got, "4b616e") || strings.Contains(got, "75 97 110") {
			t.Errorf("%s of a struct prints %q", verb, got)
		}
	}
}

// FuzzKeyFile reads any text as a key file: it gives a key or an error that
// does not repeat a long part of the text.
func FuzzKeyFile(f *testing.F) {
	f.Add([]byte("# words\n" + base64.StdEncoding.EncodeToString(make([]byte, 32)) + "\n"))
	f.Add([]byte(""))
	f.Add([]byte("\xff\x00\r\n#"))
	d := open(f, f.TempDir())
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(d.Join("instance.key"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := d.Key(nil)
		words := strings.ReplaceAll(fmt.Sprint(err), filepath.Dir(d.Path()), "")
		for start := 0; err != nil && start+32 <= len(text); start++ {
			if part := string(text[start : start+32]); strings.Contains(words, part) {
				t.Fatalf("%q repeats %q", words, part)
			}
		}
	})
}
