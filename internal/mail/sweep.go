package mail

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/id"
)

const (
	keepAccepted = 30 * 24 * time.Hour
	keepStuck    = 90 * 24 * time.Hour
	keepEnded    = 24 * time.Hour // after what a letter is for has ended
	mostSwept    = 2000           // in one transaction; what is left waits for the next
)

// Sweep deletes letters that were accepted a month ago, those that were given up three
// months ago, those whose link ended a day ago, and what nobody needs any more; and ends
// those whose time is over.
func (o *Outbox) Sweep(tx *db.Tx) error {
	now := o.clock()
	for _, old := range []struct {
		query string
		args  []any
	}{
		{`UPDATE letters SET state = 'failed', reason = $1, finished_at = $2, seen_at = $2 WHERE state = 'waiting' AND expires_at <= $2`,
			[]any{ReasonExpired, now.UnixMilli()}},
		{`DELETE FROM letters WHERE id IN (SELECT id FROM letters WHERE state = 'accepted' AND id < $1 ORDER BY id LIMIT $2)`,
			[]any{id.Floor(now.Add(-keepAccepted)), mostSwept}},
		{`DELETE FROM letters WHERE id IN (SELECT id FROM letters WHERE state IN ('failed', 'unknown') AND finished_at < $1 ORDER BY finished_at, id LIMIT $2)`,
			[]any{now.Add(-keepStuck).UnixMilli(), mostSwept}},
		{`DELETE FROM letters WHERE id IN (SELECT id FROM letters WHERE state IN ('accepted', 'failed', 'unknown') AND expires_at < $1 ORDER BY expires_at LIMIT $2)`,
			[]any{now.Add(-keepEnded).UnixMilli(), mostSwept}},
		{`UPDATE letters SET text_id = NULL WHERE secret AND state = 'failed' AND reason = $1 AND text_id IS NOT NULL`, []any{ReasonExpired}},
		// A text that was shared this minute may not have its letters yet.
		{`DELETE FROM letter_texts WHERE created_at < $1 AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.text_id = letter_texts.id)`,
			[]any{now.Add(-24 * time.Hour).UnixMilli()}},
		{`DELETE FROM mail_given WHERE at < $1`, []any{now.Add(-26 * time.Hour).UnixMilli()}},
		{`DELETE FROM mail_given WHERE span = $1 AND at < $2`, []any{shortSpan.Milliseconds(), now.Add(-2 * time.Minute).UnixMilli()}},
	} {
		if _, err := tx.Exec(old.query, old.args...); err != nil {
			return fmt.Errorf("sweep letters: %w", err)
		}
	}
	return nil
}

// Restored marks the letters unknown that waited in a backup which has just been read:
// since it was made they may have been sent, and nobody is to get them twice. Backups of
// schemas without letters are left alone.
func Restored(tx *db.Tx, now time.Time) error {
	if has, err := tx.Has("letters"); err != nil || !has {
		return err
	}
	_, err := tx.Exec(`UPDATE letters SET state = 'unknown', reason = $1, lease = NULL, leased_until = NULL, finished_at = $2, seen_at = NULL
		WHERE state IN ('waiting', 'trying')`, ReasonRestored, now.UnixMilli())
	if err != nil {
		return fmt.Errorf("look after letters of the backup: %w", err)
	}
	return nil
}
