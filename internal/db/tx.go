package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrNoRow is returned by One when the query finds nothing.
var ErrNoRow = sql.ErrNoRows

// runner runs statements within one transaction.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Tx is a running transaction: the only way to run a statement.
type Tx struct {
	engine Engine
	run    runner
	ctx    context.Context // of the transaction, which lives no longer than one call
	before []func(*Tx) error
	after  []func()
	locals map[any]any
	failed error // the first statement's that went wrong
}

// Context is the context the transaction runs under.
func (tx *Tx) Context() context.Context { return tx.ctx }

// note keeps the first error that the engine had with a statement. PostgreSQL runs
// no further statement of such a transaction and never commits it, and SQLite may
// have left the transaction altogether, so both are held to that.
func (tx *Tx) note(err error) error {
	if tx.failed == nil && err != nil && engineError(err) {
		tx.failed = fmt.Errorf("a statement of the transaction failed: %w", err)
	}
	return err
}

// Failed is the first error that the engine had with a statement; after it the
// transaction is of no use.
func (tx *Tx) Failed() error { return tx.failed }

// Exec runs a statement and returns how many rows it changed.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	if tx.failed != nil {
		return 0, tx.failed
	}
	result, err := tx.run.ExecContext(tx.ctx, query, args...)
	if err != nil {
		return 0, tx.note(err)
	}
	return result.RowsAffected()
}

// Query runs a query of several rows; List is the usual way to call it.
// The rows are closed before the transaction's next statement.
func (tx *Tx) Query(query string, args ...any) (*sql.Rows, error) {
	if tx.failed != nil {
		return nil, tx.failed
	}
	rows, err := tx.run.QueryContext(tx.ctx, query, args...)
	return rows, tx.note(err)
}

// Row is one row to scan.
type Row interface{ Scan(dest ...any) error }

// QueryRow runs a query of one row; its Scan returns ErrNoRow when there is none.
func (tx *Tx) QueryRow(query string, args ...any) Row {
	if tx.failed != nil {
		return row{tx: tx}
	}
	return row{tx, tx.run.QueryRowContext(tx.ctx, query, args...)}
}

// row is the answer to QueryRow; nothing was asked when sql is nil.
type row struct {
	tx  *Tx
	sql *sql.Row
}

func (r row) Scan(dest ...any) error {
	if r.sql == nil {
		return r.tx.failed
	}
	return r.tx.note(r.sql.Scan(dest...))
}

// SkipLocked is what a query that takes one of many waiting rows ends with, so
// that on PostgreSQL takers do not queue behind each other.
func (tx *Tx) SkipLocked() string {
	if tx.engine == Postgres {
		return " FOR UPDATE SKIP LOCKED"
	}
	return ""
}

// Locked is what a query ends with that keeps the rows it finds for this transaction: on
// PostgreSQL others that ask for them so wait until it has ended.
func (tx *Tx) Locked() string {
	if tx.engine == Postgres {
		return " FOR NO KEY UPDATE"
	}
	return ""
}

// BeforeCommit runs fn as the last thing of the transaction. Its error undoes it.
func (tx *Tx) BeforeCommit(fn func(*Tx) error) { tx.before = append(tx.before, fn) }

// AfterCommit runs fn once the transaction is on disk, before Update returns.
func (tx *Tx) AfterCommit(fn func()) { tx.after = append(tx.after, fn) }

// Local returns the transaction's own value for key, made at the first call.
func (tx *Tx) Local(key any, make func() any) any {
	if v, ok := tx.locals[key]; ok {
		return v
	}
	if tx.locals == nil {
		tx.locals = map[any]any{}
	}
	v := make()
	tx.locals[key] = v
	return v
}

// complete runs a closure and what it asked to run before the commit. A statement
// that failed undoes the transaction even if the closure thinks nothing of it.
func (tx *Tx) complete(fn func(*Tx) error) error {
	if err := fn(tx); err != nil {
		return err
	}
	for i := 0; i < len(tx.before); i++ {
		if err := tx.before[i](tx); err != nil {
			return err
		}
	}
	return tx.failed
}

func (tx *Tx) committed() {
	for _, fn := range tx.after {
		fn()
	}
}

// List runs a query and returns what scan makes of each row.
func List[T any](tx *Tx, scan func(Row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, tx.note(rows.Err())
}

// Value scans a row of one column.
func Value[T any](r Row) (T, error) {
	var v T
	err := r.Scan(&v)
	return v, err
}

// Missing reports that a query of one row found none.
func Missing(err error) bool { return errors.Is(err, ErrNoRow) }

// Literal is a text in a query, for what a partial index is chosen by: where it is an
// argument, SQLite prepares the statement anew for each value.
func Literal(text string) string { return `'` + strings.ReplaceAll(text, `'`, `''`) + `'` }

// In returns "($n,$n+1,…)" for the values, numbered from first, and the values as
// arguments. Up to mostPadded the length is a power of two, the last value being named
// again: so there are few texts of a statement, and they stay prepared. An empty list
// gives "(NULL)", which matches nothing.
func In[T any](first int, values []T) (string, []any) {
	if len(values) == 0 {
		return "(NULL)", nil
	}
	n := 1
	for n < len(values) {
		n *= 2
	}
	if n > mostPadded {
		n = len(values)
	}
	var b strings.Builder
	args := make([]any, n)
	for i := range args {
		b.WriteByte("(,"[min(i, 1)])
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
		args[i] = values[min(i, len(values)-1)]
	}
	b.WriteByte(')')
	return b.String(), args
}

const mostPadded = 1024
