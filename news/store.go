package news

import (
	"time"

	"waypost/internal/db"
)

const columns = `id, list, pace, ended_pace, COALESCE(account_id, ''), language, since`

func scanSubscription(r db.Row) (Subscription, error) {
	var s Subscription
	var since int64
	err := r.Scan(&s.ID, &s.List, &s.Pace, &s.Ended, &s.AccountID, &s.Language, &since)
	s.Since = time.UnixMilli(since)
	return s, err
}

// recipient is somebody a letter may go to.
type recipient struct {
	subscription string
	key          string // the place in the order in which they are read
	account      string
	email        string // empty: nobody can be written to
	emailKey     string
	language     string
	since        int64
}

func scanRecipient(r db.Row) (recipient, error) {
	var x recipient
	return x, r.Scan(&x.subscription, &x.key, &x.account, &x.email, &x.emailKey, &x.language, &x.since)
}

// selectSubscribers reads who gets a list at a pace, after one of them: off the index
// subscriptions_to_send. Whoever cannot be written to comes without an address, so that
// the place of the last one is known; so does an address whose account has a wish of its
// own, which holds.
const selectSubscribers = `SELECT s.id, s.id, COALESCE(a.id, x.id, ''), CASE WHEN a.disabled_at IS NOT NULL OR x.disabled_at IS NOT NULL
			OR EXISTS (SELECT 1 FROM subscriptions own WHERE own.list = s.list AND own.account_id = x.id) THEN ''
			ELSE COALESCE(a.email, x.email, s.email, '') END,
		COALESCE(a.email_key, s.email_key, ''), COALESCE(a.language, x.language, s.language), s.since
	FROM subscriptions s LEFT JOIN accounts a ON a.id = s.account_id LEFT JOIN accounts x ON x.email_key = s.email_key
	WHERE s.list = $1 AND s.pace = $2 AND s.id > $3 ORDER BY s.id LIMIT $4`

// selectInForce reads the subscription that a link is for. Where the address of one is
// an account's by now that has a wish of its own for the list, it is that one.
const selectInForce = `SELECT ` + columns + ` FROM subscriptions WHERE id = COALESCE((SELECT own.id FROM subscriptions s JOIN accounts a ON a.email_key = s.email_key
	JOIN subscriptions own ON own.list = s.list AND own.account_id = a.id WHERE s.id = $1), $1)`

// selectFollowers reads who follows a subject, after one of them: off the index
// follows_by_subject. Accounts before them are left out by name, as PostgreSQL may join
// in order.
const selectFollowers = `SELECT COALESCE(s.id, ''), f.account_id, f.account_id, CASE WHEN a.disabled_at IS NULL AND s.pace = 'at-once' THEN COALESCE(a.email, '') ELSE '' END,
		COALESCE(a.email_key, ''), COALESCE(a.language, ''), f.created_at
	FROM follows f JOIN accounts a ON a.id = f.account_id AND a.id > $3 LEFT JOIN subscriptions s ON s.list = 'followed' AND s.account_id = f.account_id
	WHERE f.kind = $1 AND f.subject_id = $2 AND f.account_id > $3 ORDER BY f.account_id LIMIT $4`
