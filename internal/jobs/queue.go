package jobs

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
)

// Queue writes and runs jobs. Its fields are set once, before the first use.
type Queue struct {
	DB    *db.DB
	IDs   *id.Source
	Clock clock.Clock
	Log   *slog.Logger

	handlers map[string]Handler
	effects  map[string]Effect
	wake     chan struct{}
}

// New is a queue without handlers.
func New(d *db.DB, ids *id.Source, now clock.Clock, log *slog.Logger) *Queue {
	return &Queue{DB: d, IDs: ids, Clock: now, Log: log, handlers: map[string]Handler{}, effects: map[string]Effect{}, wake: make(chan struct{}, 1)}
}

// Option changes how a job is enqueued.
type Option func(*order)

type order struct {
	due time.Time
	key string
}

// At lets the job wait until t.
func At(t time.Time) Option { return func(o *order) { o.due = t } }

// Once keeps a single waiting job of this kind and key: asking again renews its
// payload and moves it to the earlier of the two times. A job that was claimed
// already does not count as waiting, even when it waits to be tried again.
func Once(key string) Option { return func(o *order) { o.key = key } }

// Enqueue writes a job of a kind ("feature.pasttense") in the caller's transaction.
// The payload becomes JSON.
func (q *Queue) Enqueue(tx *db.Tx, kind string, payload any, options ...Option) error {
	now := q.Clock()
	o := order{due: now}
	for _, option := range options {
		option(&o)
	}
	body, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", kind, err)
	}
	var key any
	if o.key != "" {
		key = kind + " " + o.key
	}
	_, err = tx.Exec(`INSERT INTO jobs (id, kind, unique_key, payload, state, attempt, due_at, error, created_at)
		VALUES ($1, $2, $3, $4, 'ready', 0, $5, '', $6)
		ON CONFLICT (unique_key) DO UPDATE SET payload = excluded.payload,
			due_at = CASE WHEN excluded.due_at < jobs.due_at THEN excluded.due_at ELSE jobs.due_at END`,
		q.IDs.New(), kind, key, string(body), o.due.UnixMilli(), now.UnixMilli())
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", kind, err)
	}
	if !o.due.After(now) {
		tx.AfterCommit(q.Wake)
	}
	return nil
}

// Wake lets the workers look at once instead of at their next round.
func (q *Queue) Wake() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// Counts is how many jobs are in each state that someone may have to look at.
type Counts struct{ Ready, Running, Failed int64 }

// Count counts the jobs.
func (q *Queue) Count(tx *db.Tx) (Counts, error) {
	var c Counts
	err := tx.QueryRow(`SELECT count(*) FILTER (WHERE state = 'ready'), count(*) FILTER (WHERE state = 'running'),
		count(*) FILTER (WHERE state = 'failed') FROM jobs WHERE state <> 'done'`).Scan(&c.Ready, &c.Running, &c.Failed)
	return c, err
}

// Waiting counts the jobs of a kind that are ready.
func (q *Queue) Waiting(tx *db.Tx, kind string) (int, error) {
	var n int
	err := tx.QueryRow(`SELECT count(*) FROM jobs WHERE state = 'ready' AND kind = $1`, kind).Scan(&n)
	return n, err
}

// Pending counts the jobs of a kind that are ready or being done.
func (q *Queue) Pending(tx *db.Tx, kind string) (int, error) {
	return db.Value[int](tx.QueryRow(`SELECT count(*) FROM jobs WHERE state IN ('ready', 'running') AND kind = $1`, kind))
}

// Undone lists the payloads of a kind's jobs that may still run: those given up too,
// since somebody may have them tried again.
func (q *Queue) Undone(tx *db.Tx, kind string) ([][]byte, error) {
	return db.List(tx, func(r db.Row) ([]byte, error) {
		var payload []byte
		err := r.Scan(&payload)
		return payload, err
	}, `SELECT payload FROM jobs WHERE state <> 'done' AND kind = $1`, kind)
}

// Failure is a job that was given up.
type Failure struct {
	ID, Kind, Error string
	Attempt         int
	At              time.Time
}

// Failures lists the jobs given up, newest first, at most limit.
func (q *Queue) Failures(tx *db.Tx, limit int) ([]Failure, error) {
	return db.List(tx, func(r db.Row) (Failure, error) {
		var f Failure
		var at int64
		err := r.Scan(&f.ID, &f.Kind, &f.Error, &f.Attempt, &at)
		f.At = time.UnixMilli(at)
		return f, err
	}, `SELECT id, kind, error, attempt, finished_at FROM jobs WHERE state = 'failed' ORDER BY finished_at DESC, id DESC LIMIT $1`, limit)
}

// Retry makes a failed job ready again and reports whether there was one.
func (q *Queue) Retry(tx *db.Tx, jobID string) (bool, error) {
	n, err := tx.Exec(`UPDATE jobs SET state = 'ready', attempt = 0, due_at = $1, finished_at = NULL WHERE id = $2 AND state = 'failed'`,
		q.Clock().UnixMilli(), jobID)
	tx.AfterCommit(q.Wake)
	return n > 0, err
}

// Rewrite puts another word in the place of one in what all jobs are about, such as for
// the identifier of somebody who has left.
func (q *Queue) Rewrite(tx *db.Tx, from, to string) error {
	_, err := tx.Exec(`UPDATE jobs SET payload = replace(payload, $1, $2) WHERE payload LIKE '%' || $1 || '%'`, from, to)
	if err != nil {
		return fmt.Errorf("rewrite what jobs are about: %w", err)
	}
	return nil
}
