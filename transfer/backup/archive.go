package backup

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

const (
	mostParts       = 1 << 20
	longestManifest = 256 << 20
	// A part above freeBytes that unpacks to more than steepest times its size is
	// made to fill a disk: one byte over and over comes near 1,030, rows do not.
	freeBytes = 64 << 20
	steepest  = 900
)

// archive is an opened backup whose parts are those its manifest names.
type archive struct {
	file     *os.File
	size     int64
	comment  string
	parts    map[string]*zip.File
	manifest Manifest
}

// open reads the directory and the manifest of an archive, and nothing else yet.
func open(path string) (*archive, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the backup: %w", err)
	}
	a := &archive{file: f}
	if err := a.read(); err != nil {
		_ = f.Close() // only read
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return a, nil
}

func (a *archive) read() error {
	info, err := a.file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return ErrNotBackup
	}
	a.size = info.Size()
	z, err := zip.NewReader(a.file, a.size)
	if err != nil {
		head := make([]byte, 4)
		if _, short := a.file.ReadAt(head, 0); short == nil && bytes.Equal(head, []byte("PK\x03\x04")) {
			return &PartError{"archive", "is cut off or damaged", err}
		}
		return ErrNotBackup
	}
	a.comment = z.Comment
	if err := a.takeParts(z.File); err != nil {
		return err
	}
	if err := a.readManifest(); err != nil {
		return err
	}
	return a.matchParts()
}

// takeParts accepts the entries of a zip, if they are plain files.
func (a *archive) takeParts(entries []*zip.File) error {
	if len(entries) > mostParts {
		return &PartError{"archive", fmt.Sprintf("has more than %d parts", mostParts), nil}
	}
	a.parts = make(map[string]*zip.File, len(entries))
	packed := uint64(0)
	for _, f := range entries {
		if what := a.refusal(f); what != "" {
			return &PartError{f.Name, what, nil}
		}
		a.parts[f.Name] = f
		if packed += f.CompressedSize64; packed > uint64(a.size) {
			return &PartError{f.Name, "overlaps another part", nil}
		}
	}
	return nil
}

// refusal says why an entry is in no backup, or "".
func (a *archive) refusal(f *zip.File) string {
	switch {
	case a.parts[f.Name] != nil:
		return "is there twice"
	case f.Mode()&fs.ModeType != 0:
		return "is no plain file"
	case f.Flags&1 != 0:
		return "is encrypted"
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return "is packed in a way that this program does not use"
	case f.CompressedSize64 >= 1<<62 || f.UncompressedSize64 >= 1<<62:
		return "has an impossible size"
	case f.UncompressedSize64 > freeBytes && f.UncompressedSize64/steepest > f.CompressedSize64:
		return "unpacks to far more than it should"
	}
	return ""
}

func (a *archive) readManifest() error {
	f := a.parts[manifestName]
	if f == nil {
		for name := range a.parts {
			if strings.HasPrefix(name, tablePrefix) {
				return &PartError{manifestName, "is missing", nil}
			}
		}
		return ErrNotBackup
	}
	if f.UncompressedSize64 > longestManifest {
		return &PartError{manifestName, "is too long", nil}
	}
	r, err := f.Open()
	if err != nil {
		return &PartError{manifestName, "cannot be unpacked", err}
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, longestManifest))
	if err != nil {
		return &PartError{manifestName, "is damaged", err}
	}
	a.manifest, err = parseManifest(text)
	return err
}

// matchParts holds the parts and the manifest against each other. What the manifest
// does not name is not in a backup, so no other name is ever used.
func (a *archive) matchParts() error {
	known := map[string]bool{manifestName: true}
	for _, t := range a.manifest.Tables {
		known[t.part()] = true
		if err := a.matchPart(t.part(), t.Bytes); err != nil {
			return err
		}
	}
	for _, f := range a.manifest.Media {
		known[f.part()] = true
		if err := a.matchPart(f.part(), f.Bytes); err != nil {
			return err
		}
	}
	for name := range a.parts {
		if !known[name] {
			return &PartError{name, "is not in the manifest", nil}
		}
	}
	return nil
}

func (a *archive) matchPart(name string, size int64) error {
	switch f := a.parts[name]; {
	case f == nil:
		return &PartError{name, "is missing", nil}
	case f.UncompressedSize64 != uint64(size):
		return &PartError{name, "has another size than the manifest says", nil}
	}
	return nil
}
