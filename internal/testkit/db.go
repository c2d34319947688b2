package testkit

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"waypost/internal/db"
)

// DB opens a fresh SQLite database with the latest schema. It is closed when the
// test has ended.
func DB(t testing.TB) *db.DB {
	t.Helper()
	return Open(t, Migrated(t, Engines()[0]))
}

// Migrated makes a database with the latest schema that is gone when the test has
// ended.
func Migrated(t testing.TB, e Engine) Place {
	t.Helper()
	if e.Name == string(db.Postgres) {
		return Place{URL: migratedTemplate.Copy(t)}
	}
	place := e.Fresh(t)
	empty, err := migrated()
	if err != nil {
		t.Fatalf("make the database that tests copy: %v", err)
	}
	if err := os.WriteFile(place.Path, empty, 0o600); err != nil {
		t.Fatal(err)
	}
	return place
}

// EachEngine runs a test once on each engine, as parallel subtests named after
// them, each with a fresh database of the latest schema.
func EachEngine(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	OnEach(t, func(t *testing.T, e Engine) {
		test(t, Open(t, Migrated(t, e)))
	})
}

// Open opens the database of a place as it is, and closes it when the test has
// ended. Opened twice, a place is one database under two nodes.
func Open(t testing.TB, p Place) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), db.Config{URL: p.URL, Path: p.Path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close the database: %v", err)
		}
	})
	return d
}

// migrated is a SQLite file with the latest schema, made once in a process: to copy
// it is many times faster than to migrate.
var migrated = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "waypost-testkit-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "empty.db")
	if err := migrate(db.Config{Path: path}); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// migratedTemplate is the same on PostgreSQL.
var migratedTemplate = NewTemplate(func(address string) error { return migrate(db.Config{URL: address}) })

// migrate makes the latest schema, and closes the database: on SQLite that writes the
// journal into the file.
func migrate(c db.Config) error {
	ctx := context.Background()
	d, err := db.Open(ctx, c)
	if err != nil {
		return err
	}
	return errors.Join(d.Migrate(ctx, 0), d.Close())
}
