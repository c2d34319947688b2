package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"waypost/internal/db"
)

// RestoreOptions are what Restore may be told besides.
type RestoreOptions struct {
	Progress Progress
	// Loaded runs at the end of the transaction that brings the rows, on the tables of
	// the backup's schema. Its error undoes them; it may be called again. May be nil.
	Loaded func(tx *db.Tx) error
	// Beside names files that may lie in the media folder beforehand.
	Beside []string
}

// Restore brings a backup into an empty place: a database without tables, or with
// the tables of the backup's schema or an earlier one but without rows, and a media
// folder without pictures. Afterwards the database has this program's schema.
//
// First it verifies the whole archive, then it writes the pictures, then all rows in
// one transaction. When it is interrupted the database is still empty, and another
// Restore of the same backup takes up the pictures that are there already. A backup
// without media leaves the media folder alone, and media may be nil.
//
// Errors are those of Verify, a *NotEmptyError, and a *db.NewerError for a backup of
// a schema that this program does not know.
func Restore(ctx context.Context, path string, d *db.DB, media *os.Root, o RestoreOptions) (Manifest, error) {
	a, err := open(path)
	if err != nil {
		return Manifest{}, fmt.Errorf("restore: %w", err)
	}
	t := &tally{fn: o.Progress, total: 2 * a.steps()}
	if err = errors.Join(a.restore(ctx, d, media, o, t), a.file.Close()); err != nil {
		return a.manifest, fmt.Errorf("restore %s: %w", path, err)
	}
	return a.manifest, nil
}

func (a *archive) restore(ctx context.Context, d *db.DB, media *os.Root, o RestoreOptions, t *tally) error {
	seeded, err := a.mayRestore(ctx, d)
	if err != nil {
		return err
	}
	if a.manifest.WithMedia && media == nil {
		return errors.New("the backup has pictures and there is no media folder to restore them to")
	}
	if err := a.verify(ctx, t); err != nil {
		return err
	}
	if a.manifest.WithMedia {
		if err := a.restoreMedia(ctx, media, o.Beside, t); err != nil {
			return err
		}
	}
	if err := d.Migrate(ctx, a.manifest.Schema); err != nil {
		return err
	}
	done := t.done
	err = d.Update(ctx, func(tx *db.Tx) error {
		t.done = done // the closure may run again
		if err := a.load(ctx, tx, seeded, t); err != nil || o.Loaded == nil {
			return err
		}
		return o.Loaded(tx)
	})
	if err != nil {
		return err
	}
	t.tell()
	return d.Migrate(ctx, 0)
}

// mayRestore refuses a database that the rows cannot go into. It reports whether
// rows found later are those that migrations put there.
func (a *archive) mayRestore(ctx context.Context, d *db.DB) (seeded bool, err error) {
	schema, err := d.Schema(ctx)
	if err != nil {
		return false, err
	}
	if a.manifest.Schema > schema.Latest {
		return false, &db.NewerError{Schema: db.Schema{Current: a.manifest.Schema, Latest: schema.Latest}}
	}
	if schema.Current > a.manifest.Schema {
		return false, &NotEmptyError{fmt.Sprintf("the database has the tables of schema %d already and the backup is of schema %d; give a new database",
			schema.Current, a.manifest.Schema)}
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		list, err := keptTables(tx)
		if err != nil {
			return err
		}
		if schema.Current == 0 && len(list) > 0 {
			return &NotEmptyError{"the database holds tables of another program, such as " + list[0].Name}
		}
		return withoutRows(tx, list)
	})
	return schema.Current == 0, err
}

func withoutRows(tx *db.Tx, list []db.Table) error {
	for _, t := range list {
		n, err := tx.Count(t)
		if err != nil {
			return err
		}
		if n > 0 {
			return &NotEmptyError{fmt.Sprintf("the database has rows in its table %s", t.Name)}
		}
	}
	return nil
}

// load writes all rows. seeded says that the tables have just been made.
func (a *archive) load(ctx context.Context, tx *db.Tx, seeded bool, t *tally) error {
	list, err := keptTables(tx)
	if err != nil {
		return err
	}
	if !seeded {
		if err := withoutRows(tx, list); err != nil {
			return err
		}
	}
	for _, table := range slices.Backward(list) {
		if err := tx.Clear(table); err != nil {
			return err
		}
	}
	if len(list) != len(a.manifest.Tables) {
		return &PartError{manifestName, fmt.Sprintf("has %d tables where schema %d has %d", len(a.manifest.Tables), a.manifest.Schema, len(list)), nil}
	}
	for _, table := range list {
		if err := a.loadTable(ctx, tx, table, t); err != nil {
			return err
		}
	}
	return nil
}

// loadTable reads a part into its table. Names in statements are the database's
// own, never the archive's.
func (a *archive) loadTable(ctx context.Context, tx *db.Tx, table db.Table, t *tally) error {
	part, err := a.partOf(&table)
	if err != nil {
		return err
	}
	batch := batch{tx: tx, table: table, size: max(1, 500/len(table.Columns))}
	err = a.rows(part, func(row []any) error {
		t.step()
		return errors.Join(ctx.Err(), batch.add(row))
	})
	if err != nil {
		return err
	}
	if err := batch.flush(); err != nil {
		return err
	}
	n, err := tx.Count(table)
	if err == nil && n != part.Rows {
		err = fmt.Errorf("table %s has %d rows after restoring %d", table.Name, n, part.Rows)
	}
	return err
}

// partOf finds the part of a table and puts the table's columns in the part's order.
func (a *archive) partOf(table *db.Table) (Table, error) {
	i := slices.IndexFunc(a.manifest.Tables, func(t Table) bool { return t.Name == table.Name })
	if i < 0 {
		return Table{}, &PartError{manifestName, "has no table " + table.Name, nil}
	}
	part := a.manifest.Tables[i]
	columns := make([]db.Column, 0, len(part.Columns))
	for _, c := range part.Columns {
		if !slices.Contains(table.Columns, db.Column(c)) {
			return part, &PartError{part.part(), fmt.Sprintf("has a column %s (%s) that the table has not", c.Name, c.Type), nil}
		}
		columns = append(columns, db.Column(c))
	}
	if len(columns) != len(table.Columns) {
		return part, &PartError{part.part(), "lacks columns of the table", nil}
	}
	table.Columns = columns
	return part, nil
}

// batch collects rows and inserts many in one statement, since each is a round trip
// on PostgreSQL. The last few go one by one: a statement for every length would fill
// the cache of statements.
type batch struct {
	tx    *db.Tx
	table db.Table
	size  int
	rows  [][]any
}

func (b *batch) add(row []any) error {
	b.rows = append(b.rows, row)
	if len(b.rows) < b.size {
		return nil
	}
	err := b.tx.Insert(b.table, b.rows...)
	b.rows = b.rows[:0]
	return err
}

func (b *batch) flush() error {
	for _, row := range b.rows {
		if err := b.tx.Insert(b.table, row); err != nil {
			return err
		}
	}
	return nil
}
