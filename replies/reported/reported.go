// Package reported keeps what readers find wrong with replies: each network once a
// week, by a hash, and a reason out of a few.
package reported

import (
	"fmt"
	"time"

	"waypost/internal/db"
)

// Reasons are what readers may say is wrong.
func Reasons() []string { return []string{"spam", "unkind", "private", "other"} }

// Note writes down that somebody found something wrong with a reply, and counts how many
// did since a moderator looked, of those whose networks are still known apart; 0 if they had before. What somebody says of a text that was
// changed since they reported it takes the place of that.
func Note(tx *db.Tx, replyID, reporter, reason string, at time.Time) (int, error) {
	n, err := tx.Exec(`INSERT INTO reply_reports (reply_id, reporter, reason, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, replyID, reporter, reason, at.UnixMilli())
	if err != nil {
		return 0, fmt.Errorf("note a report: %w", err)
	}
	if n == 0 {
		_, err := tx.Exec(`UPDATE reply_reports SET reason = $1, at = $2 WHERE reply_id = $3 AND reporter = $4
			AND at < (SELECT coalesce(edited_at, 0) FROM replies WHERE id = $3)`, reason, at.UnixMilli(), replyID, reporter)
		if err != nil {
			return 0, fmt.Errorf("note what is reported of a changed text: %w", err)
		}
		return 0, nil
	}
	count, err := db.Value[int](tx.QueryRow(`UPDATE reply_checks SET reports = reports + 1 WHERE reply_id = $1 RETURNING reports`, replyID))
	if err != nil {
		return 0, fmt.Errorf("count a report: %w", err)
	}
	known, err := db.Value[int](tx.QueryRow(`SELECT count(*) FROM reply_reports WHERE reply_id = $1 AND reporter NOT LIKE 'past %'`, replyID))
	if err != nil {
		return 0, fmt.Errorf("count the networks that report: %w", err)
	}
	return min(count, known), nil
}

const (
	reporterDays = 7  // for which is known by which networks a reply was reported
	reasonDays   = 90 // for which is known what they found wrong
)

// Sweep takes off reports, so many at once, by which network they came, and deletes those
// that are old.
func Sweep(tx *db.Tx, now time.Time, newID func() string, most int) error {
	if _, err := tx.Exec(`DELETE FROM reply_reports WHERE at < $1`, now.AddDate(0, 0, -reasonDays).UnixMilli()); err != nil {
		return fmt.Errorf("delete old reports: %w", err)
	}
	list, err := db.List(tx, func(r db.Row) (k [2]string, err error) { return k, r.Scan(&k[0], &k[1]) },
		`SELECT reply_id, reporter FROM reply_reports WHERE at < $1 AND reporter NOT LIKE 'past %' LIMIT $2`, now.AddDate(0, 0, -reporterDays).UnixMilli(), most)
	for _, k := range list {
		if err == nil {
			_, err = tx.Exec(`UPDATE reply_reports SET reporter = $1 WHERE reply_id = $2 AND reporter = $3`, "past "+newID(), k[0], k[1])
		}
	}
	if err != nil {
		return fmt.Errorf("forget who reported: %w", err)
	}
	return nil
}

// Changed lets those report a reply again whose reports a moderator has looked at: its
// text is another one now. What nobody has looked at stays.
func Changed(tx *db.Tx, replyID string) error {
	_, err := tx.Exec(`DELETE FROM reply_reports WHERE reply_id = $1
		AND at < (SELECT coalesce(max(at), 0) FROM reply_acts WHERE reply_id = $1 AND undone_at IS NULL)`, replyID)
	if err != nil {
		return fmt.Errorf("forget reports of an earlier text: %w", err)
	}
	return nil
}

// AsBefore brings back what readers reported before a decision that was taken back and, of
// what waits again, since when it does. What is spam again is kept for its days from now on.
func AsBefore(tx *db.Tx, actID string) error {
	_, err := tx.Exec(`UPDATE reply_checks SET reports = a.reports, moved_at = CASE WHEN a.was = 'pending' THEN a.moved_at ELSE reply_checks.moved_at END
		FROM reply_acts a WHERE a.id = $1 AND a.moved_at IS NOT NULL AND reply_checks.reply_id = a.reply_id`, actID)
	return err
}

// Again selects the replies that somebody is to look at again: those that readers
// reported since a moderator looked, shown or held, and of what waits those whose writers
// asked for it. In this form of the condition databases begin with the few rows in question.
const Again = `SELECT c.reply_id FROM reply_checks c JOIN replies a ON a.id = c.reply_id WHERE (c.reports > 0 OR c.appealed_at IS NOT NULL)
	AND CASE a.state WHEN 'pending' THEN TRUE WHEN 'published' THEN c.reports > 0 ELSE FALSE END AND a.erased_at IS NULL`

// Count says how many replies Again selects, at most limit.
func Count(tx *db.Tx, limit int) (int, error) {
	n, err := db.Value[int](tx.QueryRow(`SELECT count(*) FROM (`+Again+` LIMIT $1) AS counted`, limit))
	if err != nil {
		return 0, fmt.Errorf("count what was reported: %w", err)
	}
	return n, nil
}

// Shown says how many of those that Again selects readers see, at most limit.
func Shown(tx *db.Tx, limit int) (int, error) {
	n, err := db.Value[int](tx.QueryRow(`SELECT count(*) FROM (SELECT 1 FROM replies s WHERE s.id IN (`+Again+`) AND s.state = 'published' LIMIT $1) AS counted`, limit))
	if err != nil {
		return 0, fmt.Errorf("count what was reported and is shown: %w", err)
	}
	return n, nil
}

// Bring notes reports of before, each of another network, on a reply that was brought.
func Bring(tx *db.Tx, replyID string, reasons []string, at time.Time) error {
	for i, reason := range reasons {
		if _, err := Note(tx, replyID, fmt.Sprint("brought ", i), reason, at); err != nil {
			return err
		}
	}
	_, err := tx.Exec(`UPDATE reply_checks SET reports = $1 WHERE reply_id = $2`, len(reasons), replyID)
	if err != nil {
		return fmt.Errorf("count reports: %w", err)
	}
	return nil
}

// Of lists the reasons why replies were reported since moderators decided on them, by
// reply, each once and the latest first.
func Of(tx *db.Tx, replyIDs []string) (map[string][]string, error) {
	found := map[string][]string{}
	if len(replyIDs) == 0 {
		return found, nil
	}
	in, args := db.In(1, replyIDs)
	_, err := db.List(tx, func(row db.Row) (none struct{}, err error) {
		var id, reason string
		err = row.Scan(&id, &reason)
		found[id] = append(found[id], reason)
		return none, err
	}, `SELECT p.reply_id, p.reason FROM reply_reports p JOIN reply_checks c ON c.reply_id = p.reply_id
		WHERE p.at >= coalesce(c.decided_at, 0) AND p.reply_id IN `+in+` GROUP BY p.reply_id, p.reason ORDER BY max(p.at) DESC, p.reason`, args...)
	if err != nil {
		return nil, fmt.Errorf("read why replies were reported: %w", err)
	}
	return found, nil
}
