package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	_ "modernc.org/sqlite" // the driver
)

// leastSQLite is the first version in which two connections that write and
// checkpoint together cannot lose committed pages.
var leastSQLite = [3]int{3, 51, 3}

// sqlite is one file, one connection that writes and several that read.
type sqlite struct {
	path    string
	writing *sql.DB
	reading *sql.DB
	readers *readers
	group   *group
}

func openSQLite(ctx context.Context, c Config) (*DB, error) {
	s := &sqlite{path: c.Path, readers: newReaders(c.Conns)}
	err := ownerOnly(c.Path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", c.Path, err)
	}
	if s.writing, err = sql.Open("sqlite", dataSource(c.Path, false)); err != nil {
		return nil, fmt.Errorf("open %s: %w", c.Path, err)
	}
	if s.reading, err = sql.Open("sqlite", dataSource(c.Path, true)); err != nil {
		return nil, fmt.Errorf("open %s: %w", c.Path, errors.Join(err, s.writing.Close()))
	}
	if err := s.connect(ctx); err != nil {
		return nil, fmt.Errorf("open %s: %w", c.Path, errors.Join(err, s.reading.Close(), s.writing.Close()))
	}
	return &DB{engine: SQLite, sqlite: s}, nil
}

// ownerOnly makes the file where there is none, for its owner's eyes: SQLite would make
// one that everybody may read, and gives its journal the mode of the file. One that is
// there is not touched: to close it would drop the locks that SQLite has on it.
func ownerOnly(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return file.Close()
}

// dataSource names the file and every PRAGMA: one executed later would reach a
// single connection of the pool.
func dataSource(path string, readOnly bool) string {
	q := url.Values{"_dqs": {"0"}}
	q.Add("_pragma", "busy_timeout(5000)")
	q.Add("_pragma", "journal_mode(WAL)")
	q.Add("_pragma", "synchronous(FULL)")
	q.Add("_pragma", "foreign_keys(1)")
	if readOnly {
		// A reader starts over with an empty cache after every commit, and what it
		// reads again lies in the kernel's.
		q.Add("_pragma", "cache_size(-500)")
		q.Add("_pragma", "query_only(1)")
	} else {
		q.Add("_pragma", "cache_size(-2000)")
	}
	u := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: q.Encode()}
	return u.String()
}

// connect opens the writing connection first, since it makes the file and its
// journal. A reading connection is opened when it is first needed.
func (s *sqlite) connect(ctx context.Context) error {
	c, err := s.writing.Conn(ctx)
	if err != nil {
		return err
	}
	writer := newConn(c)
	var version string
	if err := c.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return errors.Join(err, writer.close())
	}
	if !atLeast(version, leastSQLite) {
		return errors.Join(fmt.Errorf("SQLite %s is too old, at least %v is needed", version, leastSQLite), writer.close())
	}
	s.group = startGroup(writer)
	return nil
}

func atLeast(version string, least [3]int) bool {
	var v [3]int
	if _, err := fmt.Sscanf(version, "%d.%d.%d", &v[0], &v[1], &v[2]); err != nil {
		return false
	}
	for i := range v {
		if v[i] != least[i] {
			return v[i] > least[i]
		}
	}
	return true
}

// view takes a reading connection, waiting for one if all are busy.
func (s *sqlite) view(ctx context.Context, fn func(*Tx) error) error {
	c, err := s.readers.take(ctx)
	if err != nil {
		return err
	}
	defer func() { s.readers.put(c) }()
	if c == nil {
		raw, err := s.reading.Conn(ctx)
		if err != nil {
			return fmt.Errorf("connect to read: %w", err)
		}
		c = newConn(raw)
	}
	// Begun and ended without the caller's context: the driver calls a BEGIN
	// interrupted that has begun all the same.
	if _, err := c.ExecContext(context.WithoutCancel(ctx), "BEGIN"); err != nil {
		c = c.discard()
		return fmt.Errorf("begin reading: %w", err)
	}
	defer func() {
		if c.rollback() != nil { // nothing was written
			c = c.discard()
		}
	}()
	return fn(&Tx{engine: SQLite, run: c, ctx: ctx})
}

func (s *sqlite) update(ctx context.Context, fn func(*Tx) error) error {
	return s.group.update(ctx, fn)
}

func (s *sqlite) close() error {
	errs := []error{s.group.stop()}
	for _, c := range s.readers.idle {
		errs = append(errs, c.close())
	}
	return errors.Join(append(errs, s.reading.Close(), s.writing.Close())...)
}

// maxStatements bounds the prepared statements of a connection; texts beyond it,
// such as rare lengths of IN lists, are prepared each time.
const maxStatements = 300

// conn is one connection with the statements prepared on it. One goroutine uses
// it at a time.
type conn struct {
	raw        *sql.Conn
	statements map[string]*sql.Stmt
}

func newConn(raw *sql.Conn) *conn { return &conn{raw: raw, statements: map[string]*sql.Stmt{}} }

func (c *conn) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := c.statements[query]; s != nil || len(c.statements) >= maxStatements {
		return s, nil
	}
	s, err := c.raw.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	c.statements[query] = s
	return s, nil
}

func (c *conn) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.raw.ExecContext(ctx, query, args...)
	}
	return s.ExecContext(ctx, args...)
}

func (c *conn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.raw.QueryContext(ctx, query, args...)
	}
	return s.QueryContext(ctx, args...)
}

func (c *conn) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := c.statement(ctx, query)
	if err != nil || s == nil {
		return c.raw.QueryRowContext(ctx, query, args...) // meets the same error and carries it
	}
	return s.QueryRowContext(ctx, args...)
}

// rollback leaves a transaction whatever became of the caller's context.
func (c *conn) rollback() error {
	_, err := c.ExecContext(context.Background(), "ROLLBACK")
	return err
}

// discard closes a connection whose state is unknown, so that the pool does not
// hand it out again, and returns the nil that stands for one not yet opened.
func (c *conn) discard() *conn {
	_ = c.raw.Raw(func(any) error { return driver.ErrBadConn })
	_ = c.close() // already closed by the driver
	return nil
}

func (c *conn) close() error {
	var errs []error
	for _, s := range c.statements {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.raw.Close())...)
}
