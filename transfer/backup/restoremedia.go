package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// unfinished begins the name of a file that is being restored.
const unfinished = ".restoring-"

// restoreMedia writes the files, and brings them and their names to the disk. A
// file that is there already with the same content counts as restored.
func (a *archive) restoreMedia(ctx context.Context, media *os.Root, beside []string, t *tally) error {
	there, err := a.takeUp(media, beside)
	if err != nil {
		return err
	}
	for _, f := range a.manifest.Media {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !there[f.Name] {
			if err := a.restoreFile(media, f); err != nil {
				return fmt.Errorf("restore media file %s: %w", f.Name, err)
			}
		}
		t.step()
		t.tell()
	}
	folder, err := media.Open(".")
	if err != nil {
		return fmt.Errorf("open the media folder: %w", err)
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// takeUp refuses a folder that holds anything but what an interrupted restore of
// this archive leaves, and lists the files that are complete. Hidden files, folders and
// those named in beside count for nothing.
func (a *archive) takeUp(media *os.Root, beside []string) (map[string]bool, error) {
	entries, err := fs.ReadDir(media.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("read the media folder: %w", err)
	}
	known := make(map[string]File, len(a.manifest.Media))
	for _, f := range a.manifest.Media {
		known[f.Name] = f
	}
	there := map[string]bool{}
	for _, e := range entries {
		name := e.Name()
		switch f, ok := known[name]; {
		case strings.HasPrefix(name, unfinished):
			if err := media.Remove(name); err != nil {
				return nil, fmt.Errorf("remove what an earlier restore left: %w", err)
			}
		case e.IsDir(), strings.HasPrefix(name, "."), slices.Contains(beside, name):
		case !ok || !sameFile(media, f):
			return nil, &NotEmptyError{"the media folder holds " + name}
		default:
			there[name] = true
		}
	}
	return there, nil
}

func sameFile(media *os.Root, f File) bool {
	file, err := media.Open(f.Name)
	if err != nil {
		return false
	}
	defer file.Close()
	hash := sha256.New()
	n, err := io.Copy(hash, io.LimitReader(file, f.Bytes+1))
	return err == nil && n == f.Bytes && hex.EncodeToString(hash.Sum(nil)) == f.SHA256
}

func (a *archive) restoreFile(media *os.Root, f File) error {
	temporary := unfinished + f.Name
	file, err := media.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	err = errors.Join(a.copyFile(f, file), file.Sync(), file.Close())
	if err == nil {
		err = media.Rename(temporary, f.Name)
	}
	if err != nil {
		return errors.Join(err, media.Remove(temporary))
	}
	return nil
}
