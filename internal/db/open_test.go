package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit"
)

func pragma(t *testing.T, tx *db.Tx, name string) string {
	t.Helper()
	var value string
	if err := tx.QueryRow("PRAGMA " + name).Scan(&value); err != nil {
		t.Errorf("PRAGMA %s: %v", name, err)
	}
	return value
}

// TestPragmas looks at every connection: one set on a pool would reach a single one.
func TestPragmas(t *testing.T) {
	t.Parallel()
	d := testkit.DB(t)
	check := func(tx *db.Tx, queryOnly, cacheSize string) {
		want := map[string]string{
			"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
			"cache_size": cacheSize, "query_only": queryOnly,
		}
		for name, value := range want {
			if got := pragma(t, tx, name); got != value {
				t.Errorf("PRAGMA %s is %s, want %s", name, got, value)
			}
		}
		if _, err := tx.Query(`SELECT "no such column"`); err == nil {
			t.Error(`"no such column" in double quotes passed for a string`)
		}
	}
	if err := d.Update(context.Background(), func(tx *db.Tx) error { check(tx, "0", "-2000"); return nil }); err == nil {
		t.Error("an update with a failed statement went well")
	}
	for range 3 {
		if err := d.View(context.Background(), func(tx *db.Tx) error { check(tx, "1", "-500"); return nil }); err != nil {
			t.Error(err)
		}
	}
	if n := db.OpenReaders(d); n != 1 {
		t.Errorf("who read one after the other have opened %d connections", n)
	}
	const readers = 4 // as many as there are by default
	var all, wg sync.WaitGroup
	all.Add(readers)
	for range readers {
		wg.Go(func() {
			if err := d.View(context.Background(), func(tx *db.Tx) error {
				all.Done()
				all.Wait() // so that each has a connection of its own
				check(tx, "1", "-500")
				return nil
			}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := db.OpenReaders(d); n != readers {
		t.Errorf("%d readers at once have left %d connections", readers, n)
	}
}

func TestNamesOfFiles(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a b.db", "what?.db", "100%.db", "%41.db", "a#1.db", "ä.db", "a&b=c;d.db", `quote'".db`, "?_pragma=x", "a:b.db", "+.db"} {
		path := filepath.Join(t.TempDir(), name)
		d := testkit.Open(t, testkit.Place{Path: path})
		if err := d.Migrate(context.Background(), 0); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		write(t, d, func(tx *db.Tx) error { return put(tx, name, "") })
		wantNames(t, d, name)
		entries, err := os.ReadDir(filepath.Dir(path))
		if err != nil || len(entries) == 0 || entries[0].Name() != name {
			t.Errorf("%s: the folder has %v, error %v", name, entries, err)
		}
	}
}

func TestNameWithoutAFolder(t *testing.T) { // not parallel: it changes the folder
	t.Chdir(t.TempDir())
	for _, name := range []string{"waypost.db", "./other.db", "a:b.db"} {
		d := testkit.Open(t, testkit.Place{Path: name})
		if err := d.Ping(context.Background()); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenWhatIsNoDatabase(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text := filepath.Join(folder, "text.db")
	if err := os.WriteFile(text, []byte("this is a text and longer than the hundred bytes of a header, so that nobody takes it for an empty file of SQLite."), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{folder, text, filepath.Join(folder, "none", "waypost.db")} {
		d, err := db.Open(context.Background(), db.Config{Path: path})
		if err == nil {
			t.Errorf("%s was opened", path)
			_ = d.Close()
		}
	}
}

func TestVersionOfSQLite(t *testing.T) {
	t.Parallel()
	for version, enough := range map[string]bool{
		"3.51.3": true, "3.51.10": true, "3.52.0": true, "4.0.0": true,
		"3.51.2": false, "3.9.9": false, "2.99.99": false, "": false, "new": false, "3.51": false,
	} {
		if db.AtLeast(version) != enough {
			t.Errorf("AtLeast(%q) = %v", version, !enough)
		}
	}
}

func TestEngineNames(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		if got := testkit.Open(t, e.Fresh(t)).Engine(); string(got) != e.Name {
			t.Errorf("engine %q, want %q", got, e.Name)
		}
	})
}

// A connection whose query was cut off serves the next reader as if nothing had been.
func TestViewThatIsCutOff(t *testing.T) {
	t.Parallel()
	const long = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM n`
	const short = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT count(*) FROM n`
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		p := e.Fresh(t)
		d, err := db.Open(context.Background(), db.Config{URL: p.URL, Path: p.Path, Conns: 1})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		if err := d.Migrate(context.Background(), 0); err != nil {
			t.Fatal(err)
		}
		for i := range 30 {
			ctx, cancel := context.WithTimeout(context.Background(), time.Duration(i)*100*time.Microsecond)
			err := d.View(ctx, func(tx *db.Tx) error { return tx.QueryRow(long).Scan(new(int)) })
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("a query that was cut off: %v", err)
			}
			n := 0
			err = d.View(context.Background(), func(tx *db.Tx) error { return tx.QueryRow(short).Scan(&n) })
			if err != nil || n != 5000 {
				t.Fatalf("the next reader got %d, error %v", n, err)
			}
		}
		write(t, d, func(tx *db.Tx) error { return put(tx, "a", "") })
		wantNames(t, d, "a")
	})
}

// A reader who waits for a connection stops waiting when its context ends.
func TestViewThatWaits(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		p := e.Fresh(t)
		d, err := db.Open(context.Background(), db.Config{URL: p.URL, Path: p.Path, Conns: 1})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		err = d.View(context.Background(), func(*db.Tx) error {
			ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
			defer cancel()
			return d.View(ctx, func(*db.Tx) error { t.Error("two views on one connection"); return nil })
		})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}

// TestFilesAreTheirOwners looks at the database and its journal while they are in use.
func TestFilesAreTheirOwners(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "own.db")
	d, err := db.Open(t.Context(), db.Config{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	err = d.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE kept_clock SET value = value + 1`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, ending := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + ending)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v", info.Name(), info.Mode())
		}
	}
}
