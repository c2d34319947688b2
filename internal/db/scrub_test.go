package db_test

import (
	"bytes"
	"fmt"
	"os"
	"sync"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
)

// TestScrubLeavesNothingOfWhatWasDeleted deletes rows, small and large, while others
// write, and looks for their words in every byte of the files.
func TestScrubLeavesNothingOfWhatWasDeleted(t *testing.T) {
	t.Parallel()
	place := testkit.Engines()[0].Fresh(t)
	d, err := db.Open(t.Context(), db.Config{Path: place.Path, Conns: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	exec := func(query string, args ...any) {
		t.Helper()
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(query, args...)
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	exec(`CREATE TABLE words (id BIGINT PRIMARY KEY, word TEXT NOT NULL)`)
	for i := range 300 {
		exec(`INSERT INTO words (id, word) VALUES ($1, $2)`, i, fmt.Sprint("canary", i%2, " ", string(bytes.Repeat([]byte("x"), i*i%9000))))
	}
	exec(`DELETE FROM words WHERE word LIKE 'canary1%'`)
	if !found(t, place.Path, "canary1") {
		t.Fatal("SQLite leaves nothing of what was deleted by itself, so there is nothing to prove")
	}
	var wait sync.WaitGroup
	wait.Go(func() {
		for i := range 200 {
			exec(`INSERT INTO words (id, word) VALUES ($1, 'later')`, 1000+i)
		}
	})
	err = d.Scrub(t.Context())
	wait.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if found(t, place.Path, "canary1") || !found(t, place.Path, "canary0") {
		t.Errorf("deleted words are there: %t; kept ones are: %t", found(t, place.Path, "canary1"), found(t, place.Path, "canary0"))
	}
	var n int
	err = d.View(t.Context(), func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT count(*) FROM words`).Scan(&n)
	})
	if err != nil || n != 350 {
		t.Errorf("%d rows, %v", n, err)
	}
}

// found looks for a word in the database's file and its journal.
func found(t *testing.T, path, word string) bool {
	t.Helper()
	for _, name := range []string{path, path + "-wal"} {
		data, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(word)) {
			return true
		}
	}
	return false
}
