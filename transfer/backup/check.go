package backup

import (
	"context"
	"fmt"
	"os"

	"waypost/internal/db"
)

// Severity says how much a finding matters.
type Severity string

// From bad to harmless.
const (
	Broken  Severity = "broken"  // something is lost or wrong; restore a backup
	Warning Severity = "warning" // something does not work as it should, nothing is lost
	Note    Severity = "note"    // worth knowing
)

// Finding is one thing that Check found.
type Finding struct {
	What     string   `json:"what"` // the kind: "file", "reference", "picture", "count", "list", "job", "orphan" or "schema"
	Detail   string   `json:"detail"`
	Severity Severity `json:"severity"`
}

// Report is what Check found, and what it looked at.
type Report struct {
	Rows     int64     `json:"rows"`
	Files    int64     `json:"files"`
	Findings []Finding `json:"findings"`
}

// Sound reports that nothing is broken.
func (r Report) Sound() bool {
	for _, f := range r.Findings {
		if f.Severity == Broken {
			return false
		}
	}
	return true
}

// mostOfAKind bounds how many findings of one kind a report lists.
const mostOfAKind = 100

// inspection collects a report from one snapshot.
type inspection struct {
	tx     *db.Tx
	report Report
	counts map[string]int
}

func (i *inspection) found(severity Severity, what, detail string, args ...any) {
	i.counts[what]++
	switch n := i.counts[what]; {
	case n <= mostOfAKind:
		i.report.Findings = append(i.report.Findings, Finding{what, fmt.Sprintf(detail, args...), severity})
	case n == mostOfAKind+1:
		i.report.Findings = append(i.report.Findings, Finding{what, "and more of this kind, which are not listed", severity})
	}
}

// Check looks over the database and the media folder and changes nothing: SQLite's
// file, what rows refer to, the files of the pictures, the counts and the list keys
// that stories keep, jobs given up, and files that no row names. media may be nil.
func Check(ctx context.Context, d *db.DB, media *os.Root) (Report, error) {
	schema, err := d.Schema(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("check: %w", err)
	}
	var i *inspection
	var named []mediaFile
	err = d.View(ctx, func(tx *db.Tx) error {
		i = &inspection{tx: tx, report: Report{Findings: []Finding{}}, counts: map[string]int{}}
		named = nil
		if err := i.database(); err != nil || schema.Pending() {
			return err
		}
		if err := i.stories(); err != nil {
			return err
		}
		if err := i.jobs(); err != nil {
			return err
		}
		named, err = namedMedia(tx)
		return err
	})
	switch {
	case err != nil:
		return Report{}, fmt.Errorf("check: %w", err)
	case schema.Pending():
		i.found(Warning, "schema", "the database has schema %d and this program's is %d; the next start migrates it, and only then can more be checked",
			schema.Current, schema.Latest)
	case media != nil:
		if err := i.media(media, named); err != nil {
			return Report{}, fmt.Errorf("check: %w", err)
		}
	}
	return i.report, nil
}

// database looks at the file and at every reference of every table.
func (i *inspection) database() error {
	faults, err := i.tx.Integrity()
	if err != nil {
		return err
	}
	for _, f := range faults {
		i.found(Broken, "file", "the database file is damaged: %s", f)
	}
	list, err := i.tx.Tables()
	if err != nil {
		return err
	}
	if i.report.Rows, err = countRows(i.tx, list); err != nil {
		return err
	}
	for _, t := range list {
		for _, r := range t.References {
			n, err := i.tx.Orphans(t, r)
			if err != nil {
				return err
			}
			if n > 0 {
				i.found(Broken, "reference", "%d rows of %s refer to rows of %s that are not there", n, t.Name, r.Parent)
			}
		}
	}
	return nil
}

func (i *inspection) jobs() error {
	type failed struct {
		kind string
		n    int64
	}
	list, err := db.List(i.tx, func(r db.Row) (failed, error) {
		var f failed
		return f, r.Scan(&f.kind, &f.n)
	}, `SELECT kind, count(*) FROM jobs WHERE state = 'failed' GROUP BY kind ORDER BY kind`)
	if err != nil {
		return fmt.Errorf("count the failed jobs: %w", err)
	}
	for _, f := range list {
		i.found(Warning, "job", "%d jobs of kind %s were given up", f.n, f.kind)
	}
	return nil
}

// media holds the picture rows against the files.
func (i *inspection) media(media *os.Root, named []mediaFile) error {
	stored, err := storedMedia(media)
	if err != nil {
		return err
	}
	i.report.Files = int64(len(stored))
	sizes := make(map[string]int64, len(stored))
	for _, f := range stored {
		sizes[f.name] = f.bytes
	}
	for _, f := range named {
		size, ok := sizes[f.name]
		delete(sizes, f.name)
		switch {
		case !ok:
			i.found(Broken, "picture", "the file %s is missing", f.name)
		case size != f.bytes:
			i.found(Broken, "picture", "the file %s has %d bytes and should have %d", f.name, size, f.bytes)
		}
	}
	for _, f := range stored {
		if _, orphan := sizes[f.name]; orphan {
			i.found(Note, "orphan", "no picture has the file %s (%d bytes); it does no harm", f.name, f.bytes)
		}
	}
	return nil
}
