package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
)

// leave is an effect that can be counted.
func leave(tx *db.Tx, j *jobs.Job) error {
	_, err := tx.Exec("INSERT INTO instance (name, value) VALUES ($1, '')", fmt.Sprint(j.ID, j.Attempt))
	return err
}

// TestAnEffectIsAllOrNothing lets an effect go wrong in every way: nothing of it stays, it
// is tried again later, and given up after the last attempt.
func TestAnEffectIsAllOrNothing(t *testing.T) {
	t.Parallel()
	ways := map[string]jobs.Effect{
		"error": func(*db.Tx, *jobs.Job) error { return errors.New("refused") },
		"panic": func(*db.Tx, *jobs.Job) error { panic("refused") },
		"statement": func(tx *db.Tx, _ *jobs.Job) error {
			_, _ = tx.Exec("INSERT INTO nowhere (refused) VALUES (1)")
			return nil
		},
	}
	for name, way := range ways {
		each(t, func(t *testing.T, q *kit) {
			mend, attempts := false, 0
			q.HandleAtOnce("test.asked", func(tx *db.Tx, j *jobs.Job) error {
				attempts = j.Attempt
				if err := leave(tx, j); err != nil || mend {
					return err
				}
				return way(tx, j)
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
			q.wantCounts(jobs.Counts{Failed: 1})
			if list := q.failures(); len(list) != 1 || list[0].Attempt != 10 || list[0].Error == "" || effects(t, q) != 0 {
				t.Errorf("%s: failures %+v, %d effects", name, list, effects(t, q))
			}
			mend = true
			q.update(func(tx *db.Tx) error { return retry(tx, q, q.failures()[0].ID, true) })
			q.work(1)
			q.wantCounts(jobs.Counts{})
			if n := effects(t, q); n != 1 || attempts != 1 {
				t.Errorf("%s: %d effects of attempt %d once it is mended", name, n, attempts)
			}
		})
	}
}

// TestWorkersShareEffects lets many workers at jobs that come all the while: each has its
// effect once.
func TestWorkersShareEffects(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		const all = 120
		q.HandleAtOnce("test.asked", leave)
		ctx, stop := context.WithCancel(context.Background())
		var running sync.WaitGroup
		running.Go(func() { q.Run(ctx, 4) })
		for n := range all {
			q.enqueue(n)
		}
		for deadline := time.Now().Add(20 * time.Second); effects(t, q) < all && time.Now().Before(deadline); {
			time.Sleep(5 * time.Millisecond)
		}
		stop()
		running.Wait()
		if n := effects(t, q); n != all {
			t.Errorf("%d effects of %d jobs", n, all)
		}
		q.wantCounts(jobs.Counts{})
	})
}

// TestAnEffectThatCollided is run again by the database, and finds that another worker has
// done the job meanwhile.
func TestAnEffectThatCollided(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		var other sync.WaitGroup
		calls := 0
		q.HandleAtOnce("test.asked", func(tx *db.Tx, j *jobs.Job) error {
			if calls++; calls > 1 {
				return leave(tx, j)
			}
			other.Go(func() {
				if _, err := q.Work(context.Background()); err != nil {
					t.Error(err)
				}
			})
			time.Sleep(20 * time.Millisecond) // the other waits for its turn
			return db.Again(errors.New("taken"))
		})
		q.enqueue(nil)
		if _, err := q.Work(context.Background()); err != nil {
			t.Error(err)
		}
		other.Wait()
		if n := effects(t, q); n != 1 {
			t.Errorf("%d effects", n)
		}
		q.wantCounts(jobs.Counts{})
	})
}

// TestAnEffectWhoseLeaseRanOut takes over what another process had claimed, fails, and
// tries again later and not at once.
func TestAnEffectWhoseLeaseRanOut(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		attempt := 0
		q.HandleAtOnce("test.asked", func(_ *db.Tx, j *jobs.Job) error { attempt = j.Attempt; return errors.New("refused") })
		q.enqueue(nil)
		q.update(func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE jobs SET state = 'running', attempt = 3, lease = 'of the dead', leased_until = $1`, q.clock.Now().UnixMilli())
			return err
		})
		q.work(1)
		if attempt != 4 {
			t.Errorf("tried as attempt %d", attempt)
		}
		q.wantCounts(jobs.Counts{Ready: 1})
		q.work(0)
		q.clock.Advance(time.Minute)
		q.work(1)
		if attempt != 5 {
			t.Errorf("then as attempt %d", attempt)
		}
	})
}
