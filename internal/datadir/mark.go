package datadir

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

const markName = ".waypost-instance"

// longestMark is more than any identifier takes.
const longestMark = 200

// besideMark are names that do not make a media folder used: the mark, one half
// written, and what file systems put into the root of a volume.
var besideMark = []string{markName, markName + ".new", "lost+found", ".snapshot"}

// MarkMedia marks an empty media folder as that of the community with this
// instance id, when the community is made or restored. Doing it again changes
// nothing. A folder with another mark, or with files and no mark, is refused.
func (d *Dir) MarkMedia(id string) error {
	switch found, err := d.mark(); {
	case err != nil:
		return err
	case found != "":
		return d.CheckShared(id)
	}
	if id == "" || len(id) > longestMark || strings.ContainsAny(id, "\n\r") {
		return fmt.Errorf("mark the media folder: %q is not an instance id", id)
	}
	entries, err := fs.ReadDir(d.media.FS(), ".")
	if err != nil {
		return fmt.Errorf("look into the media folder: %w", err)
	}
	for _, entry := range entries {
		if !slices.Contains(besideMark, entry.Name()) {
			return fmt.Errorf("the media folder %s holds files and no mark of a community; empty it or name another data folder", d.Join(mediaName))
		}
	}
	return d.writeMark(id)
}

// MarkRestored marks the media folder that this process has just filled from a
// backup of the community with this instance id. A folder with another mark is
// refused.
func (d *Dir) MarkRestored(id string) error {
	found, err := d.mark()
	if err != nil {
		return err
	}
	if found != "" {
		return d.CheckShared(id)
	}
	return d.writeMark(id)
}

// writeMark writes the mark and reads it back.
func (d *Dir) writeMark(id string) error {
	if err := replace(d.media, markName, []byte(id+"\n"), 0o644); err != nil {
		return fmt.Errorf("mark the media folder: %w", err)
	}
	return d.CheckShared(id)
}

// CheckShared proves that the media folder is the one of the community with
// this instance id: every node that has the database has to have its media too.
func (d *Dir) CheckShared(id string) error {
	found, err := d.mark()
	switch {
	case err != nil:
		return err
	case found == "":
		return fmt.Errorf("the media folder %s is not this community's: it has no file %s. Is the volume mounted that the nodes share?", d.Join(mediaName), markName)
	case found != id:
		return fmt.Errorf("the media folder %s belongs to another community (%s, not %s); mount the one that the nodes of this community share", d.Join(mediaName), found, id)
	}
	return nil
}

// mark reads the mark; empty when there is none, or none that was written to
// its end.
func (d *Dir) mark() (string, error) {
	text, err := d.media.ReadFile(markName)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read the mark of the media folder: %w", err)
	}
	id, whole := strings.CutSuffix(string(text), "\n")
	if !whole {
		return "", nil
	}
	return id, nil
}
