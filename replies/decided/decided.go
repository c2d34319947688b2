// Package decided is the log of what moderators decided.
package decided

import (
	"fmt"
	"slices"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/replies"
)

// Done is an entry of the log: what somebody decided.
type Done struct {
	ID        string
	Batch     string
	AccountID string
	Act       replies.Act
	Was       replies.State
	ReplyID   string
	StoryID   string
	Name      string
	Body      string
	At        time.Time
	Undone    time.Time
	Back      bool // something of what was decided at once can still be taken back
}

// Log lists decisions, the newest first; before is the identifier of an entry, or "".
func Log(tx *db.Tx, by members.Actor, before string, limit int) ([]Done, error) {
	if !by.May(members.ModerateReplies) {
		return nil, problem.New(problem.Forbidden, "problem.forbidden")
	}
	list, err := db.List(tx, func(r db.Row) (Done, error) {
		var d Done
		var at, undone int64
		err := r.Scan(&d.ID, &d.Batch, &d.AccountID, &d.Act, &d.Was, &d.ReplyID, &d.StoryID, &d.Name, &d.Body, &at, &undone)
		if d.At = time.UnixMilli(at); undone > 0 {
			d.Undone = time.UnixMilli(undone)
		}
		return d, err
	}, `SELECT a.id, a.batch, coalesce(a.account_id, ''), a.act, a.was, a.reply_id, coalesce(r.story_id, ''), coalesce(r.name, ''), coalesce(r.body, ''), a.at, coalesce(a.undone_at, 0)
		FROM reply_acts a LEFT JOIN replies r ON r.id = a.reply_id WHERE $1 = '' OR a.id < $1 ORDER BY a.id DESC LIMIT $2`, before, limit)
	if err != nil {
		return nil, fmt.Errorf("read the log of decisions: %w", err)
	}
	batches := make([]string, len(list))
	for i, d := range list {
		batches[i] = d.Batch
	}
	back, err := standing(tx, batches)
	for i := range list {
		list[i].Back = slices.Contains(back, list[i].Batch)
	}
	return list, err
}

// standing finds the decisions of which something can be taken back: a reply that is
// there, where it was brought, and nothing was decided about it since.
func standing(tx *db.Tx, batches []string) ([]string, error) {
	in, args := db.In(1, slices.Compact(slices.Sorted(slices.Values(batches))))
	found, err := db.List(tx, db.Value[string], `SELECT DISTINCT a.batch FROM reply_acts a JOIN replies r ON r.id = a.reply_id
		WHERE a.batch IN `+in+` AND a.undone_at IS NULL AND r.erased_at IS NULL AND r.state = CASE WHEN a.act IN ('spam', 'trash') THEN a.act ELSE 'published' END
		AND NOT EXISTS (SELECT 1 FROM reply_acts l WHERE l.reply_id = a.reply_id AND l.undone_at IS NULL AND l.id > a.id)`, args...)
	if err != nil {
		return nil, fmt.Errorf("find what can be taken back: %w", err)
	}
	return found, nil
}
