package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"sync"
	"time"

	"waypost/internal/problem"
)

// Engine names the database underneath.
type Engine string

// The two engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Config says which database to open: a PostgreSQL URL, or else a SQLite file.
type Config struct {
	URL   string // postgres://…; empty for SQLite
	Path  string // the SQLite file, made when missing
	Conns int    // connections for reading (SQLite) or in all (PostgreSQL); 0 means 4
}

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	engine   Engine
	sqlite   *sqlite   // how SQLite reads and writes
	postgres *postgres // how PostgreSQL does; one of the two is set

	mu      sync.RWMutex
	closed  bool
	running sync.WaitGroup // transactions; none joins after closed is set
}

// ErrClosed is returned by View and Update after Close.
var ErrClosed = errors.New("db: closed")

// Open connects; it does not migrate. The database must answer within ctx.
func Open(ctx context.Context, c Config) (*DB, error) {
	if c.Conns == 0 {
		c.Conns = 4
	}
	if c.URL != "" {
		return openPostgres(ctx, c)
	}
	return openSQLite(ctx, c)
}

// Engine tells which database this is.
func (d *DB) Engine() Engine { return d.engine }

// Ping reports whether the database answers.
func (d *DB) Ping(ctx context.Context) error {
	return d.View(ctx, func(tx *Tx) error {
		var one int
		return tx.QueryRow("SELECT 1").Scan(&one)
	})
}

// Close refuses new transactions, waits for the running ones and lets go of the
// database. Closing again does nothing.
func (d *DB) Close() error {
	d.mu.Lock()
	again := d.closed
	d.closed = true
	d.mu.Unlock()
	d.running.Wait()
	if again {
		return nil
	}
	if d.sqlite != nil {
		return d.sqlite.close()
	}
	return d.postgres.pool.Close()
}

// enter counts a transaction as running until d.running.Done.
func (d *DB) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.closed {
		return ErrClosed
	}
	d.running.Add(1)
	return nil
}

type inUpdate struct{}

// View runs fn in a read-only transaction that sees one state of the database.
func (d *DB) View(ctx context.Context, fn func(*Tx) error) error {
	if err := d.enter(ctx); err != nil {
		return err
	}
	defer d.running.Done()
	view := func() error {
		if d.sqlite != nil {
			return d.sqlite.view(ctx, fn)
		}
		return d.postgres.view(ctx, fn)
	}
	return d.retry(ctx, func() error {
		err := view()
		if errors.Is(err, driver.ErrBadConn) { // the connection of a query that was cut off ends a moment later
			err = view()
		}
		return err
	})
}

// Update runs fn in a writing transaction and returns once it is on disk, or with
// the error that undid it. fn may run again; see the package comment. When ctx ends
// before fn's turn has come, fn does not run. Calling Update inside fn with the
// transaction's context is refused; with another it waits for itself for ever.
func (d *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	if ctx.Value(inUpdate{}) != nil {
		return errors.New("db: Update inside Update")
	}
	if err := d.enter(ctx); err != nil {
		return err
	}
	defer d.running.Done()
	ctx = context.WithValue(ctx, inUpdate{}, true)
	return d.retry(ctx, func() error {
		if d.sqlite != nil {
			return d.sqlite.update(ctx, fn)
		}
		return d.postgres.update(ctx, fn)
	})
}

const attempts = 8

// retry runs f again while the engine says that transactions collided.
func (d *DB) retry(ctx context.Context, f func() error) error {
	wait := 2 * time.Millisecond
	for attempt := 1; ; attempt++ {
		err := classify(f())
		if err == nil || !collided(err) || attempt == attempts {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
			wait *= 2
		}
	}
}

// classify makes what an engine cannot do just now (a full disk, an I/O error, a
// lost connection) a problem that people understand; other errors pass unchanged.
func classify(err error) error {
	if err == nil || problem.KindOf(err) != 0 || !unavailable(err) {
		return err
	}
	return &problem.Problem{Kind: problem.Unavailable, Message: problem.Message{Key: "problem.storage"}, Cause: err}
}
