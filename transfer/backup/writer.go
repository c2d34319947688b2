package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"os"
	"slices"
	"strings"

	"waypost/internal/db"
)

// leftOut are the tables that mean nothing outside the running nodes of a database.
var leftOut = []string{"kept_clock", "kept_tags", "nodes"}

// writer writes the parts of an archive into a file.
type writer struct {
	file     *os.File
	sealed   *sealedFile
	zip      *zip.Writer
	tally    *tally
	files    int64       // media files, as counted before the start
	named    []mediaFile // media files that the rows name
	manifest Manifest
}

// tables starts the archive with the rows of one snapshot. It may run again, from
// the start.
func (w *writer) tables(ctx context.Context, tx *db.Tx) error {
	if _, err := w.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := w.file.Truncate(0); err != nil {
		return err
	}
	w.sealed = &sealedFile{file: w.file, hash: sha256.New()}
	w.zip = zip.NewWriter(w.sealed)
	w.manifest.Tables = w.manifest.Tables[:0]
	list, err := keptTables(tx)
	if err != nil {
		return err
	}
	rows, err := countRows(tx, list)
	if err != nil {
		return err
	}
	w.tally.done, w.tally.total = 0, 2*(rows+w.files)
	if w.manifest.Community, err = communityName(tx, list); err != nil {
		return err
	}
	if w.manifest.WithMedia {
		if w.named, err = namedMedia(tx); err != nil {
			return err
		}
	}
	for _, t := range list {
		if err := w.table(ctx, tx, t); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}

// keptTables lists the tables that a backup holds.
func keptTables(tx *db.Tx) ([]db.Table, error) {
	list, err := tx.Tables()
	return slices.DeleteFunc(list, func(t db.Table) bool { return slices.Contains(leftOut, t.Name) }), err
}

func countRows(tx *db.Tx, list []db.Table) (int64, error) {
	var sum int64
	for _, t := range list {
		n, err := tx.Count(t)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

func communityName(tx *db.Tx, list []db.Table) (string, error) {
	if !slices.ContainsFunc(list, func(t db.Table) bool { return t.Name == "community" }) {
		return "", nil
	}
	name, err := db.Value[string](tx.QueryRow(`SELECT name FROM community WHERE id = 'community'`))
	if db.Missing(err) {
		return "", nil
	}
	return name, err
}

func (w *writer) table(ctx context.Context, tx *db.Tx, t db.Table) error {
	entry := Table{Name: t.Name}
	for _, c := range t.Columns {
		entry.Columns = append(entry.Columns, Column(c))
	}
	part, err := w.part(entry.part(), zip.Deflate)
	if err != nil {
		return err
	}
	lines := newLineMaker()
	err = tx.Dump(t, func(row []any) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, err := lines.make(entry.Columns, row)
		if err != nil {
			return err
		}
		entry.Rows++
		w.tally.step()
		_, err = part.Write(line)
		return err
	})
	entry.Bytes, entry.SHA256 = part.bytes, part.sum()
	w.manifest.Tables = append(w.manifest.Tables, entry)
	return err
}

// media adds the files, and is content only if every file that a row names is among
// them and every original has the content its name says.
func (w *writer) media(ctx context.Context, media *os.Root) error {
	stored, err := storedMedia(media)
	if err != nil {
		return err
	}
	sums := map[string]string{}
	for _, f := range stored {
		if err := ctx.Err(); err != nil {
			return err
		}
		entry, err := w.mediaFile(media, f.name)
		if err != nil {
			return fmt.Errorf("media file %s: %w", f.name, err)
		}
		sums[f.name] = entry.SHA256
		w.manifest.Media = append(w.manifest.Media, entry)
	}
	for _, f := range w.named {
		switch sum, ok := sums[f.name]; {
		case !ok:
			return &MediaError{f.name, "is missing"}
		case f.original && !strings.HasPrefix(f.name, sum[:32]):
			return &MediaError{f.name, "is damaged: its content is not what its name says"}
		}
	}
	return nil
}

func (w *writer) mediaFile(media *os.Root, name string) (File, error) {
	entry := File{Name: name}
	source, err := media.Open(name)
	if err != nil {
		return entry, err
	}
	defer source.Close()
	part, err := w.part(entry.part(), zip.Store)
	if err != nil {
		return entry, err
	}
	if _, err := io.Copy(part, source); err != nil {
		return entry, err
	}
	w.tally.step()
	w.tally.tell()
	entry.Bytes, entry.SHA256 = part.bytes, part.sum()
	return entry, nil
}

// finish ends the archive with the manifest and the seal.
func (w *writer) finish() error {
	text, err := json.MarshalIndent(w.manifest, "", "\t")
	if err != nil {
		return err
	}
	part, err := w.part(manifestName, zip.Deflate)
	if err != nil {
		return err
	}
	if _, err := part.Write(append(text, '\n')); err != nil {
		return err
	}
	if err := w.zip.SetComment(unsealed); err != nil {
		return err
	}
	if err := w.zip.Close(); err != nil {
		return err
	}
	return w.sealed.seal()
}

func (w *writer) part(name string, method uint16) (*summed, error) {
	to, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: w.manifest.TakenAt})
	return &summed{to: to, hash: sha256.New()}, err
}

// summed counts and hashes what is written through it.
type summed struct {
	to    io.Writer
	hash  hash.Hash
	bytes int64
}

func (s *summed) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	s.hash.Write(p[:n]) // never fails
	s.bytes += int64(n)
	return n, err
}

func (s *summed) sum() string { return hex.EncodeToString(s.hash.Sum(nil)) }
