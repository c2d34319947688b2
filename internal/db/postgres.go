package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// longestIdle ends a transaction whose node died or hangs between two statements,
// so that its locks do not hold up the others.
const longestIdle = 15 * time.Second

// postgres is one pool for reading and writing.
type postgres struct {
	pool   *sql.DB
	config pgx.ConnConfig
}

func openPostgres(ctx context.Context, c Config) (*DB, error) {
	config, err := pgx.ParseConfig(c.URL)
	if err != nil {
		return nil, errors.New("the database URL cannot be read; it looks like postgres://user:password@host:5432/name")
	}
	config.RuntimeParams["application_name"] = "waypost"
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["idle_in_transaction_session_timeout"] = fmt.Sprint(longestIdle.Milliseconds())
	p := &postgres{pool: stdlib.OpenDB(*config), config: *config}
	pool := p.pool
	pool.SetMaxOpenConns(c.Conns)
	pool.SetMaxIdleConns(c.Conns)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("connect to PostgreSQL at %s: %w", config.Host, errors.Join(err, pool.Close()))
	}
	return &DB{engine: Postgres, postgres: p}, nil
}

func (p *postgres) view(ctx context.Context, fn func(*Tx) error) error {
	raw, err := p.pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return fmt.Errorf("begin reading: %w", err)
	}
	defer func() { _ = raw.Rollback() }() // nothing was written
	return fn(&Tx{engine: Postgres, run: raw, ctx: ctx})
}

// update runs in READ COMMITTED: every rule that two transactions could break
// together is a guarded statement or a unique key.
func (p *postgres) update(ctx context.Context, fn func(*Tx) error) error {
	c, err := p.pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect to write: %w", err)
	}
	defer func() { _ = c.Close() }() // gives it back to the pool
	// Statements end with the caller's context, the commit does not: cut off, it
	// might have happened or not.
	raw, err := c.BeginTx(context.WithoutCancel(ctx), &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return fmt.Errorf("begin writing: %w", err)
	}
	defer func() { _ = raw.Rollback() }() // after a commit this does nothing
	tx := &Tx{engine: Postgres, run: raw, ctx: ctx}
	if err := tx.complete(fn); err != nil {
		return err
	}
	if err := raw.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	tx.committed()
	return nil
}
