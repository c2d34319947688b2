package datadir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Names in the data folder.
const (
	mediaName   = "media"
	backupsName = "backups"
)

// Dir is a data folder that this process has locked.
type Dir struct {
	path  string
	root  *os.Root
	media *os.Root
	lock  *os.File

	keys sync.Mutex // held while a key file is written anew
}

// Open locks the data folder at path and makes it if need be, with the folders
// in it. When another process has it, the error is a *LockedError. Root is refused
// the folder of another user.
func Open(path string) (*Dir, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("find the data folder %s: %w", path, err)
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	if err := notEverybodys(path); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("open the data folder: %w", err)
	}
	d := &Dir{path: path, root: root}
	if err := d.prepare(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// notEverybodys refuses a folder such as /tmp, in which every user of the
// machine could replace the key.
func notEverybodys(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return fmt.Errorf("look at the data folder: %w", err)
	case info.Mode().Perm()&0o002 != 0:
		return fmt.Errorf("every user of this machine can write to the data folder %s; name a folder of its own, or run: chmod 700 '%s'", path, path)
	}
	return nil
}

func (d *Dir) prepare() error {
	if err := refuseRoot(d.root, d.path); err != nil {
		return err
	}
	lock, err := acquire(d.root, d.path)
	if err != nil {
		return err
	}
	d.lock = lock
	for _, folder := range []struct {
		name string
		mode fs.FileMode
	}{{mediaName, 0o700}, {backupsName, 0o700}} {
		if err := d.root.Mkdir(folder.name, folder.mode); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("make the folder %s in %s: %w", folder.name, d.path, err)
		}
	}
	// By its path: an operator may have put a link to a shared volume here.
	d.media, err = os.OpenRoot(filepath.Join(d.path, mediaName))
	if err != nil {
		return fmt.Errorf("open the media folder: %w", err)
	}
	return nil
}

// Path is the folder, absolute.
func (d *Dir) Path() string { return d.path }

// Join is a path in the folder, for libraries that open files by name.
func (d *Dir) Join(name ...string) string {
	return filepath.Join(append([]string{d.path}, name...)...)
}

// Root reaches the files of the folder and nothing beside it. It is closed with
// the Dir.
func (d *Dir) Root() *os.Root { return d.root }

// Media reaches the files of the media folder and nothing beside it. It is
// closed with the Dir.
func (d *Dir) Media() *os.Root { return d.media }

// Backups is the path of the folder for backups.
func (d *Dir) Backups() string { return d.Join(backupsName) }

// Close gives the folder free for another process.
func (d *Dir) Close() error {
	var errs []error
	if d.media != nil {
		errs = append(errs, d.media.Close())
	}
	if d.lock != nil {
		errs = append(errs, release(d.lock))
	}
	errs = append(errs, d.root.Close())
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close the data folder %s: %w", d.path, err)
	}
	return nil
}

// replace writes a file so that after a crash it is there as a whole or as it
// was before: a new file, fsync, rename, fsync of the folder.
func replace(root *os.Root, name string, text []byte, mode fs.FileMode) error {
	fresh := name + ".new"
	file, err := root.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Chmod(mode), file.Sync(), file.Close()); err != nil {
		return errors.Join(err, root.Remove(fresh))
	}
	if err := root.Rename(fresh, name); err != nil {
		return err
	}
	folder, err := root.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
