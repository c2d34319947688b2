package db_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/testkit"
)

func TestDuplicate(t *testing.T) {
	t.Parallel()
	statements := []struct {
		text      string
		duplicate bool
	}{
		{"INSERT INTO instance (name, value) VALUES ('a', '')", true},
		{"INSERT INTO topics (id, slug, name, description, version, created_at, updated_at) VALUES ('2', 'a', '', '', 1, 0, 0)", true},
		{"UPDATE topics SET slug = 'a' WHERE id = '3'", true},
		{"INSERT INTO instance (name, value) VALUES ('b', NULL)", false},
		{"INSERT INTO kept_clock (id, value) VALUES ('other', 0)", false},
		{"INSERT INTO account_roles (account_id, role, granted_at) VALUES ('nobody', 'owner', 0)", false},
		{"INSERT INTO nowhere (a) VALUES ('b')", false},
	}
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO topics (id, slug, name, description, version, created_at, updated_at)
				VALUES ('1', 'a', '', '', 1, 0, 0), ('3', 'c', '', '', 1, 0, 0)`)
			return errors.Join(err, put(tx, "a", ""))
		})
		for _, s := range statements {
			err := d.Update(context.Background(), func(tx *db.Tx) error {
				_, err := tx.Exec(s.text)
				return err
			})
			if err == nil || db.Duplicate(err) != s.duplicate {
				t.Errorf("%s: Duplicate(%v) = %v", s.text, err, db.Duplicate(err))
			}
			if problem.KindOf(err) != 0 {
				t.Errorf("%s: a fault of the program became the problem %v", s.text, err)
			}
		}
	})
	if db.Duplicate(nil) || db.Duplicate(errors.New("UNIQUE constraint failed")) {
		t.Error("an error of no engine is no duplicate")
	}
}

func TestTheCallersErrorsStayWhatTheyAre(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		for _, mine := range []error{context.DeadlineExceeded, context.Canceled, errors.New("mine"), problem.New(problem.NotFound, "none"), db.ErrNoRow} {
			got := d.Update(context.Background(), func(*db.Tx) error { return mine })
			if !errors.Is(got, mine) || problem.KindOf(got) != problem.KindOf(mine) {
				t.Errorf("%v became %v", mine, got)
			}
		}
	})
}

// TestDiskFull uses the bound that SQLite puts on the size of its file: a write
// beyond it meets the same SQLITE_FULL as one on a full disk.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	h := hold(t)
	large := func(name string) func(*db.Tx) error {
		return func(tx *db.Tx) error { return put(tx, name, strings.Repeat("x", 1<<20)) }
	}
	pages := func(statement string) func(*db.Tx) error {
		return func(tx *db.Tx) error { return tx.QueryRow(statement).Scan(new(int)) }
	}
	careless := func(tx *db.Tx) error {
		_ = large("careless")(tx)
		_ = put(tx, "careless too", "")
		return nil
	}
	outcomes := h.queue(t, context.Background(), pages("PRAGMA max_page_count = 1"),
		func(tx *db.Tx) error { return put(tx, "small", "") }, large("large"), careless,
		func(tx *db.Tx) error { return put(tx, "small too", "") })
	h.release()
	for i, full := range []bool{false, false, true, true, false} {
		if err := <-outcomes[i]; problem.Is(err, problem.Unavailable) != full || !full && err != nil {
			t.Errorf("writer %d got %v", i, err)
		}
	}
	if err := <-h.first; err != nil {
		t.Error(err)
	}
	wantNames(t, h.DB, "first", "small", "small too")
	for range 3 {
		if err := h.Update(context.Background(), large("large")); !problem.Is(err, problem.Unavailable) {
			t.Errorf("a full disk is %v", err)
		}
	}
	write(t, h.DB, pages("PRAGMA max_page_count = 1000000"))
	write(t, h.DB, large("large"))
	wantNames(t, h.DB, "first", "large", "small", "small too")
}

// Two processes that write to one SQLite file wait for each other.
func TestTwoHandlesOnOneFile(t *testing.T) {
	t.Parallel()
	h := hold(t)
	other := testkit.Open(t, testkit.Place{Path: h.path})
	began, outcome := make(chan struct{}), make(chan error)
	go func() {
		close(began)
		outcome <- other.Update(context.Background(), func(tx *db.Tx) error { return put(tx, "other", "") })
	}()
	<-began
	h.release()
	if err := errors.Join(<-outcome, <-h.first); err != nil {
		t.Error(err)
	}
	wantNames(t, h.DB, "first", "other")
}

// postgres is a migrated database on PostgreSQL; without a server the tests that
// need that engine by nature have nothing to prove.
func postgres(t *testing.T) (*db.DB, bool) {
	t.Helper()
	url, ok := testkit.Postgres(t)
	if !ok {
		t.Log("no PostgreSQL: SQLite has one writer, whose transactions never collide")
		return nil, false
	}
	d := testkit.Open(t, testkit.Place{URL: url})
	if err := d.Migrate(context.Background(), 0); err != nil {
		t.Fatal(err)
	}
	return d, true
}

func TestDeadlockIsRetried(t *testing.T) {
	t.Parallel()
	d, ok := postgres(t)
	if !ok {
		return
	}
	write(t, d, func(tx *db.Tx) error { return errors.Join(put(tx, "a", "0"), put(tx, "b", "0")) })
	var both, wg sync.WaitGroup
	both.Add(2)
	runs := make(chan struct{}, 20)
	cross := func(one, other string) {
		first := true
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			runs <- struct{}{}
			if _, err := tx.Exec("UPDATE instance SET value = value || '1' WHERE name = $1", one); err != nil {
				return err
			}
			if first {
				first = false
				both.Done()
				both.Wait() // each holds one row and asks for the other's
			}
			_, err := tx.Exec("UPDATE instance SET value = value || '1' WHERE name = $1", other)
			return err
		})
		if err != nil {
			t.Errorf("%s then %s: %v", one, other, err)
		}
	}
	wg.Go(func() { cross("a", "b") })
	wg.Go(func() { cross("b", "a") })
	wg.Wait()
	if n := len(runs); n < 3 {
		t.Errorf("the closures ran %d times; there was no deadlock", n)
	}
	var values []string
	err := d.View(context.Background(), func(tx *db.Tx) (err error) {
		values, err = db.List(tx, db.Value[string], "SELECT value FROM instance")
		return err
	})
	if err != nil || strings.Join(values, " ") != "011 011" {
		t.Errorf("values %q, error %v: each of the two shall have written once", values, err)
	}
}

func TestSerializationFailureIsRetried(t *testing.T) {
	t.Parallel()
	d, ok := postgres(t)
	if !ok {
		return
	}
	collide := "DO $$ BEGIN RAISE EXCEPTION 'collided' USING ERRCODE = '40001'; END $$"
	runs := 0
	write(t, d, func(tx *db.Tx) error {
		if runs++; runs < 3 {
			_, err := tx.Exec(collide)
			return err
		}
		return put(tx, "a", "")
	})
	if runs != 3 {
		t.Errorf("ran %d times, want 3", runs)
	}
	err := d.Update(context.Background(), func(tx *db.Tx) error {
		runs++
		_, err := tx.Exec(collide)
		return err
	})
	if !problem.Is(err, problem.Unavailable) || runs > 20 {
		t.Errorf("after %d runs: %v", runs, err)
	}
	wantNames(t, d, "a")
}

func TestLostConnection(t *testing.T) {
	t.Parallel()
	d, ok := postgres(t)
	if !ok {
		return
	}
	kill := func(tx *db.Tx) error {
		var pid int
		if err := tx.QueryRow("SELECT pg_backend_pid()").Scan(&pid); err != nil {
			t.Error(err)
		}
		err := d.View(context.Background(), func(other *db.Tx) error {
			return other.QueryRow("SELECT pg_terminate_backend($1)", pid).Scan(new(bool))
		})
		if err != nil {
			t.Error(err)
		}
		return nil
	}
	for range 3 {
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			return errors.Join(put(tx, "a", ""), kill(tx), put(tx, "b", ""))
		})
		if !problem.Is(err, problem.Unavailable) {
			t.Errorf("a connection lost before a statement: %v", err)
		}
		err = d.Update(context.Background(), func(tx *db.Tx) error {
			tx.AfterCommit(func() { t.Error("called after a commit that failed") })
			return errors.Join(put(tx, "a", ""), kill(tx))
		})
		if !problem.Is(err, problem.Unavailable) {
			t.Errorf("a connection lost before the commit: %v", err)
		}
	}
	write(t, d, func(tx *db.Tx) error { return put(tx, "c", "") })
	wantNames(t, d, "c")
}

func TestNobodyAnswers(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err = db.Open(ctx, db.Config{URL: "postgres://owner:secret-word@" + address + "/waypost"})
	if err == nil || strings.Contains(err.Error(), "secret-word") || !strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("got %v; want the host and not the password", err)
	}
	_, err = db.Open(ctx, db.Config{URL: "postgres://owner:secret-word@[half/waypost"})
	if err == nil || strings.Contains(err.Error(), "secret-word") {
		t.Errorf("a URL that cannot be read: %v", err)
	}
}
