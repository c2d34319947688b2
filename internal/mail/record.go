package mail

import (
	"fmt"
	"hash/fnv"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail/talk"
)

const (
	leaseTime = 2 * time.Minute
	// giveUp is how long a letter is tried that servers put off.
	giveUp       = 3 * 24 * time.Hour
	firstPause   = time.Minute
	longestPause = 2 * time.Hour
)

// result is what became of a claimed letter.
type result struct {
	letter *letter
	route  *route
	talk.Outcome
}

// record notes what became of letters. Only those of this lease are changed: what
// somebody else has taken over, or asked for again, is theirs.
func (o *Outbox) record(tx *db.Tx, lease string, results []result, now time.Time) error {
	var accepted, wiped []string
	for _, r := range results {
		if r.Fate == talk.Taken {
			accepted = append(accepted, r.letter.id)
			if r.letter.secret {
				wiped = append(wiped, r.letter.id)
			}
			continue
		}
		if err := o.recordOne(tx, lease, r, now); err != nil {
			return fmt.Errorf("record what became of a letter: %w", err)
		}
	}
	if len(accepted) > 0 {
		in, args := db.In(3, accepted)
		_, err := tx.Exec(`UPDATE letters SET state = 'accepted', lease = NULL, leased_until = NULL, finished_at = $1, reason = ''
			WHERE lease = $2 AND state IN ('trying', 'unknown') AND id IN `+in, append([]any{now.UnixMilli(), lease}, args...)...)
		if err != nil {
			return fmt.Errorf("record accepted letters: %w", err)
		}
	}
	return o.wipe(tx, wiped)
}

// wipe deletes the sealed texts of letters that are not waiting any more.
func (o *Outbox) wipe(tx *db.Tx, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	in, args := db.In(1, ids)
	if _, err := tx.Exec(`UPDATE letters SET text_id = NULL WHERE secret AND state NOT IN ('waiting', 'trying') AND id IN `+in, args...); err != nil {
		return fmt.Errorf("wipe secret letters: %w", err)
	}
	_, err := tx.Exec(`DELETE FROM letter_texts WHERE NOT shared AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.text_id = letter_texts.id) AND id IN `+in, args...)
	if err != nil {
		return fmt.Errorf("wipe secret letters: %w", err)
	}
	return nil
}

func (o *Outbox) recordOne(tx *db.Tx, lease string, r result, now time.Time) error {
	state, reason := Waiting, reasonOf(r.Reason)
	var due, finished any
	switch {
	case r.Fate == talk.Back:
		_, err := tx.Exec(`UPDATE letters SET state = 'waiting', attempt = attempt - 1, lease = NULL, leased_until = NULL
			WHERE id = $1 AND state = 'trying' AND lease = $2`, r.letter.id, lease)
		return err
	case r.Fate == talk.Refused || r.Fate == talk.Later && now.Sub(r.letter.written) > giveUp:
		state, finished = Failed, now.UnixMilli()
	case r.Fate == talk.Lost:
		state, finished = Unknown, now.UnixMilli()
	default:
		due = now.Add(pauseAfter(r.letter.attempt, r.letter.id)).UnixMilli()
	}
	_, err := tx.Exec(`UPDATE letters SET state = $1, reason = $2, due_at = coalesce($3, due_at), finished_at = $4, seen_at = NULL, leased_until = NULL,
			lease = CASE WHEN $1 = 'unknown' THEN lease ELSE NULL END
		WHERE id = $5 AND state IN ('trying', 'unknown') AND lease = $6`, string(state), reason.String(), due, finished, r.letter.id, lease)
	if err == nil && reason.Key == ReasonExpired {
		err = o.wipe(tx, []string{r.letter.id})
	}
	return err
}

// pauseAfter is how long a letter rests that was put off: twice as long after each try,
// and not the same for all, so that they do not come back at once.
func pauseAfter(attempt int, id string) time.Duration {
	pause := min(firstPause<<min(attempt-1, 10), longestPause)
	h := fnv.New32a()
	h.Write([]byte(id))
	return pause + pause*time.Duration(h.Sum32()%256)/1024
}

// renew keeps this process's letters its own for longer.
func (o *Outbox) renew(tx *db.Tx, lease string, now time.Time) error {
	_, err := tx.Exec(`UPDATE letters SET leased_until = $1 WHERE state = 'trying' AND lease = $2`, now.Add(leaseTime).UnixMilli(), lease)
	return err
}

// takeOver marks the letters unknown that another process had when its lease ended: it
// died, and nobody knows how far it came.
func (o *Outbox) takeOver(tx *db.Tx, lease string, now time.Time) (int64, error) {
	return tx.Exec(`UPDATE letters SET state = 'unknown', reason = $1, leased_until = NULL, finished_at = $2, seen_at = NULL
		WHERE state = 'trying' AND leased_until <= $2 AND lease <> $3`, ReasonCrashed, now.UnixMilli(), lease)
}

// Recover marks every letter unknown that was being sent. Only a process that is alone
// with the database calls it, before Run: whoever sent them is gone.
func (o *Outbox) Recover(tx *db.Tx) error {
	n, err := tx.Exec(`UPDATE letters SET state = 'unknown', reason = $1, lease = NULL, leased_until = NULL, finished_at = $2, seen_at = NULL WHERE state = 'trying'`,
		ReasonCrashed, o.clock().UnixMilli())
	if err != nil {
		return fmt.Errorf("look after letters that were being sent: %w", err)
	}
	if n > 0 {
		o.log.Warn("the program ended while letters were being sent; whether they were taken is unknown", "letters", n)
	}
	return nil
}
