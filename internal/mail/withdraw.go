package mail

import (
	"fmt"
	"time"

	"waypost/internal/db"
)

// Withdraw deletes letters of a kind that still wait, among those written from a moment
// on, whose key begins so: what they tell of is not so any more. A text that they shared
// goes with the last of them.
func (o *Outbox) Withdraw(tx *db.Tx, kind string, since time.Time, keyBegins string) error {
	err := withdraw(tx, true, `kind = $1 AND created_at >= $2 AND substr(unique_key, 1, $3) = $4`, kind, since.UnixMilli(), len([]rune(keyBegins)), keyBegins)
	if err != nil {
		return fmt.Errorf("withdraw letters of kind %q: %w", kind, err)
	}
	return nil
}

// WithdrawTo deletes letters of some lists that still wait to go to an address, given by
// its key.
func (o *Outbox) WithdrawTo(tx *db.Tx, addressKey string, lists []string) error {
	in, args := db.In(2, lists)
	if err := withdraw(tx, false, `recipient_key = $1 AND list IN `+in, append([]any{addressKey}, args...)...); err != nil {
		return fmt.Errorf("withdraw letters of a list: %w", err)
	}
	return nil
}

const withdrawn = 500 // in one statement

// withdraw deletes waiting letters with the texts of their own, and those they shared where
// no more letters are to come. One that is claimed meanwhile is on its way, and stays.
func withdraw(tx *db.Tx, shared bool, which string, args ...any) error {
	type letter struct{ id, text string }
	list, err := db.List(tx, func(r db.Row) (letter, error) {
		var l letter
		return l, r.Scan(&l.id, &l.text)
	}, `SELECT id, COALESCE(text_id, '') FROM letters WHERE state = 'waiting' AND `+which, args...)
	if err != nil {
		return err
	}
	for len(list) > 0 {
		part := list[:min(len(list), withdrawn)]
		list = list[len(part):]
		var ids, texts []string
		for _, l := range part {
			ids = append(ids, l.id)
			if shared || l.id == l.text {
				texts = append(texts, l.text)
			}
		}
		in, args := db.In(1, ids)
		if _, err := tx.Exec(`DELETE FROM letters WHERE state = 'waiting' AND id IN `+in, args...); err != nil {
			return err
		}
		in, args = db.In(1, texts)
		if _, err := tx.Exec(`DELETE FROM letter_texts WHERE id IN `+in+` AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.text_id = letter_texts.id)`, args...); err != nil {
			return err
		}
	}
	return nil
}
