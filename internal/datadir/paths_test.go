package datadir_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"waypost/internal/datadir"
)

// TestPathsKeys: none at first, then the newest first, in a file of one's own.
func TestPathsKeys(t *testing.T) {
	t.Parallel()
	d, err := datadir.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if keys, err := d.PathsKeys(); err != nil || len(keys) != 0 {
		t.Errorf("at first %d keys, %v", len(keys), err)
	}
	var newest string
	for n := 1; n <= 3; n++ {
		if err := d.AddPathsKey(); err != nil {
			t.Fatal(err)
		}
		keys, err := d.PathsKeys()
		if err != nil || len(keys) != n || string(keys[0]) == newest || n > 1 && string(keys[1]) != newest {
			t.Fatalf("after %d: %d keys, %v", n, len(keys), err)
		}
		newest = string(keys[0])
	}
	name := d.Join(datadir.PathsKeyName)
	if err := os.Chmod(name, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := d.PathsKeys(); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a file that others may read: %v", err)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "# nothing\n", "c2hvcnQ=\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := d.PathsKeys(); err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("%q: %v", text, err)
		}
		if err := d.AddPathsKey(); err == nil {
			t.Errorf("%q was written over", text)
		}
	}
}

// TestPathsKeysAtOnce: of keys that are made at the same time none is lost.
func TestPathsKeysAtOnce(t *testing.T) {
	t.Parallel()
	d, err := datadir.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	const n = 16
	done := make(chan error)
	for range n {
		go func() { done <- d.AddPathsKey() }()
	}
	for range n {
		err = errors.Join(err, <-done)
	}
	keys, err2 := d.PathsKeys()
	if err := errors.Join(err, err2, d.Close()); err != nil || len(keys) != n {
		t.Errorf("%d keys of %d: %v", len(keys), n, err)
	}
}
