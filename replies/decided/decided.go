// Package decided is the log of what moderators decided.
package decided

import (
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
}

// Log lists decisions, the newest first; before is the identifier of an entry, or "".
func Log(tx *db.Tx, by members.Actor, before string, limit int) ([]Done, error) {
	if !by.May(members.ModerateReplies) {
		return nil, problem.New(problem.Forbidden, "problem.forbidden")
	}
	return db.List(tx, func(r db.Row) (Done, error) {
		var d Done
		var at, undone int64
		err := r.Scan(&d.ID, &d.Batch, &d.AccountID, &d.Act, &d.Was, &d.ReplyID, &d.StoryID, &d.Name, &d.Body, &at, &undone)
		if d.At = time.UnixMilli(at); undone > 0 {
			d.Undone = time.UnixMilli(undone)
		}
		return d, err
	}, `SELECT a.id, a.batch, coalesce(a.account_id, ''), a.act, a.was, a.reply_id, coalesce(r.story_id, ''), coalesce(r.name, ''), coalesce(r.body, ''), a.at, coalesce(a.undone_at, 0)
		FROM reply_acts a LEFT JOIN replies r ON r.id = a.reply_id WHERE $1 = '' OR a.id < $1 ORDER BY a.id DESC LIMIT $2`, before, limit)
}
