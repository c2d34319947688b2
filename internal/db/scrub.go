package db

import (
	"context"
	"errors"
	"fmt"
)

// errRead says that somebody was reading all the time.
var errRead = errors.New("the journal could not be emptied while others read; it is tried again")

// Scrub makes sure that what was deleted is not in the database's files any more.
// SQLite leaves deleted text in free pages and in its journal: the file is written anew
// without it, which takes as long as copying it and holds up writers, and the journal
// is emptied. PostgreSQL reuses the space by itself; its files are not ours to read.
func (d *DB) Scrub(ctx context.Context) error {
	if d.engine == Postgres {
		return nil
	}
	if err := d.enter(ctx); err != nil {
		return err
	}
	defer d.running.Done()
	err := d.sqlite.group.runOutside(ctx, func(c *conn) error {
		if _, err := c.raw.ExecContext(ctx, "VACUUM"); err != nil {
			return err
		}
		var busy, frames, moved int
		if err := c.raw.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
			return err
		}
		if busy != 0 {
			return errRead
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("scrub the database: %w", classify(err))
	}
	return nil
}
