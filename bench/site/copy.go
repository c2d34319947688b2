//go:build linux

package site

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Copy copies the files of a data folder that nobody has open.
func Copy(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		switch into := filepath.Join(to, name); {
		case entry.IsDir():
			return os.MkdirAll(into, 0o700)
		case entry.Type().IsRegular():
			return copyFile(path, into)
		}
		return nil // a socket that is left
	})
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	into, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return errors.Join(err, source.Close())
	}
	_, err = into.ReadFrom(source)
	return errors.Join(err, into.Close(), source.Close())
}
