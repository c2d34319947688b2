package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"time"

	"waypost/internal/db"
)

const (
	lease       = 2 * time.Minute
	maxAttempts = 10
	maxError    = 4096 // bytes of a kept error
	keepDone    = 7 * 24 * time.Hour
	round       = time.Second // between looks when nobody wakes the workers
)

// Handler does the work of one kind. It may be called again for the same job.
type Handler func(ctx context.Context, j *Job) error

// Job is a claimed job.
type Job struct {
	ID      string
	Kind    string
	Attempt int // 1 at the first try

	payload []byte
	lease   string
	done    bool
	queue   *Queue
}

// ErrLost is returned by Done when another worker has taken the job over because
// this one took longer than its lease.
var ErrLost = errors.New("jobs: the lease ran out")

// Payload decodes what was enqueued into v.
func (j *Job) Payload(v any) error {
	if err := json.Unmarshal(j.payload, v); err != nil {
		return fmt.Errorf("payload of %s: %w", j.Kind, err)
	}
	return nil
}

// Advanced notes, in the transaction of a step of a job that goes in steps, that it has
// come further: tries are counted from here on, so that it fails only where it stays at
// one place. ErrLost if another worker has taken it over.
func (j *Job) Advanced(tx *db.Tx) error {
	n, err := tx.Exec(`UPDATE jobs SET attempt = 1 WHERE id = $1 AND state = 'running' AND lease = $2`, j.ID, j.lease)
	if err == nil && n == 0 {
		err = ErrLost
	}
	if err == nil {
		tx.AfterCommit(func() { j.Attempt = 1 })
	}
	return err
}

// Done finishes the job in the transaction of its effect.
func (j *Job) Done(tx *db.Tx) error {
	n, err := tx.Exec(`UPDATE jobs SET state = 'done', finished_at = $1, lease = NULL, leased_until = NULL, error = ''
		WHERE id = $2 AND state = 'running' AND lease = $3`, j.queue.Clock().UnixMilli(), j.ID, j.lease)
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrLost
	}
	tx.AfterCommit(func() { j.done = true })
	return nil
}

// Handle names the handler of a kind. All are named before Run.
func (q *Queue) Handle(kind string, h Handler) { q.handlers[kind] = h }

// Effect does all the work of a job in one transaction.
type Effect func(tx *db.Tx, j *Job) error

// HandleAtOnce names what jobs of a kind do whose whole effect is short and in the
// database: they are claimed, done and finished in one transaction. An attempt that ends
// the process is not counted.
func (q *Queue) HandleAtOnce(kind string, e Effect) { q.effects[kind] = e }

// Run works with some workers until ctx ends, and returns when all have stopped.
func (q *Queue) Run(ctx context.Context, workers int) {
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() { q.worker(ctx) })
	}
	wg.Wait()
}

func (q *Queue) worker(ctx context.Context) {
	tick := time.NewTicker(round)
	defer tick.Stop()
	for woken := false; ctx.Err() == nil; {
		if err := q.workSome(ctx, woken); err != nil && ctx.Err() == nil {
			q.Log.Error("jobs cannot be claimed", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-q.wake:
			woken = true
		case <-tick.C:
			woken = false
		}
	}
}

// workSome does jobs one after the other until no other is due; with due it need not look
// for the first. What is enqueued meanwhile wakes a worker.
func (q *Queue) workSome(ctx context.Context, due bool) error {
	for ctx.Err() == nil {
		if !due {
			var err error
			if due, err = q.due(ctx); err != nil || !due {
				return err
			}
		}
		j, more, err := q.next(ctx)
		if err != nil || j == nil {
			return err
		}
		if more {
			q.Wake() // another worker
		}
		if !j.done {
			q.do(ctx, j)
		}
		if due = more; !more {
			return nil
		}
	}
	return nil
}

// Work does all jobs that are due, one after the other, and returns how many.
func (q *Queue) Work(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		j, _, err := q.next(ctx)
		if err != nil || j == nil {
			return n, err
		}
		if !j.done {
			q.do(ctx, j)
		}
	}
}

// next claims a job, says whether there are more, and does it where that takes no other
// transaction. nil: none is due.
func (q *Queue) next(ctx context.Context) (j *Job, more bool, err error) {
	var wrong error
	err = q.DB.Update(ctx, func(tx *db.Tx) (err error) {
		j, more, wrong = nil, false, nil
		now := q.Clock()
		if j, err = q.claim(tx, now); err != nil || j == nil {
			return err
		}
		if effect := q.effects[j.Kind]; effect != nil {
			if wrong = take(effect, tx, j); wrong == nil {
				wrong = j.Done(tx)
			}
			if wrong != nil {
				return wrong
			}
		}
		more, err = db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'ready' AND due_at <= $1)`, now.UnixMilli()))
		return err
	})
	if err == nil {
		return j, more, nil
	}
	if wrong == nil || ctx.Err() != nil {
		return nil, false, fmt.Errorf("claim a job: %w", err)
	}
	j.done = true // it is over for now: the claim was undone with the effect
	return j, true, q.missed(context.WithoutCancel(ctx), j, wrong)
}

// take calls an effect; its panic is an error.
func take(effect Effect, tx *db.Tx, j *Job) (err error) {
	defer caught(&err)
	return effect(tx, j)
}

// caught makes an error of a panic.
func caught(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("panic: %v", r)
	}
}

// due reports that there is a job to claim. A look that finds nothing costs no
// transaction that writes.
func (q *Queue) due(ctx context.Context) (found bool, err error) {
	err = q.DB.View(ctx, func(tx *db.Tx) error {
		found, err = db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM jobs WHERE (state = 'ready' AND due_at <= $1)
			OR (state = 'running' AND leased_until <= $1))`, q.Clock().UnixMilli()))
		return err
	})
	return found, err
}

// claim takes the job that has been due longest; nil: none is due. The guard outside the
// inner query keeps PostgreSQL from giving one job to two workers.
func (q *Queue) claim(tx *db.Tx, now time.Time) (*Job, error) {
	if err := q.takeBack(tx, now, now.UnixMilli()); err != nil {
		return nil, err
	}
	j := &Job{queue: q, lease: q.IDs.New()}
	err := tx.QueryRow(`UPDATE jobs SET state = 'running', attempt = attempt + 1, lease = $1, leased_until = $2, unique_key = NULL
		WHERE state = 'ready' AND id = (SELECT id FROM jobs WHERE state = 'ready' AND due_at <= $3 ORDER BY due_at, id LIMIT 1`+tx.SkipLocked()+`)
		RETURNING id, kind, payload, attempt`, j.lease, now.Add(lease).UnixMilli(), now.UnixMilli()).
		Scan(&j.ID, &j.Kind, &j.payload, &j.Attempt)
	if db.Missing(err) {
		return nil, nil
	}
	return j, err
}

// takeBack makes jobs ready again whose worker let the lease run out, or failed when
// that was the last attempt: a job that ends the process must not do so for ever.
func (q *Queue) takeBack(tx *db.Tx, now time.Time, leasedUntil int64) error {
	_, err := tx.Exec(`UPDATE jobs SET lease = NULL, leased_until = NULL, error = 'the lease ran out',
			state = CASE WHEN attempt >= $1 THEN 'failed' ELSE 'ready' END,
			finished_at = CASE WHEN attempt >= $1 THEN $2 ELSE finished_at END
		WHERE state = 'running' AND leased_until <= $3`, maxAttempts, now.UnixMilli(), leasedUntil)
	return err
}

// Recover takes every running job back, whatever its lease. Only a process that is
// alone with the database calls it, before its workers begin: whoever ran them is gone.
func (q *Queue) Recover(tx *db.Tx) error { return q.takeBack(tx, q.Clock(), math.MaxInt64) }

func (q *Queue) do(ctx context.Context, j *Job) {
	err := q.call(ctx, j)
	// What has been done is noted even when the program is stopping.
	noting := context.WithoutCancel(ctx)
	if err == nil && !j.done {
		err = q.DB.Update(noting, j.Done)
	}
	switch {
	case err == nil, errors.Is(err, ErrLost):
		return
	case ctx.Err() != nil:
		err = q.handBack(noting, j)
	default:
		err = q.putBack(noting, j, err)
	}
	if err != nil {
		q.Log.Error("job cannot be put back; its lease will run out", "kind", j.Kind, "job", j.ID, "error", err)
	}
}

// renew keeps the lease of a job that takes long, until ctx ends.
func (q *Queue) renew(ctx context.Context, j *Job) {
	tick := time.NewTicker(lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := q.DB.Update(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE jobs SET leased_until = $1 WHERE id = $2 AND state = 'running' AND lease = $3`,
				q.Clock().Add(lease).UnixMilli(), j.ID, j.lease)
			return err
		})
		if err != nil && ctx.Err() == nil {
			q.Log.Warn("lease cannot be renewed", "kind", j.Kind, "job", j.ID, "error", err)
		}
	}
}

func (q *Queue) call(ctx context.Context, j *Job) (err error) {
	h := q.handlers[j.Kind]
	if h == nil {
		return fmt.Errorf("nobody handles %s", j.Kind)
	}
	ctx, cancel := context.WithCancel(ctx)
	var renewing sync.WaitGroup
	renewing.Go(func() { q.renew(ctx, j) })
	defer func() { cancel(); renewing.Wait() }()
	defer caught(&err)
	return h(ctx, j)
}

// handBack makes a job ready at once that was broken off because the program stops,
// as if it had not been tried.
func (q *Queue) handBack(ctx context.Context, j *Job) error {
	return q.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE jobs SET state = 'ready', attempt = attempt - 1, lease = NULL, leased_until = NULL
			WHERE id = $1 AND state = 'running' AND lease = $2`, j.ID, j.lease)
		return err
	})
}

// putBack makes a job that went wrong ready for later, or failed after its last attempt.
func (q *Queue) putBack(ctx context.Context, j *Job, cause error) error {
	return q.wentWrong(ctx, j, cause, `state = 'running' AND lease = $7`, j.lease)
}

// missed is putBack for a job whose claim was undone with its effect: the job is as it was
// before, unless somebody has asked for something else meanwhile.
func (q *Queue) missed(ctx context.Context, j *Job, cause error) error {
	return q.wentWrong(ctx, j, cause, `attempt = $7 AND payload = $8 AND (state = 'ready' OR state = 'running' AND leased_until <= $9)`,
		j.Attempt-1, string(j.payload), q.Clock().UnixMilli())
}

func (q *Queue) wentWrong(ctx context.Context, j *Job, cause error, where string, args ...any) error {
	state, now := "ready", q.Clock()
	var finished any
	if j.Attempt >= maxAttempts {
		state, finished = "failed", now.UnixMilli()
	}
	q.Log.Warn("job went wrong", "kind", j.Kind, "job", j.ID, "attempt", j.Attempt, "state", state, "error", cause)
	return q.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE jobs SET state = $1, due_at = $2, finished_at = $3, error = $4, attempt = $5, unique_key = NULL, lease = NULL, leased_until = NULL
			WHERE id = $6 AND `+where,
			append([]any{state, now.Add(backoff(j.Attempt)).UnixMilli(), finished, storable(cause.Error()), j.Attempt, j.ID}, args...)...)
		return err
	})
}

// storable is a text as every engine takes it: valid UTF-8 without NUL, of bounded
// length, since an error may quote what somebody sent.
func storable(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
	if len(text) > maxError {
		text = strings.ToValidUTF8(text[:maxError], "")
	}
	return text
}

// backoff is 2 s after the first try and doubles up to about half an hour.
func backoff(attempt int) time.Duration {
	return min(time.Second<<min(attempt, 11), 30*time.Minute)
}

// Sweep deletes the done jobs of more than a week ago.
func (q *Queue) Sweep(tx *db.Tx) error {
	_, err := tx.Exec(`DELETE FROM jobs WHERE state = 'done' AND finished_at < $1`, q.Clock().Add(-keepDone).UnixMilli())
	return err
}
