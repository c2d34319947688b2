package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
)

// Options of Write and BeforeUpgrade.
type Options struct {
	Program   string      // version of this program, for the manifest
	Clock     clock.Clock // the system's if nil
	Overwrite bool        // replace a file that is there; BeforeUpgrade ignores it
	Progress  Progress
}

func (o Options) now() time.Time {
	if o.Clock == nil {
		return clock.System().UTC()
	}
	return o.Clock().UTC()
}

// Write takes a backup while the community goes on, reads all of it back and only
// then gives it its name. Without media (nil) it holds the database alone. The file
// is for its owner's eyes (mode 0600): it holds what is private in the community.
//
// A file that is already there is fs.ErrExist unless Overwrite; a picture whose file
// is missing or damaged is a *MediaError; a database without tables is ErrNothing.
// When it is killed, FILE.partial-NUMBER stays behind.
func Write(ctx context.Context, d *db.DB, media *os.Root, path string, o Options) (Manifest, error) {
	schema, err := d.Schema(ctx)
	if err != nil {
		return Manifest{}, fmt.Errorf("back up: %w", err)
	}
	if schema.Current == 0 {
		return Manifest{}, ErrNothing
	}
	t, err := newTarget(path, o.Overwrite)
	if err != nil {
		return Manifest{}, fmt.Errorf("back up: %w", err)
	}
	w := &writer{file: t.file, tally: &tally{fn: o.Progress}, manifest: Manifest{
		Kind: kind, Format: format, Program: o.Program, Schema: schema.Current, Engine: d.Engine(),
		TakenAt: o.now(), WithMedia: media != nil, Tables: []Table{}, Media: []File{},
	}}
	m, err := w.fill(ctx, d, media, t)
	if err = errors.Join(err, t.discard()); err != nil {
		return Manifest{}, fmt.Errorf("back up: %w", err)
	}
	return m, nil
}

// fill writes the archive, reads it back and puts it in its place.
func (w *writer) fill(ctx context.Context, d *db.DB, media *os.Root, t *target) (Manifest, error) {
	if media != nil {
		files, err := storedMedia(media)
		if err != nil {
			return Manifest{}, err
		}
		w.files = int64(len(files))
	}
	if err := d.View(ctx, func(tx *db.Tx) error { return w.tables(ctx, tx) }); err != nil {
		return Manifest{}, err
	}
	if media != nil {
		if err := w.media(ctx, media); err != nil {
			return Manifest{}, err
		}
	}
	if err := w.finish(); err != nil {
		return Manifest{}, err
	}
	if err := t.seal(); err != nil {
		return Manifest{}, err
	}
	m, err := readBack(ctx, t.file.Name(), w.tally)
	if err != nil {
		return m, fmt.Errorf("read the new backup back: %w", err)
	}
	return m, t.place()
}

// Verify reads a whole archive: every sum, every row, every count. Something that is
// no backup is ErrNotBackup, one of a later format a *FormatError, damage a *PartError.
func Verify(ctx context.Context, path string, progress Progress) (Manifest, error) {
	return readBack(ctx, path, &tally{fn: progress})
}

// readBack verifies an archive. Unless the tally expects these steps already, they
// are all there is to do.
func readBack(ctx context.Context, path string, t *tally) (Manifest, error) {
	a, err := open(path)
	if err != nil {
		return Manifest{}, err
	}
	if t.total == 0 {
		t.total = a.steps()
	}
	err = a.verify(ctx, t)
	return a.manifest, errors.Join(err, a.file.Close())
}
