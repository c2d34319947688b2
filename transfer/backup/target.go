package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// partial stands between a file's name and a random number while it is written.
const partial = ".partial-"

// target is a file that gets its name when it is complete.
type target struct {
	file      *os.File
	path      string
	overwrite bool
	placed    bool
}

func newTarget(path string, overwrite bool) (*target, error) {
	t := &target{path: path, overwrite: overwrite}
	if err := t.free(); err != nil {
		return nil, err
	}
	var err error
	t.file, err = os.CreateTemp(filepath.Dir(path), filepath.Base(path)+partial+"*")
	return t, err
}

// free reports a file that is already there and shall stay.
func (t *target) free() error {
	if t.overwrite {
		return nil
	}
	_, err := os.Lstat(t.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = fs.ErrExist
	}
	return fmt.Errorf("%s: %w", t.path, err)
}

// seal brings the content to the disk.
func (t *target) seal() error { return t.file.Sync() }

// place gives the file its name, on disk before it returns.
func (t *target) place() error {
	if err := t.free(); err != nil {
		return err
	}
	if err := os.Rename(t.file.Name(), t.path); err != nil {
		return err
	}
	t.placed = true
	folder, err := os.Open(filepath.Dir(t.path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// discard closes the file and removes it unless it was placed.
func (t *target) discard() error {
	err := t.file.Close()
	if !t.placed {
		err = errors.Join(err, os.Remove(t.file.Name()))
	}
	return err
}
