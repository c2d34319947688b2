package mail

import (
	"fmt"
	"time"

	"waypost/internal/db"
)

// insert writes a letter unless there is one with its key.
func (o *Outbox) insert(tx *db.Tx, l Letter, to Address) error {
	id, now := o.ids.New(), o.clock().UnixMilli()
	filling, err := l.fillingText()
	if err != nil {
		return err
	}
	var key any
	if l.Key != "" {
		taken, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM letters WHERE unique_key = $1)`, l.Key))
		if err != nil || taken {
			return err
		}
		key = l.Key
	}
	text := l.Shared
	if text == "" {
		text = id
		if err := o.insertText(tx, id, l, now); err != nil {
			return err
		}
	}
	n, err := tx.Exec(`INSERT INTO letters (id, kind, unique_key, recipient, recipient_key, text_id, filling, list, unsubscribe, secret, bulk,
			state, attempt, due_at, expires_at, server, reason, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', 0, $12, $13, '', '', $12) ON CONFLICT (unique_key) DO NOTHING`,
		id, l.Kind, key, l.To, to.Key(), text, filling, l.List, l.Unsubscribe, l.Secret, l.List != "", now, moment(l.Expires))
	if err != nil || n > 0 || l.Shared != "" {
		return err
	}
	_, err = tx.Exec(`DELETE FROM letter_texts WHERE id = $1`, id) // another transaction was first
	return err
}

func (o *Outbox) insertText(tx *db.Tx, id string, l Letter, now int64) error {
	c := content{l.Subject, l.Text, l.HTML}
	var sealed []byte
	if l.Secret {
		var err error
		if sealed, err = o.sealContent(id, c); err != nil {
			return err
		}
		c = content{}
	}
	_, err := tx.Exec(`INSERT INTO letter_texts (id, subject, text, html, sealed, shared, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		id, c.Subject, c.Text, c.HTML, sealed, false, now)
	return err
}

// moment is a time as the database keeps it; NULL for none.
func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// at is a moment read from the database; the zero time for NULL.
func at(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return time.UnixMilli(*ms)
}

// CountSince counts the letters of some kinds that were written from a moment on,
// whatever became of them.
func (o *Outbox) CountSince(tx *db.Tx, kinds []string, since time.Time) (int, error) {
	in, args := db.In(2, kinds)
	n, err := db.Value[int](tx.QueryRow(`SELECT count(*) FROM letters WHERE created_at >= $1 AND kind IN `+in, append([]any{since.UnixMilli()}, args...)...))
	if err != nil {
		return 0, fmt.Errorf("count letters: %w", err)
	}
	return n, nil
}

// CountTo counts those of them that went to one address.
func (o *Outbox) CountTo(tx *db.Tx, to Address, kinds []string, since time.Time) (int, error) {
	in, args := db.In(3, kinds)
	n, err := db.Value[int](tx.QueryRow(`SELECT count(*) FROM letters WHERE recipient_key = $1 AND created_at >= $2 AND kind IN `+in,
		append([]any{to.Key(), since.UnixMilli()}, args...)...))
	if err != nil {
		return 0, fmt.Errorf("count letters: %w", err)
	}
	return n, nil
}
