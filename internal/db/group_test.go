package db_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
)

// held is a SQLite database whose writer is busy until release is called, so that
// what is sent meanwhile becomes one group.
type held struct {
	*db.DB
	path    string
	release func()
	first   chan error // the outcome of the closure that holds
}

func hold(t *testing.T) *held {
	t.Helper()
	place := testkit.Migrated(t, testkit.Engines()[0])
	d := testkit.Open(t, place)
	began, release := make(chan struct{}), make(chan struct{})
	h := &held{DB: d, path: place.Path, release: sync.OnceFunc(func() { close(release) }), first: make(chan error, 1)}
	t.Cleanup(h.release)
	begin := sync.OnceFunc(func() { close(began) }) // the closure may run again
	go func() {
		h.first <- d.Update(context.Background(), func(tx *db.Tx) error {
			begin()
			<-release
			return put(tx, "first", "")
		})
	}()
	<-began
	return h
}

// queue sends closures that wait for their turn in this order.
func (h *held) queue(t *testing.T, ctx context.Context, fns ...func(*db.Tx) error) []chan error {
	t.Helper()
	outcomes := make([]chan error, len(fns))
	for i, fn := range fns {
		outcomes[i] = make(chan error, 1)
		waiting := db.Waiting(h.DB)
		go func() {
			defer func() {
				if r := recover(); r != nil {
					outcomes[i] <- fmt.Errorf("panic: %v", r)
				}
			}()
			outcomes[i] <- h.Update(ctx, fn)
		}()
		eventually(t, "the closure waits", func() bool { return db.Waiting(h.DB) > waiting })
	}
	return outcomes
}

// commits counts the commits in the write-ahead log: a frame that ends one carries
// the size of the database in its header (SQLite's file format, section 4.1).
func (h *held) commits(t *testing.T) int {
	t.Helper()
	log, err := os.ReadFile(h.path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	if len(log) < 32 { // nothing was written since the log was last emptied
		return 0
	}
	page := int(binary.BigEndian.Uint32(log[8:]))
	n := 0
	for frame := log[32:]; len(frame) >= 24+page; frame = frame[24+page:] {
		if slices.Equal(frame[8:16], log[16:24]) && binary.BigEndian.Uint32(frame[4:]) != 0 {
			n++
		}
	}
	return n
}

func TestGroupCommitsOnce(t *testing.T) {
	t.Parallel()
	h := hold(t)
	before := h.commits(t)
	mine := errors.New("mine")
	var fns []func(*db.Tx) error
	var want []string
	for i := range 100 {
		name := fmt.Sprintf("n%02d", i)
		switch i % 10 {
		case 3:
			fns = append(fns, func(tx *db.Tx) error { return errors.Join(put(tx, name, ""), mine) })
		case 6:
			fns = append(fns, func(tx *db.Tx) error { return errors.Join(put(tx, name, ""), put(tx, name, "")) })
		case 9:
			fns = append(fns, explode)
		default:
			want = append(want, name)
			fns = append(fns, func(tx *db.Tx) error { return put(tx, name, "") })
		}
	}
	outcomes := h.queue(t, context.Background(), fns...)
	h.release()
	for i, outcome := range outcomes {
		err := <-outcome
		ok := err == nil
		switch i % 10 {
		case 3:
			ok = errors.Is(err, mine) && !db.Duplicate(err)
		case 6:
			ok = db.Duplicate(err)
		case 9:
			ok = err != nil && err.Error() == "panic: mine"
		}
		if !ok {
			t.Errorf("closure %d got %v", i, err)
		}
	}
	if err := <-h.first; err != nil {
		t.Error(err)
	}
	wantNames(t, h.DB, slices.Sorted(slices.Values(append(want, "first")))...)
	if n := h.commits(t) - before; n != 1 {
		t.Errorf("%d commits for %d writers, want 1", n, len(fns)+1)
	}
}

func TestGroupAnswersNobodyBeforeTheCommit(t *testing.T) {
	t.Parallel()
	h := hold(t)
	running, release := make(chan struct{}), make(chan struct{})
	outcomes := h.queue(t, context.Background(),
		func(tx *db.Tx) error { return put(tx, "second", "") },
		func(*db.Tx) error { close(running); <-release; return nil },
	)
	h.release()
	<-running
	select {
	case err := <-h.first:
		t.Errorf("the first was answered, with %v, while the transaction was open", err)
	case err := <-outcomes[0]:
		t.Errorf("the second was answered, with %v, while the transaction was open", err)
	default:
	}
	other := testkit.Open(t, testkit.Place{Path: h.path})
	wantNames(t, other)
	close(release)
	if err := <-outcomes[0]; err != nil {
		t.Error(err)
	}
	wantNames(t, other, "first", "second")
}

// A foreign key that is looked at no sooner than the commit makes it fail.
// TestWhoFailsAgainAndAgainKeepsNobody lets others fail and come again as long as somebody
// waits for the commit.
func TestWhoFailsAgainAndAgainKeepsNobody(t *testing.T) {
	t.Parallel()
	h := hold(t)
	wrong := errors.New("wrong")
	var over atomic.Bool
	var ran atomic.Int64
	var others sync.WaitGroup
	for range 4 {
		others.Go(func() {
			for !over.Load() {
				err := h.Update(t.Context(), func(*db.Tx) error {
					ran.Add(1)
					return wrong
				})
				if !errors.Is(err, wrong) {
					t.Error(err)
				}
			}
		})
	}
	eventually(t, "the others wait", func() bool { return db.Waiting(h.DB) == 4 })
	h.release()
	if err := <-h.first; err != nil {
		t.Error(err)
	}
	if n := ran.Load(); n > 64 {
		t.Errorf("whoever came first waited for %d others", n)
	}
	over.Store(true)
	others.Wait()
}

func TestAFailedCommitReachesAll(t *testing.T) {
	t.Parallel()
	h := hold(t)
	after := func(tx *db.Tx) error {
		tx.AfterCommit(func() { t.Error("called after a commit that failed") })
		return put(tx, "b", "")
	}
	outcomes := h.queue(t, context.Background(), after, func(tx *db.Tx) error {
		for _, statement := range []string{
			"CREATE TABLE parents (id TEXT PRIMARY KEY)",
			"CREATE TABLE children (id TEXT REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)",
			"INSERT INTO children (id) VALUES ('orphan')",
		} {
			if _, err := tx.Exec(statement); err != nil {
				t.Error(err)
			}
		}
		return nil
	}, after)
	h.release()
	for i, outcome := range append(outcomes, h.first) {
		if err := <-outcome; err == nil {
			t.Errorf("writer %d was told that a failed commit went well", i)
		}
	}
	wantNames(t, h.DB)
	write(t, h.DB, func(tx *db.Tx) error { return put(tx, "c", "") })
	wantNames(t, h.DB, "c")
}

func TestContextThatEndsWhileWaiting(t *testing.T) {
	t.Parallel()
	h := hold(t)
	ctx, cancel := context.WithCancel(context.Background())
	outcomes := h.queue(t, ctx, func(*db.Tx) error {
		t.Error("the closure ran though its caller had gone")
		return nil
	})
	cancel()
	h.release()
	if err := <-outcomes[0]; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := <-h.first; err != nil {
		t.Error(err)
	}
}

// Whoever had a turn learns what is on disk, even if their context ends meanwhile.
func TestContextThatEndsInsideTheClosure(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(context.Background())
		err := d.Update(ctx, func(tx *db.Tx) error {
			if err := put(tx, "a", ""); err != nil {
				return err
			}
			cancel()
			return put(tx, "b", "")
		})
		got := names(t, d)
		switch {
		case err == nil && slices.Equal(got, []string{"a", "b"}):
		case errors.Is(err, context.Canceled) && len(got) == 0:
		default:
			t.Errorf("error %v, but the table has %q", err, got)
		}
		write(t, d, func(tx *db.Tx) error { return put(tx, "c", "") })
	})
}

// TestManyWriters is the same without arrangement: whatever the groups are, each
// caller's answer is true.
func TestManyWriters(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		mine := errors.New("mine")
		var wg sync.WaitGroup
		for w := range 16 {
			wg.Go(func() {
				for i := range 20 {
					name := fmt.Sprintf("%02d-%02d", w, i)
					err := d.Update(context.Background(), func(tx *db.Tx) error {
						if err := put(tx, name, ""); err != nil || i%4 != 0 {
							return err
						}
						return mine
					})
					if failed := i%4 == 0; failed != errors.Is(err, mine) || !failed && err != nil {
						t.Errorf("%s got %v", name, err)
					}
				}
			})
		}
		wg.Wait()
		if n := len(names(t, d)); n != 16*15 {
			t.Errorf("%d rows, want %d", n, 16*15)
		}
	})
}
