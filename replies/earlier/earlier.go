// Package earlier says what came before a reply: the same text, much that is doubtful, and
// what moderators decided of the same writer.
package earlier

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/id"
)

// Decided counts what moderators decided of a writer.
type Decided struct{ Approved, Refused int }

// Writers counts what moderators decided of what came from some accounts and, of people
// without one, with some addresses. What a writer changed after it was approved counts
// still: it was they who were trusted.
func Writers(tx *db.Tx, accounts, emails []string) (map[string]Decided, error) {
	known := map[string]Decided{}
	query, args := writers(accounts, emails)
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var who string
		var d Decided
		err := row.Scan(&who, &d.Approved, &d.Refused)
		known[who] = d
		return struct{}{}, err
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("count what was decided on writers: %w", err)
	}
	return known, nil
}

// writers asks for accounts and for addresses apart: each has an index of its own.
func writers(accounts, emails []string) (string, []any) {
	const counts = `count(CASE WHEN r.state = 'published' THEN 1 END), count(CASE WHEN r.state = 'spam' THEN 1 END)
		FROM reply_checks c JOIN replies r ON r.id = c.reply_id WHERE (c.decided_at IS NOT NULL OR r.state = 'published' AND c.held = 'edit') AND `
	whose, args := db.In(1, accounts)
	with, more := db.In(1+len(args), emails)
	return `SELECT r.account_id, ` + counts + `r.account_id IN ` + whose + ` GROUP BY r.account_id
		UNION ALL SELECT c.email, ` + counts + `r.account_id IS NULL AND c.email <> '' AND c.email IN ` + with + ` GROUP BY c.email`, append(args, more...)
}

const (
	// repeatTime is for how long a text that came before counts as the same campaign.
	repeatTime = 7 * 24 * time.Hour
	// mostLike is how many of the latest texts that are alike are looked at: of a wave
	// there may be thousands.
	mostLike = 50
	// waveTime is how far back a wave is looked for.
	waveTime = 10 * time.Minute
	// waveLeast is how many doubtful replies make a wave.
	waveLeast = 20
)

// Late counts the other stories under which a text stands that came, or was put there, in repeatTime; 1 if
// it stands under this one alone, but mostLike times. It tells, too, whether much doubtful
// came in waveTime. The reply whose text it is does not count.
func Late(tx *db.Tx, replyID, likeness, storyID string, now time.Time) (repeats int, wave bool, err error) {
	var doubtful, alike int
	err = tx.QueryRow(`SELECT
		count(DISTINCT CASE WHEN r.story_id <> $3 THEN r.story_id END), count(*),
		(SELECT count(*) FROM (SELECT 1 FROM replies WHERE state IN ('pending', 'spam') AND id >= $5 AND id <> $7 LIMIT $6) AS doubtful)
		FROM (SELECT reply_id FROM reply_checks WHERE likeness = $1 AND likeness <> '' AND reply_id <> $7 ORDER BY reply_id DESC LIMIT $2) AS c
			JOIN replies r ON r.id = c.reply_id WHERE r.written_at >= $4 OR r.edited_at >= $4`,
		likeness, mostLike, storyID, now.Add(-repeatTime).UnixMilli(), id.Floor(now.Add(-waveTime)), waveLeast, replyID).Scan(&repeats, &alike, &doubtful)
	if err != nil {
		return 0, false, fmt.Errorf("look for the same text and for a wave: %w", err)
	}
	if alike == mostLike {
		repeats = max(repeats, 1)
	}
	return repeats, doubtful >= waveLeast, nil
}
