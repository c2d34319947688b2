// Package reported keeps what readers find wrong with replies: each network once, by a
// hash, and a reason out of a few.
package reported

import (
	"fmt"
	"time"

	"waypost/internal/db"
)

// Reasons are what readers may say is wrong.
func Reasons() []string { return []string{"spam", "unkind", "private", "other"} }

// Note writes down that somebody found something wrong with a reply; false if they had
// before.
func Note(tx *db.Tx, replyID, reporter, reason string, at time.Time) (bool, error) {
	n, err := tx.Exec(`INSERT INTO reply_reports (reply_id, reporter, reason, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, replyID, reporter, reason, at.UnixMilli())
	if err != nil {
		return false, fmt.Errorf("note a report: %w", err)
	}
	return n > 0, nil
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
