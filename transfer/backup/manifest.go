package backup

import (
	"encoding/json"
	"regexp"
	"time"

	"waypost/internal/db"
)

const (
	// kind tells a manifest of this program from any other manifest.json.
	kind = "waypost-backup"
	// format is the version of the archive's layout.
	format = 1

	manifestName = "manifest.json"
	tablePrefix  = "tables/"
	tableSuffix  = ".jsonl"
	mediaPrefix  = "media/"
)

// Manifest says what a backup holds.
type Manifest struct {
	Kind      string    `json:"kind"`
	Format    int       `json:"format"`
	Program   string    `json:"program"`   // the version that wrote it
	Schema    int64     `json:"schema"`    // the last migration its rows went through
	Engine    db.Engine `json:"engine"`    // where it was taken
	Community string    `json:"community"` // its name; empty before set-up
	TakenAt   time.Time `json:"taken_at"`
	WithMedia bool      `json:"with_media"` // false in a backup of the database alone
	Tables    []Table   `json:"tables"`     // parents before those that refer to them
	Media     []File    `json:"media"`      // by name
}

// Table is a table's part of a backup.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
	Rows    int64    `json:"rows"`
	Bytes   int64    `json:"bytes"`  // of the part, uncompressed
	SHA256  string   `json:"sha256"` // of the same, hexadecimal
}

// Column is a column of a table.
type Column struct {
	Name string        `json:"name"`
	Type db.ColumnType `json:"type"`
}

// File is a media file's part of a backup.
type File struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Rows is how many rows all tables have together.
func (m Manifest) Rows() int64 {
	var n int64
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

func (t Table) part() string { return tablePrefix + t.Name + tableSuffix }

func (f File) part() string { return mediaPrefix + f.Name }

var (
	identifier = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)
	digest     = regexp.MustCompile(`^[0-9a-f]{64}$`)
	// mediaName is how package pictures names files.
	mediaName = regexp.MustCompile(`^[0-9a-f]{32}(-[0-9]{1,6})?\.[a-z0-9]{1,8}$`)
)

// parseManifest reads a manifest and holds every name in it to what this program
// writes, so that none leads elsewhere.
func parseManifest(text []byte) (Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return m, &PartError{manifestName, "cannot be read", err}
	}
	switch {
	case m.Kind != kind:
		return m, ErrNotBackup
	case m.Format > format:
		return m, &FormatError{m.Format}
	case m.Format != format || m.Schema < 1:
		return m, &PartError{manifestName, "has no sensible format or schema", nil}
	}
	seen := map[string]bool{}
	for _, t := range m.Tables {
		if seen[t.part()] || !t.sensible() {
			return m, &PartError{manifestName, "has a faulty entry for table " + t.Name, nil}
		}
		seen[t.part()] = true
	}
	for _, f := range m.Media {
		if seen[f.part()] || !mediaName.MatchString(f.Name) || f.Bytes < 0 || !digest.MatchString(f.SHA256) || !m.WithMedia {
			return m, &PartError{manifestName, "has a faulty entry for file " + f.Name, nil}
		}
		seen[f.part()] = true
	}
	return m, nil
}

func (t Table) sensible() bool {
	if !identifier.MatchString(t.Name) || t.Rows < 0 || t.Bytes < t.Rows || !digest.MatchString(t.SHA256) || len(t.Columns) == 0 {
		return false
	}
	seen := map[string]bool{}
	for _, c := range t.Columns {
		if seen[c.Name] || !identifier.MatchString(c.Name) || !c.Type.Known() {
			return false
		}
		seen[c.Name] = true
	}
	return true
}
