package datadir_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waypost/internal/datadir"
)

// TestRootInAnothersFolder is told to become that user and makes no file there; who
// has no right to give a folder away sees that one's own is taken.
func TestRootInAnothersFolder(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	if err := open(t, path).Close(); err != nil {
		t.Fatalf("one's own folder: %v", err)
	}
	const somebody = 54321
	if err := os.Chown(path, somebody, somebody); errors.Is(err, os.ErrPermission) {
		return
	} else if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(path, "waypost.lock")); err != nil {
		t.Fatal(err)
	}
	_, err := datadir.Open(path)
	if err == nil || !strings.Contains(err.Error(), "run as user 54321") {
		t.Errorf("root opens the folder of another user: %v", err)
	}
	if _, err := os.Lstat(filepath.Join(path, "waypost.lock")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("root has made a file there: %v", err)
	}
}

// TestRootHearsWhoHasTheFolder, so that it can ask the server.
func TestRootHearsWhoHasTheFolder(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	open(t, path)
	if err := os.Chown(path, 54321, 54321); err != nil && !errors.Is(err, os.ErrPermission) {
		t.Fatal(err)
	}
	_, err := datadir.Open(path)
	var locked *datadir.LockedError
	if !errors.As(err, &locked) || locked.PID != os.Getpid() {
		t.Errorf("a folder in use: %v", err)
	}
}
