package db

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Schema is the state of a database's schema.
type Schema struct {
	Current int64 // 0 in an empty database
	Latest  int64 // what this program knows
}

// Pending reports that a migration is due.
func (s Schema) Pending() bool { return s.Current < s.Latest }

// NewerError says that a later program has migrated this database.
type NewerError struct{ Schema Schema }

// Error is the sentence an operator reads.
func (e *NewerError) Error() string {
	return fmt.Sprintf("this database has schema %d and this program knows schema %d: start the newer program, or restore a backup that this one wrote",
		e.Schema.Current, e.Schema.Latest)
}

// Schema reads which migrations the database has. A database that a later
// program migrated is a *NewerError.
func (d *DB) Schema(ctx context.Context) (Schema, error) {
	p, done, err := d.provider()
	if err != nil {
		return Schema{}, err
	}
	defer done()
	return schema(ctx, p)
}

func schema(ctx context.Context, p *goose.Provider) (s Schema, err error) {
	if s.Current, s.Latest, err = p.GetVersions(ctx); err != nil {
		return Schema{}, fmt.Errorf("read the schema's version: %w", classify(err))
	}
	if s.Current > s.Latest {
		return s, &NewerError{s}
	}
	return s, nil
}

// Migrate brings the schema to a version, or to the latest if version is 0. It
// goes forward only, each migration in a transaction of its own. A database that a
// later program migrated is a *NewerError.
func (d *DB) Migrate(ctx context.Context, version int64) error {
	p, done, err := d.provider()
	if err != nil {
		return err
	}
	defer done()
	if _, err := schema(ctx, p); err != nil {
		return err
	}
	if version == 0 {
		_, err = p.Up(ctx)
	} else {
		_, err = p.UpTo(ctx, version)
	}
	if err != nil {
		return fmt.Errorf("migrate: %w", classify(err))
	}
	return nil
}

// provider is goose over the embedded files. It gets connections of its own: on
// SQLite the writing one is held by the group, and on PostgreSQL goose takes several
// at once and would wait for ever in a pool of one.
func (d *DB) provider() (*goose.Provider, func(), error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	dialect, pool := goose.DialectSQLite3, (*sql.DB)(nil)
	if d.engine == Postgres {
		locker, err := lock.NewPostgresTableLocker()
		if err != nil {
			return nil, nil, fmt.Errorf("prepare the migration lock: %w", err)
		}
		options = append(options, goose.WithLocker(locker))
		dialect, pool = goose.DialectPostgres, stdlib.OpenDB(d.postgres.config)
	} else {
		if pool, err = sql.Open("sqlite", dataSource(d.sqlite.path, false)); err != nil {
			return nil, nil, fmt.Errorf("open for migrating: %w", err)
		}
		pool.SetMaxOpenConns(1)
	}
	done := func() { _ = pool.Close() }
	p, err := goose.NewProvider(dialect, pool, files, options...)
	if err != nil {
		done()
		return nil, nil, fmt.Errorf("read the migrations: %w", err)
	}
	return p, done, nil
}
