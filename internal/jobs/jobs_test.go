package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/jobs"
	"waypost/internal/testkit"
)

// kit is a queue under a clock that the test moves.
type kit struct {
	*jobs.Queue
	t     *testing.T
	clock *clock.Fake
}

func newKit(t *testing.T, d *db.DB) *kit {
	c := clock.NewFake(time.UnixMilli(1_790_000_000_000))
	return &kit{jobs.New(d, id.NewSource(c.Now), c.Now, slog.New(slog.DiscardHandler)), t, c}
}

func each(t *testing.T, test func(t *testing.T, q *kit)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) { test(t, newKit(t, d)) })
}

func (q *kit) update(fn func(*db.Tx) error) {
	q.t.Helper()
	if err := q.DB.Update(context.Background(), fn); err != nil {
		q.t.Fatal(err)
	}
}

func (q *kit) enqueue(payload any, options ...jobs.Option) {
	q.t.Helper()
	q.update(func(tx *db.Tx) error { return q.Enqueue(tx, "test.asked", payload, options...) })
}

// work does what is due and expects so many jobs.
func (q *kit) work(want int) {
	q.t.Helper()
	n, err := q.Work(context.Background())
	if err != nil || n != want {
		q.t.Errorf("did %d jobs, error %v; want %d", n, err, want)
	}
}

func (q *kit) wantCounts(want jobs.Counts) {
	q.t.Helper()
	var got jobs.Counts
	err := q.DB.View(context.Background(), func(tx *db.Tx) (err error) {
		got, err = q.Count(tx)
		return err
	})
	if err != nil || got != want {
		q.t.Errorf("counts %+v, error %v; want %+v", got, err, want)
	}
}

func (q *kit) failures() []jobs.Failure {
	q.t.Helper()
	var list []jobs.Failure
	err := q.DB.View(context.Background(), func(tx *db.Tx) (err error) {
		list, err = q.Failures(tx, 10)
		return err
	})
	if err != nil {
		q.t.Fatal(err)
	}
	return list
}

func (q *kit) rows() int {
	q.t.Helper()
	var n int
	err := q.DB.View(context.Background(), func(tx *db.Tx) error { return tx.QueryRow("SELECT count(*) FROM jobs").Scan(&n) })
	if err != nil {
		q.t.Fatal(err)
	}
	return n
}

func TestEnqueueIsPartOfTheChange(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		mine := errors.New("mine")
		err := q.DB.Update(context.Background(), func(tx *db.Tx) error {
			return errors.Join(q.Enqueue(tx, "test.asked", 1), mine)
		})
		if !errors.Is(err, mine) || q.rows() != 0 {
			t.Errorf("an undone change left %d jobs, error %v", q.rows(), err)
		}
	})
}

func TestPayload(t *testing.T) {
	t.Parallel()
	type payload struct {
		ID   string
		N    int64
		List []string
	}
	each(t, func(t *testing.T, q *kit) {
		want := payload{"01J \u0000 ü 𝄞 \"'\n", 1<<62 + 1, []string{"", "b"}}
		var got payload
		var again int
		q.Handle("test.asked", func(_ context.Context, j *jobs.Job) error {
			if err := j.Payload(&again); err == nil {
				t.Error("an object was read as a number")
			}
			return j.Payload(&got)
		})
		q.enqueue(want)
		q.work(1)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		err := q.DB.Update(context.Background(), func(tx *db.Tx) error { return q.Enqueue(tx, "test.asked", make(chan int)) })
		if err == nil {
			t.Error("a channel became a payload")
		}
	})
}

func TestEachJobIsDoneOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		const n = 200
		var mu sync.Mutex
		times := map[int]int{}
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		q.Handle("test.asked", func(_ context.Context, j *jobs.Job) error {
			var i int
			if err := j.Payload(&i); err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			if times[i]++; len(times) == n {
				cancel()
			}
			return nil
		})
		q.update(func(tx *db.Tx) error {
			for i := range n {
				if err := q.Enqueue(tx, "test.asked", i); err != nil {
					return err
				}
			}
			return nil
		})
		q.Run(ctx, 8)
		for i, did := range times {
			if did != 1 {
				t.Errorf("job %d was done %d times", i, did)
			}
		}
		if len(times) != n {
			t.Errorf("%d of %d jobs were done", len(times), n)
		}
		q.wantCounts(jobs.Counts{})
	})
}

// None of the workers has to do all the work.
func TestWorkersWorkAtOnce(t *testing.T) {
	t.Parallel()
	q := newKit(t, testkit.DB(t))
	const workers = 4
	var all sync.WaitGroup
	all.Add(workers)
	ctx, cancel := context.WithCancel(context.Background())
	q.Handle("test.asked", func(context.Context, *jobs.Job) error {
		all.Done()
		all.Wait() // for ever, unless each worker has a job
		cancel()
		return nil
	})
	for range workers {
		q.enqueue(nil)
	}
	q.Run(ctx, workers)
	q.wantCounts(jobs.Counts{})
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	q := newKit(t, testkit.DB(t))
	ctx, cancel := context.WithCancel(context.Background())
	q.Handle("test.asked", func(ctx context.Context, j *jobs.Job) error {
		cancel()
		<-ctx.Done()
		return ctx.Err()
	})
	q.enqueue(nil)
	q.Run(ctx, 2)
	// Broken off by the stop, not failed: ready at once, with all attempts left.
	q.wantCounts(jobs.Counts{Ready: 1})
	q.Handle("test.asked", func(_ context.Context, j *jobs.Job) error {
		if j.Attempt != 1 {
			t.Errorf("attempt %d after a stop, want 1", j.Attempt)
		}
		return nil
	})
	q.work(1)
}

// What was done while the program stopped is noted as done.
func TestAJobDoneWhileStopping(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		ctx, cancel := context.WithCancel(context.Background())
		q.Handle("test.asked", func(context.Context, *jobs.Job) error { cancel(); return nil })
		q.enqueue(nil)
		q.Run(ctx, 1)
		q.wantCounts(jobs.Counts{})
	})
}

func TestAt(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		var order []string
		q.Handle("test.asked", func(_ context.Context, j *jobs.Job) error {
			var s string
			err := j.Payload(&s)
			order = append(order, s)
			return err
		})
		q.enqueue("third", jobs.At(q.clock.Now().Add(2*time.Hour)))
		q.enqueue("second", jobs.At(q.clock.Now().Add(time.Hour)))
		q.enqueue("first")
		q.work(1)
		q.clock.Advance(time.Hour - time.Millisecond)
		q.work(0)
		q.clock.Advance(time.Millisecond)
		q.work(1)
		q.clock.Advance(24 * time.Hour)
		q.work(1)
		if got := strings.Join(order, " "); got != "first second third" {
			t.Errorf("order %q", got)
		}
	})
}

func TestOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		var done []string
		handle := func(_ context.Context, j *jobs.Job) error {
			var s string
			err := j.Payload(&s)
			done = append(done, j.Kind+" "+s)
			if s == "now" { // one that runs does not count as waiting
				q.enqueue("after", jobs.Once("key"))
			}
			return err
		}
		q.Handle("test.asked", handle)
		q.Handle("test.other", handle)
		later := q.clock.Now().Add(time.Hour)
		q.enqueue("late", jobs.Once("key"), jobs.At(later))
		q.enqueue("later", jobs.Once("key"), jobs.At(later.Add(time.Hour)))
		q.enqueue("another", jobs.Once("other key"), jobs.At(later))
		q.update(func(tx *db.Tx) error { return q.Enqueue(tx, "test.other", "kind", jobs.Once("key"), jobs.At(later)) })
		q.wantCounts(jobs.Counts{Ready: 3})
		q.enqueue("now", jobs.Once("key"))
		q.wantCounts(jobs.Counts{Ready: 3})
		q.work(2)
		q.clock.Advance(time.Hour)
		q.work(2)
		if got := strings.Join(done, ", "); got != "test.asked now, test.asked after, test.asked another, test.other kind" {
			t.Errorf("done: %s", got)
		}
	})
}

func TestSweep(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, q *kit) {
		q.Handle("test.asked", func(context.Context, *jobs.Job) error { return nil })
		q.enqueue(nil)
		q.work(1)
		q.enqueue(nil, jobs.At(q.clock.Now().Add(365*24*time.Hour)))
		for _, step := range []struct {
			after time.Duration
			rows  int
		}{{7 * 24 * time.Hour, 2}, {time.Millisecond, 1}} {
			q.clock.Advance(step.after)
			q.update(q.Sweep)
			if n := q.rows(); n != step.rows {
				t.Errorf("%d rows after another %s, want %d", n, step.after, step.rows)
			}
		}
	})
}
