package testkit

import (
	"context"
	"fmt"
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
	place := e.Fresh(t)
	if place.Path == "" {
		if err := Open(t, place).Migrate(context.Background(), 0); err != nil {
			t.Fatal(err)
		}
		return place
	}
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
	ctx := context.Background()
	d, err := db.Open(ctx, db.Config{Path: path})
	if err != nil {
		return nil, err
	}
	if err := d.Migrate(ctx, 0); err != nil {
		return nil, err
	}
	if err := d.Close(); err != nil { // which writes the journal into the file
		return nil, fmt.Errorf("close the database that tests copy: %w", err)
	}
	return os.ReadFile(path)
})
