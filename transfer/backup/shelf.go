package backup

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Kind says how a backup came to lie in the folder of backups.
type Kind string

// The kinds.
const (
	Asked   Kind = "asked"   // somebody asked for it: rows and pictures
	Upgrade Kind = "upgrade" // made before an upgrade: the rows alone
	Other   Kind = "other"   // somebody put it there, under a name of their own
)

// Kept is a backup in the folder of backups.
type Kept struct {
	Name  string
	Kind  Kind
	At    time.Time // when it was taken; of Other, when the file was written
	Bytes int64
}

// Shelf is the path of the folder in which a community's backups lie. Nothing but what
// is in it is reached.
type Shelf string

const stamp = "20060102T150405.000Z"

// NameAt is the name of a backup that somebody asks for at a moment.
func NameAt(at time.Time) string { return "backup-" + at.UTC().Format(stamp) + ".zip" }

var (
	// shelfName is how a backup may be called: nothing that leads elsewhere.
	shelfName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.zip$`)
	// askedName is how NameAt names files; what Write left half written follows it.
	askedName = regexp.MustCompile(`^backup-([0-9]{8}T[0-9]{6}\.[0-9]{3}Z)\.zip(` + regexp.QuoteMeta(partial) + `[0-9]+)?$`)
)

func kept(info fs.FileInfo) Kept {
	k := Kept{Name: info.Name(), Kind: Other, At: info.ModTime(), Bytes: info.Size()}
	for kind, names := range map[Kind]*regexp.Regexp{Asked: askedName, Upgrade: upgradeName} {
		if parts := names.FindStringSubmatch(k.Name); parts != nil {
			if at, err := time.Parse(stamp, parts[1]); err == nil {
				k.Kind, k.At = kind, at
			}
		}
	}
	return k
}

// List is what lies in the folder, the newest first.
func (s Shelf) List() ([]Kept, error) {
	entries, err := os.ReadDir(string(s))
	if err != nil {
		return nil, fmt.Errorf("look for backups: %w", err)
	}
	var list []Kept
	for _, e := range entries {
		if !e.Type().IsRegular() || !shelfName.MatchString(e.Name()) {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted meanwhile
		}
		if err != nil {
			return nil, fmt.Errorf("look for backups: %w", err)
		}
		list = append(list, kept(info))
	}
	slices.SortFunc(list, func(a, b Kept) int { return cmp.Or(b.At.Compare(a.At), strings.Compare(b.Name, a.Name)) })
	return list, nil
}

// Open opens a backup by its name; what is none is fs.ErrNotExist.
func (s Shelf) Open(name string) (*os.File, Kept, error) {
	if !shelfName.MatchString(name) {
		return nil, Kept{}, fs.ErrNotExist
	}
	root, err := os.OpenRoot(string(s))
	if err != nil {
		return nil, Kept{}, err
	}
	defer root.Close()
	info, err := root.Lstat(name)
	if err != nil {
		return nil, Kept{}, err
	}
	if !info.Mode().IsRegular() {
		return nil, Kept{}, fs.ErrNotExist
	}
	file, err := root.Open(name)
	return file, kept(info), err
}

// Remove deletes a backup by its name; what is none is fs.ErrNotExist.
func (s Shelf) Remove(name string) error {
	file, _, err := s.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(s.Path(name)))
}

// Path is the path of a backup.
func (s Shelf) Path(name string) string { return string(s) + string(os.PathSeparator) + name }

// Tidy removes what an interrupted Write left of backups that were asked for. Only who
// makes the next one calls it: one is made at a time.
func (s Shelf) Tidy() error {
	entries, err := os.ReadDir(string(s))
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		if parts := askedName.FindStringSubmatch(e.Name()); parts != nil && parts[2] != "" {
			errs = append(errs, os.Remove(s.Path(e.Name())))
		}
	}
	return errors.Join(errs...)
}

// Sweep removes the backups that were taken before a moment, and names them. The newest
// of all stays, and the newest with pictures; so does what somebody put there.
func (s Shelf) Sweep(before time.Time) (gone []string, err error) {
	list, err := s.List()
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(k Kept) bool { return k.Kind == Other })
	whole := slices.IndexFunc(list, func(k Kept) bool { return k.Kind == Asked })
	for i, k := range list {
		if i == 0 || i == whole || !k.At.Before(before) {
			continue
		}
		switch e := os.Remove(s.Path(k.Name)); {
		case e == nil:
			gone = append(gone, k.Name)
		case !errors.Is(e, fs.ErrNotExist): // another node may have been faster
			err = errors.Join(err, e)
		}
	}
	return gone, err
}
