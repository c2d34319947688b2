package sealed_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"waypost/paths/sealed"
)

func secret(fill byte) []byte { return bytes.Repeat([]byte{fill}, sealed.KeySize) }

func ring(t *testing.T, secrets ...[]byte) sealed.Ring {
	t.Helper()
	r, err := sealed.NewRing(secrets...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSealed: what is sealed for one place opens there alone, and for nobody else.
func TestSealed(t *testing.T) {
	t.Parallel()
	r := ring(t, secret(1))
	ann, kept, err := r.NewKey("ann")
	if err != nil {
		t.Fatal(err)
	}
	ben, _, err := r.NewKey("ben")
	if err != nil {
		t.Fatal(err)
	}
	at := sealed.Place{Table: "step", Row: "1", Version: 2}
	text := []byte("I walk away.")
	shut := ann.Seal(text, at)
	if bytes.Contains(shut, text) || bytes.Equal(shut, ann.Seal(text, at)) {
		t.Error("a sealed text shows, or is the same twice")
	}
	again, err := r.Unwrap("ann", kept)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Open(shut, at); err != nil || string(got) != string(text) {
		t.Errorf("opened as %q: %v", got, err)
	}
	for what, p := range map[string]sealed.Place{
		"another table": {Table: "entry", Row: "1", Version: 2}, "another row": {Table: "step", Row: "2", Version: 2}, "another version": {Table: "step", Row: "1", Version: 1},
	} {
		if _, err := ann.Open(shut, p); err == nil {
			t.Errorf("it opens in %s", what)
		}
	}
	if _, err := ben.Open(shut, at); err == nil {
		t.Error("it opens with another member's key")
	}
	if _, err := r.Unwrap("ben", kept); err == nil {
		t.Error("a key is unwrapped for another member")
	}
	shut[len(shut)-1] ^= 1
	if _, err := ann.Open(shut, at); err == nil {
		t.Error("it opens though a bit is another")
	}
	for _, short := range [][]byte{nil, shut[:5], shut[:20]} {
		if _, err := ann.Open(short, at); err == nil {
			t.Errorf("%d bytes open", len(short))
		}
	}
}

func TestRotation(t *testing.T) {
	t.Parallel()
	old, both, fresh := ring(t, secret(1)), ring(t, secret(2), secret(1)), ring(t, secret(2))
	key, kept, err := old.NewKey("ann")
	if err != nil {
		t.Fatal(err)
	}
	at := sealed.Place{Table: "step", Row: "1", Version: 1}
	shut := key.Seal([]byte("words"), at)
	if _, err := fresh.Unwrap("ann", kept); !errors.Is(err, sealed.ErrNoKey) {
		t.Errorf("without the key that wrapped it: %v", err)
	}
	if _, err := fresh.Rewrap("ann", kept); !errors.Is(err, sealed.ErrNoKey) {
		t.Errorf("rewrapped without the key that wrapped it: %v", err)
	}
	moved, err := both.Rewrap("ann", kept)
	if err != nil || moved.By != fresh.Current() || bytes.Equal(moved.Bytes, kept.Bytes) {
		t.Fatalf("rewrapped by %s: %v", moved.By, err)
	}
	same, err := fresh.Unwrap("ann", moved)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := same.Open(shut, at); err != nil || string(got) != "words" {
		t.Errorf("after it %q: %v", got, err)
	}
	if _, err := old.Unwrap("ann", moved); !errors.Is(err, sealed.ErrNoKey) {
		t.Errorf("the old key alone: %v", err)
	}
}

func TestRefusedKeys(t *testing.T) {
	t.Parallel()
	for _, secrets := range [][][]byte{nil, {nil}, {secret(1)[:31]}, {secret(1), []byte("short")}} {
		if _, err := sealed.NewRing(secrets...); err == nil {
			t.Errorf("%d keys make a ring", len(secrets))
		}
	}
}

// TestKeysDoNotShow prints a ring and a key in every way there is.
func TestKeysDoNotShow(t *testing.T) {
	t.Parallel()
	r := ring(t, []byte("abcdefghijklmnopqrstuvwxyz012345"))
	key, _, err := r.NewKey("ann")
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q", "%d"} {
		got := fmt.Sprintf(verb+" "+verb, r, key)
		if !strings.HasPrefix(got, "keys, hidden member's key, hidden") {
			t.Errorf("%s shows %s", verb, got)
		}
	}
}
