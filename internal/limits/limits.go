package limits

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
)

// Rate is how often something may be done.
type Rate struct {
	Burst int           // at once, at least 1
	Every time.Duration // one more each so often
}

// Hourly is a rate of which no hour sees more than n: half of them at once, the rest
// over the hour.
func Hourly(n int) Rate {
	n = max(n, 2)
	return Rate{Burst: n / 2, Every: time.Hour / time.Duration(n-n/2)}
}

// Take takes one from a limit. It returns 0, or how long to wait until there is one.
func Take(tx *db.Tx, now time.Time, name string, r Rate) (time.Duration, error) {
	at, step := now.UnixMilli(), r.Every.Milliseconds()
	latest := at + int64(r.Burst-1)*step
	n, err := tx.Exec(`INSERT INTO limits (name, full_at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE
		SET full_at = CASE WHEN limits.full_at > $3 THEN limits.full_at ELSE $3 END + $4 WHERE limits.full_at <= $5`,
		name, at+step, at, step, latest)
	if err != nil {
		return 0, fmt.Errorf("take from a limit: %w", err)
	}
	if n > 0 {
		return 0, nil
	}
	full, err := db.Value[int64](tx.QueryRow(`SELECT full_at FROM limits WHERE name = $1`, name))
	if err != nil {
		return 0, fmt.Errorf("read a limit: %w", err)
	}
	return max(time.Duration(full-latest)*time.Millisecond, time.Millisecond), nil
}

// Sweep forgets limits of which everything is there again.
func Sweep(tx *db.Tx, now time.Time) error {
	_, err := tx.Exec(`DELETE FROM limits WHERE full_at < $1`, now.UnixMilli())
	return err
}

// Error is a problem of kind TooMany that knows when to come back.
type Error struct {
	Problem *problem.Problem
	Wait    time.Duration
}

// Refused says in a sentence of the catalogue, which takes {minutes}, that it is too soon.
func Refused(key string, wait time.Duration) error {
	minutes := int((wait + time.Minute - 1) / time.Minute)
	return &Error{problem.New(problem.TooMany, key, "count", minutes), wait}
}

// Error is for logs.
func (e *Error) Error() string { return e.Problem.Error() }

// Unwrap gives the problem to errors.As.
func (e *Error) Unwrap() error { return e.Problem }

// RetryAfter is how long to wait.
func (e *Error) RetryAfter() time.Duration { return e.Wait }
