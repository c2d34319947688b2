package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	sqlitedriver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Duplicate reports that a statement met a unique key that is already there.
func Duplicate(err error) bool {
	var lite *sqlitedriver.Error
	if errors.As(err, &lite) {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return state(err) == "23505"
}

// Dangling reports that a statement names a row of another table that is not there.
func Dangling(err error) bool {
	var lite *sqlitedriver.Error
	if errors.As(err, &lite) {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
	}
	return state(err) == "23503"
}

// collided reports that the whole transaction has to run again: serialization
// failure and deadlock on PostgreSQL; on SQLite a busy file, or a shared
// transaction that was lost to another's change.
func collided(err error) bool {
	if errors.Is(err, errShared) || errors.As(err, new(again)) {
		return true
	}
	var lite *sqlitedriver.Error
	if errors.As(err, &lite) {
		return lite.Code()&0xff == sqlite3.SQLITE_BUSY
	}
	s := state(err)
	return s == "40001" || s == "40P01"
}

// Again asks Update to run its closure once more: what it had chosen was taken meanwhile.
func Again(err error) error { return again{err} }

type again struct{ error }

func (a again) Unwrap() error { return a.error }

// unavailable reports that the database cannot do its work just now, for a reason
// outside the program.
func unavailable(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false // the caller's own end; it must not pass for a network's
	}
	if collided(err) {
		return true // it collided until retry gave up
	}
	var lite *sqlitedriver.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY:
			return true
		}
		return false
	}
	var connect *pgconn.ConnectError
	var network net.Error
	if errors.As(err, &connect) || errors.As(err, &network) {
		return true
	}
	s := state(err)
	if s == "" {
		return slices.ContainsFunc(lostConnection, func(lost error) bool { return errors.Is(err, lost) })
	}
	return slices.Contains(unavailableClasses, s[:2]) || s == "25P03" // idle in a transaction for too long
}

// unavailableClasses are SQLSTATE's classes of faults that lie outside the program:
// connection, resources such as the disk, an operator's doing, the system.
var unavailableClasses = []string{"08", "53", "57", "58"}

// lostConnection is what drivers say of a connection that broke or was closed.
var lostConnection = []error{net.ErrClosed, io.EOF, io.ErrUnexpectedEOF, driver.ErrBadConn, sql.ErrConnDone}

// engineError reports that err was said by the engine about a statement.
func engineError(err error) bool {
	var lite *sqlitedriver.Error
	return errors.As(err, &lite) || state(err) != ""
}

// state is PostgreSQL's SQLSTATE, or "".
func state(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && len(pg.Code) == 5 {
		return pg.Code
	}
	return ""
}
