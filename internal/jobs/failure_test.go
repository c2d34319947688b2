package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/jobs"
)

func TestRetryWithBackoff(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		attempts := 0
		q.Handle("test.asked", func(_ context.Context, j *jobs.Job) error {
			attempts++
			if j.Attempt != attempts {
				t.Errorf("attempt %d is called %d", attempts, j.Attempt)
			}
			return errors.New("refused")
		})
		q.enqueue(nil)
		q.work(1)
		for wait := 2 * time.Second; attempts < 10; wait = min(2*wait, 30*time.Minute) {
			q.wantCounts(jobs.Counts{Ready: 1})
			q.clock.Advance(wait - time.Millisecond)
			q.work(0)
			q.clock.Advance(time.Millisecond)
			q.work(1)
		}
		q.clock.Advance(24 * time.Hour)
		q.work(0)
		q.wantCounts(jobs.Counts{Failed: 1})
		list := q.failures()
		if len(list) != 1 || list[0].Kind != "test.asked" || list[0].Error != "refused" || list[0].Attempt != 10 ||
			!list[0].At.Equal(q.clock.Now().Add(-24*time.Hour)) {
			t.Fatalf("failures %+v", list)
		}
		q.Handle("test.asked", func(_ context.Context, j *jobs.Job) error {
			if j.Attempt != 1 {
				t.Errorf("attempt %d after a retry by hand", j.Attempt)
			}
			return nil
		})
		q.update(func(tx *db.Tx) error { return retry(tx, q, list[0].ID, true) })
		q.work(1)
		q.update(func(tx *db.Tx) error { return retry(tx, q, list[0].ID, false) }) // done ones stay done
		q.wantCounts(jobs.Counts{})
	})
}

// TestRecover begins after a process that died with a job in its hands.
func TestRecover(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		attempt := 0
		q.Handle("test.asked", func(_ context.Context, j *jobs.Job) error { attempt = j.Attempt; return nil })
		q.enqueue(nil)
		q.update(func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE jobs SET state = 'running', attempt = 1, lease = 'of the dead', leased_until = $1`, q.clock.Now().Add(time.Minute).UnixMilli())
			return err
		})
		q.work(0)
		q.update(q.Recover)
		q.work(1)
		if attempt != 2 {
			t.Errorf("tried as attempt %d", attempt)
		}
	})
}

func TestWhatGoesWrongInsideAHandler(t *testing.T) {
	t.Parallel()
	ways := map[string]struct {
		handle jobs.Handler
		says   string
	}{
		"panic":   {func(context.Context, *jobs.Job) error { panic("boom") }, "boom"},
		"nobody":  {nil, "test.asked"},
		"bytes":   {func(context.Context, *jobs.Job) error { return errors.New("said \xff\x00 ü") }, "said \uFFFD ü"},
		"novel":   {func(context.Context, *jobs.Job) error { return errors.New(strings.Repeat("ü", 1<<20)) }, "üüü"},
		"payload": {func(_ context.Context, j *jobs.Job) error { return j.Payload(new(int)) }, "payload of test.asked"},
	}
	for name, way := range ways {
		each(t, func(t *testing.T, q *kit) {
			if way.handle != nil {
				q.Handle("test.asked", way.handle)
			}
			q.enqueue("text")
			for range 10 {
				q.work(1)
				q.clock.Advance(time.Hour)
			}
			list := q.failures()
			if len(list) != 1 || !strings.Contains(list[0].Error, way.says) || len(list[0].Error) > 10_000 || !utf8.ValidString(list[0].Error) {
				t.Errorf("%s: failures %.200s", name, fmt.Sprint(list))
			}
		})
	}
}

func TestALeaseThatRanOut(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		var lost error
		q.Handle("test.asked", func(ctx context.Context, j *jobs.Job) error {
			if j.Attempt > 1 {
				return q.DB.Update(ctx, j.Done)
			}
			q.clock.Advance(2*time.Minute - time.Millisecond)
			q.work(0) // others leave it alone until then
			q.clock.Advance(time.Millisecond)
			q.work(1) // another worker takes it and does it
			lost = q.DB.Update(ctx, func(tx *db.Tx) error {
				if _, err := tx.Exec("INSERT INTO instance (name, value) VALUES ('effect', '')"); err != nil {
					return err
				}
				return j.Done(tx)
			})
			return lost
		})
		q.enqueue(nil)
		q.work(1)
		if !errors.Is(lost, jobs.ErrLost) {
			t.Errorf("the worker that lost its lease got %v", lost)
		}
		if effects(t, q) != 0 {
			t.Error("the worker that lost its lease has had an effect")
		}
		q.wantCounts(jobs.Counts{})
	})
}

// A job that ends the process each time, so that nobody reports its failure, is
// given up as well.
func TestALeaseThatRunsOutEachTime(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		attempts := 0
		handle := func(ctx context.Context, j *jobs.Job) error {
			attempts++
			q.clock.Advance(2 * time.Minute)
			if attempts < 10 {
				q.work(1)
			} else {
				q.work(0)
			}
			return nil
		}
		q.Handle("test.asked", handle)
		q.enqueue(nil)
		q.work(1)
		q.wantCounts(jobs.Counts{Failed: 1})
		if list := q.failures(); attempts != 10 || len(list) != 1 || list[0].Error == "" {
			t.Errorf("%d attempts, failures %+v", attempts, list)
		}
	})
}

func effects(t *testing.T, q *kit) (n int) {
	t.Helper()
	err := q.DB.View(context.Background(), func(tx *db.Tx) error { return tx.QueryRow("SELECT count(*) FROM instance").Scan(&n) })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Done belongs to the transaction of the effect: both are there or neither.
func TestDoneIsOneWithItsEffect(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		mine := errors.New("mine")
		q.Handle("test.asked", func(ctx context.Context, j *jobs.Job) error {
			return q.DB.Update(ctx, func(tx *db.Tx) error {
				if _, err := tx.Exec("INSERT INTO instance (name, value) VALUES ('effect', '')"); err != nil {
					return err
				}
				if err := j.Done(tx); err != nil {
					return err
				}
				if j.Attempt == 1 {
					return mine
				}
				return nil
			})
		})
		q.enqueue(nil)
		q.work(1)
		if n := effects(t, q); n != 0 {
			t.Errorf("an undone attempt has %d effects", n)
		}
		q.wantCounts(jobs.Counts{Ready: 1})
		q.clock.Advance(time.Minute)
		q.work(1)
		if n := effects(t, q); n != 1 {
			t.Errorf("%d effects, want 1", n)
		}
		q.wantCounts(jobs.Counts{})
	})
}

func retry(tx *db.Tx, q *kit, jobID string, want bool) error {
	was, err := q.Retry(tx, jobID)
	if err == nil && was != want {
		err = fmt.Errorf("retried %t, want %t", was, want)
	}
	return err
}

// A job in steps is given up where it stays at one place ten times, and not because it
// was broken off ten times on a long way.
func TestTriesAreCountedFromTheLastStep(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		const steps = 15
		tries, undone := 0, errors.New("undone")
		q.Handle("test.asked", func(ctx context.Context, j *jobs.Job) error {
			if tries++; tries > steps {
				return errors.New("refused")
			}
			err := q.DB.Update(ctx, func(tx *db.Tx) error { return errors.Join(j.Advanced(tx), undone) })
			if !errors.Is(err, undone) || j.Attempt != min(tries, 2) {
				t.Errorf("try %d is number %d after a step that was undone: %v", tries, j.Attempt, err)
			}
			if err := q.DB.Update(ctx, j.Advanced); err != nil || j.Attempt != 1 {
				t.Errorf("try %d is number %d after a step: %v", tries, j.Attempt, err)
			}
			return errors.New("broken off")
		})
		q.enqueue(nil)
		for range steps + 9 {
			q.wantCounts(jobs.Counts{Ready: 1})
			q.work(1)
			q.clock.Advance(time.Hour)
		}
		q.wantCounts(jobs.Counts{Failed: 1})
		if tries != steps+9 {
			t.Errorf("%d tries", tries)
		}
	})
}
