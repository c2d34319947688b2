package testkit_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"

	"waypost/internal/testkit"
)

func TestEachEngineGivesADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		one, other := e.Fresh(t), e.Fresh(t)
		if one == other {
			t.Fatalf("two fresh databases in one place: %+v", one)
		}
		if (one.URL == "") == (one.Path == "") {
			t.Errorf("a place is a URL or a path: %+v", one)
		}
		if one.Path != "" {
			if _, err := os.Stat(filepath.Dir(one.Path)); err != nil {
				t.Errorf("the folder of the SQLite file: %v", err)
			}
		}
	})
}

func TestPostgresIsThereWhenNamed(t *testing.T) {
	t.Parallel()
	address, ok := testkit.Postgres(t)
	if named := os.Getenv("WAYPOST_TEST_POSTGRES") != ""; ok != named {
		t.Fatalf("Postgres() = %q, %v; the server is named: %v", address, ok, named)
	}
	if !ok {
		return
	}
	conn, err := pgx.Connect(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	// Left open: the database goes all the same when the test ends.
	var tables int
	err = conn.QueryRow(context.Background(),
		"SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'").Scan(&tables)
	if err != nil || tables != 0 {
		t.Errorf("a fresh database has %d tables, error %v", tables, err)
	}
}
