package datadir

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
)

const (
	// PathsKeyName is the file of the keys that protect members' paths, where there are
	// others than the one that follows from the instance key.
	PathsKeyName = "paths.key"
	pathsNote    = "# The keys that protect the paths of this community's members, the newest first.\n" +
		"# Keep a copy in a safe place, apart from the backups, which do not hold them:\n" +
		"# without the key that a path was last protected by nobody can read it any more.\n" +
		"# Older keys open older backups.\n"
)

// PathsKeys are the keys of the folder that protect members' paths, the newest first;
// none before one was made.
func (d *Dir) PathsKeys() ([][]byte, error) {
	keys, err := d.keysIn(PathsKeyName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && len(keys) == 0 {
		err = d.damaged(PathsKeyName, errors.New("it has no line beside its comments"))
	}
	return keys, err
}

// AddPathsKey makes a key that protects members' paths from now on, before those that
// are there.
func (d *Dir) AddPathsKey() error {
	d.keys.Lock()
	defer d.keys.Unlock()
	keys, err := d.PathsKeys()
	if err != nil {
		return err
	}
	fresh := make([]byte, keySize)
	rand.Read(fresh)
	text := bytes.NewBufferString(pathsNote)
	for _, key := range append([][]byte{fresh}, keys...) {
		text.WriteString(base64.StdEncoding.EncodeToString(key) + "\n")
	}
	if err := replace(d.root, PathsKeyName, text.Bytes(), 0o600); err != nil {
		return fmt.Errorf("write %s: %w", d.Join(PathsKeyName), err)
	}
	return nil
}
