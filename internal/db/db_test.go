package db_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit"
)

// put writes a row; instance is a table with a key and a value.
func put(tx *db.Tx, name, value string) error {
	_, err := tx.Exec("INSERT INTO instance (name, value) VALUES ($1, $2)", name, value)
	return err
}

func write(t testing.TB, d *db.DB, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// names lists what was put, in order.
func names(t testing.TB, d *db.DB) []string {
	t.Helper()
	var list []string
	err := d.View(context.Background(), func(tx *db.Tx) (err error) {
		list, err = db.List(tx, db.Value[string], "SELECT name FROM instance")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

func wantNames(t testing.TB, d *db.DB, want ...string) {
	t.Helper()
	if got := names(t, d); !slices.Equal(got, want) {
		t.Errorf("the table has %q, want %q", got, want)
	}
}

// eventually waits for what another goroutine is about to do.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

func TestViewSeesOneState(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		count := func(tx *db.Tx) (n int) {
			if err := tx.QueryRow("SELECT count(*) FROM instance").Scan(&n); err != nil {
				t.Error(err)
			}
			return n
		}
		err := d.View(context.Background(), func(tx *db.Tx) error {
			before := count(tx)
			write(t, d, func(tx *db.Tx) error { return put(tx, "a", "") })
			if after := count(tx); before != 0 || after != 0 {
				t.Errorf("a view saw %d rows and then %d", before, after)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		wantNames(t, d, "a")
	})
}

func TestViewCannotWrite(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		for range 10 { // more than there are connections
			err := d.View(context.Background(), func(tx *db.Tx) error { return put(tx, "a", "") })
			if err == nil {
				t.Fatal("a view wrote")
			}
		}
		wantNames(t, d)
	})
}

func TestViewReturnsTheError(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		mine := errors.New("mine")
		if err := d.View(context.Background(), func(*db.Tx) error { return mine }); !errors.Is(err, mine) {
			t.Errorf("got %v", err)
		}
		if err := d.Ping(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func TestUpdateIsUndoneByAnError(t *testing.T) {
	t.Parallel()
	mine := errors.New("mine")
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			tx.AfterCommit(func() { t.Error("called after what was undone") })
			return errors.Join(put(tx, "a", ""), mine)
		})
		if !errors.Is(err, mine) {
			t.Errorf("got %v", err)
		}
		wantNames(t, d)
	})
}

func TestUpdateIsUndoneByAPanic(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		func() {
			defer func() {
				stack := make([]byte, 1<<16)
				stack = stack[:runtime.Stack(stack, false)]
				if r := recover(); r != "mine" || !strings.Contains(string(stack), "explode") {
					t.Errorf("recovered %v with the stack\n%s", r, stack)
				}
			}()
			_ = d.Update(context.Background(), explode)
		}()
		write(t, d, func(tx *db.Tx) error { return put(tx, "b", "") })
		wantNames(t, d, "b")
	})
}

func explode(tx *db.Tx) error {
	if err := put(tx, "a", ""); err != nil {
		return err
	}
	panic("mine")
}

// A goroutine ended inside a closure, as t.FailNow does, must not stop the others.
func TestUpdateOfAGoroutineThatEnds(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = d.Update(context.Background(), func(tx *db.Tx) error {
				defer runtime.Goexit()
				return put(tx, "a", "")
			})
		}()
		<-ended
		write(t, d, func(tx *db.Tx) error { return put(tx, "b", "") })
		wantNames(t, d, "b")
	})
}

// On both engines a statement that failed undoes the whole closure, even one that
// thinks nothing of the error.
func TestAFailedStatementUndoesTheUpdate(t *testing.T) {
	t.Parallel()
	ways := map[string]func(*db.Tx) error{
		"exec": func(tx *db.Tx) error { return put(tx, "a", "") },
		"row": func(tx *db.Tx) error {
			var name string
			return tx.QueryRow("INSERT INTO instance (name, value) VALUES ('a', '') RETURNING name").Scan(&name)
		},
		"list": func(tx *db.Tx) error {
			_, err := db.List(tx, db.Value[string], "INSERT INTO instance (name, value) VALUES ('a', '') RETURNING name")
			return err
		},
	}
	for way, again := range ways {
		testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
			err := d.Update(context.Background(), func(tx *db.Tx) error {
				if err := put(tx, "a", ""); err != nil {
					return err
				}
				if err := again(tx); !db.Duplicate(err) {
					t.Errorf("%s: a second of the same key: %v", way, err)
				}
				if err := put(tx, "b", ""); err == nil {
					t.Errorf("%s: a statement ran after one had failed", way)
				}
				var n int
				if err := tx.QueryRow("SELECT 1").Scan(&n); err == nil {
					t.Errorf("%s: a query ran after a statement had failed", way)
				}
				return nil
			})
			if !db.Duplicate(err) {
				t.Errorf("%s: the update returned %v", way, err)
			}
			wantNames(t, d)
		})
	}
}

func TestHooksOfATransaction(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		var order []string
		note := func(s string) func() { return func() { order = append(order, s) } }
		write(t, d, func(tx *db.Tx) error {
			tx.AfterCommit(note("after 1"))
			tx.BeforeCommit(func(tx *db.Tx) error {
				note("before 1")()
				tx.BeforeCommit(func(*db.Tx) error { note("before 3")(); return nil })
				tx.AfterCommit(func() { note("after 3")(); wantNames(t, d, "a", "b") })
				return put(tx, "b", "")
			})
			tx.BeforeCommit(func(*db.Tx) error { note("before 2")(); return nil })
			tx.AfterCommit(note("after 2"))
			note("closure")()
			return put(tx, "a", "")
		})
		want := []string{"closure", "before 1", "before 2", "before 3", "after 1", "after 2", "after 3"}
		if !slices.Equal(order, want) {
			t.Errorf("order %q, want %q", order, want)
		}
	})
}

func TestBeforeCommitUndoes(t *testing.T) {
	t.Parallel()
	mine := errors.New("mine")
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			tx.AfterCommit(func() { t.Error("called after what was undone") })
			tx.BeforeCommit(func(*db.Tx) error { return mine })
			tx.BeforeCommit(func(*db.Tx) error { t.Error("went on after an error"); return nil })
			return put(tx, "a", "")
		})
		if !errors.Is(err, mine) {
			t.Errorf("got %v", err)
		}
		wantNames(t, d)
	})
}

// What AfterCommit does wrong reaches its caller and nobody else; the change stays.
func TestAfterCommitPanics(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		func() {
			defer func() {
				if r := recover(); r != "mine" {
					t.Errorf("recovered %v", r)
				}
			}()
			_ = d.Update(context.Background(), func(tx *db.Tx) error {
				tx.AfterCommit(func() { panic("mine") })
				return put(tx, "a", "")
			})
		}()
		write(t, d, func(tx *db.Tx) error { return put(tx, "b", "") })
		wantNames(t, d, "a", "b")
	})
}

func TestUpdateInsideUpdateIsRefused(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(tx *db.Tx) error {
			err := d.Update(tx.Context(), func(*db.Tx) error { t.Error("it ran"); return nil })
			if err == nil {
				t.Error("an update inside an update was taken")
			}
			return put(tx, "a", "")
		})
		wantNames(t, d, "a")
	})
}

func TestLocalIsOfOneTransaction(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		type key struct{}
		made := 0
		for want := 1; want <= 2; want++ {
			write(t, d, func(tx *db.Tx) error {
				for range 2 {
					if got := tx.Local(key{}, func() any { made++; return made }); got != want {
						t.Errorf("local %v, want %d", got, want)
					}
				}
				return nil
			})
		}
	})
}

func TestClose(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		writing, reading, release := make(chan struct{}), make(chan struct{}), make(chan struct{})
		ended := make(chan error, 2)
		go func() {
			ended <- d.Update(context.Background(), func(tx *db.Tx) error {
				close(writing)
				<-release
				return put(tx, "a", "")
			})
		}()
		go func() {
			ended <- d.View(context.Background(), func(tx *db.Tx) error {
				close(reading)
				<-release
				return tx.QueryRow("SELECT 1").Scan(new(int))
			})
		}()
		<-writing
		<-reading
		closed := make(chan error)
		go func() { closed <- d.Close() }()
		eventually(t, "new work is refused", func() bool { return errors.Is(d.Ping(context.Background()), db.ErrClosed) })
		select {
		case <-closed:
			t.Fatal("Close did not wait")
		default:
		}
		close(release)
		for range 2 {
			if err := <-ended; err != nil {
				t.Errorf("what ran while Close was called: %v", err)
			}
		}
		if err := <-closed; err != nil {
			t.Error(err)
		}
		if err := d.Update(context.Background(), explode); !errors.Is(err, db.ErrClosed) {
			t.Errorf("Update after Close: %v", err)
		}
		if err := d.Close(); err != nil {
			t.Errorf("Close again: %v", err)
		}
	})
}

func TestContextThatEndedBefore(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if err := d.Update(ctx, explode); !errors.Is(err, context.Canceled) {
			t.Errorf("Update: %v", err)
		}
		if err := d.View(ctx, explode); !errors.Is(err, context.Canceled) {
			t.Errorf("View: %v", err)
		}
	})
}

func TestIn(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		var many []string
		for i := range 400 {
			many = append(many, fmt.Sprintf("n%03d", i))
		}
		write(t, d, func(tx *db.Tx) error {
			for _, name := range many {
				if err := put(tx, name, "v"); err != nil {
					return err
				}
			}
			return nil
		})
		for _, list := range [][]string{nil, {"n000"}, {"n001", "n399", "none", "n001"}, many} {
			text, args := db.In(2, list)
			var got []string
			err := d.View(context.Background(), func(tx *db.Tx) (err error) {
				got, err = db.List(tx, db.Value[string],
					"SELECT name FROM instance WHERE value = $1 AND name IN "+text+" ORDER BY name", append([]any{"v"}, args...)...)
				return err
			})
			want := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(list))), func(s string) bool { return s == "none" })
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%d values: %q, error %v", len(list), got, err)
			}
		}
	})
	if text, _ := db.In(3, []int{7, 8}); text != "($3,$4)" {
		t.Errorf("In(3, 2 values) = %s", text)
	}
}

func TestLiteral(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		for _, text := range []string{"", "pending", "it's", "''", `\\'; --`, "ü $1 ?"} {
			var got string
			if err := d.View(t.Context(), func(tx *db.Tx) error { return tx.QueryRow(`SELECT ` + db.Literal(text)).Scan(&got) }); err != nil || got != text {
				t.Errorf("%q came back as %q, error %v", text, got, err)
			}
		}
	})
}
