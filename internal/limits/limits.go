package limits

import (
	"fmt"
	"slices"
	"strings"
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

// Limit is a limit and its rate.
type Limit struct {
	Name string
	Rate Rate
}

// TakeEach takes one from each of some limits that have different names. Where it returns
// how long to wait, the transaction must fail: the others have been taken from.
func TakeEach(tx *db.Tx, now time.Time, list []Limit) (wait time.Duration, err error) {
	at := now.UnixMilli()
	rows, args, steps := make([]string, len(list)), []any{at}, map[string]int64{}
	for i, l := range list {
		steps[l.Name] = l.Rate.Every.Milliseconds()
		rows[i] = fmt.Sprintf("($%d, $%d)", 2*i+2, 2*i+3)
		args = append(args, l.Name, at+steps[l.Name])
	}
	type left struct {
		name string
		full int64
	}
	taken, err := db.List(tx, func(r db.Row) (left, error) {
		var l left
		return l, r.Scan(&l.name, &l.full)
	}, `INSERT INTO limits (name, full_at) VALUES `+strings.Join(rows, ", ")+` ON CONFLICT (name) DO UPDATE
		SET full_at = CASE WHEN limits.full_at > $1 THEN limits.full_at ELSE $1 END + excluded.full_at - $1 RETURNING name, full_at`, args...)
	if err != nil {
		return 0, fmt.Errorf("take from limits: %w", err)
	}
	for _, t := range taken {
		i := slices.IndexFunc(list, func(l Limit) bool { return l.Name == t.name })
		latest := at + int64(list[i].Rate.Burst)*steps[t.name]
		wait = max(wait, time.Duration(t.full-latest)*time.Millisecond)
	}
	return wait, nil
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
