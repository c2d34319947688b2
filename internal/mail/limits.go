package mail

import (
	"errors"
	"fmt"
	"time"

	"waypost/internal/db"
)

var errExpired = errors.New("its time was over")

// Letters given to a server are counted in spans, so that a limit holds in every minute
// and every day, wherever it begins, and for all nodes together.
const (
	shortSpan = 5 * time.Second
	longSpan  = time.Hour
)

// allowance is how many of n letters a server may be given now. On PostgreSQL it holds
// the server's row, so that two nodes do not both use the last of it.
func (o *Outbox) allowance(tx *db.Tx, s Server, n int, now time.Time) (int, error) {
	if s.PerMinute == 0 && s.PerDay == 0 {
		return n, nil
	}
	there, err := tx.Exec(`UPDATE mail_servers SET position = position WHERE id = $1`, s.ID)
	if err != nil || there == 0 {
		return 0, err
	}
	for _, limit := range []struct {
		most         int
		span, within time.Duration
	}{{s.PerMinute, shortSpan, time.Minute}, {s.PerDay, longSpan, 24 * time.Hour}} {
		if limit.most == 0 {
			continue
		}
		// The span that the window's beginning cuts counts whole.
		var used int
		err := tx.QueryRow(`SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM mail_given WHERE server_id = $1 AND span = $2 AND at > $3`,
			s.ID, limit.span.Milliseconds(), now.Add(-limit.within-limit.span).UnixMilli()).Scan(&used)
		if err != nil {
			return 0, fmt.Errorf("count what a server was given: %w", err)
		}
		n = min(n, max(0, limit.most-used))
	}
	return n, nil
}

// given counts letters that a server is given.
func (o *Outbox) given(tx *db.Tx, s Server, n int, now time.Time) error {
	if n == 0 || s.PerMinute == 0 && s.PerDay == 0 {
		return nil
	}
	for _, span := range []time.Duration{shortSpan, longSpan} {
		_, err := tx.Exec(`INSERT INTO mail_given (server_id, span, at, n) VALUES ($1, $2, $3, $4)
			ON CONFLICT (server_id, span, at) DO UPDATE SET n = mail_given.n + excluded.n`,
			s.ID, span.Milliseconds(), now.Truncate(span).UnixMilli(), n)
		if err != nil {
			return fmt.Errorf("count what a server is given: %w", err)
		}
	}
	return nil
}

// noteFault writes down why a server could not be used, or that it could.
func (o *Outbox) noteFault(tx *db.Tx, rt *route, now time.Time) error {
	if rt.took && !rt.server.Worked {
		if err := o.noteTook(tx, rt.server); err != nil {
			return err
		}
	}
	if rt.fault == rt.noted {
		return nil
	}
	var since any
	if rt.fault.Key != "" {
		since = now.UnixMilli()
	}
	_, err := tx.Exec(`UPDATE mail_servers SET fault = $1, fault_at = coalesce(fault_at, $2) WHERE id = $3`, rt.fault.String(), since, rt.server.ID)
	if err == nil && rt.fault.Key == "" {
		_, err = tx.Exec(`UPDATE mail_servers SET fault_at = NULL WHERE id = $1`, rt.server.ID)
	}
	return err
}
