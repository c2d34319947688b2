package community

import (
	"fmt"
	"time"

	"waypost/internal/db"
)

// keepRecord is how long the record of acts is kept.
const keepRecord = 365 * 24 * time.Hour

// Act is one line of the record.
type Act struct {
	At        time.Time
	AccountID string // empty for the program itself and for commands at the console
	Act       string // "story.published"
	Subject   string // "story:01J…"
	Detail    string
}

// Record notes who did what to what, in the transaction that does it.
func (s *Service) Record(tx *db.Tx, by, act, subject, detail string) error {
	var account any
	if by != "" {
		account = by
	}
	_, err := tx.Exec(`INSERT INTO audit (id, at, account_id, act, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)`,
		s.IDs.New(), s.Clock().UnixMilli(), account, act, subject, detail)
	if err != nil {
		return fmt.Errorf("record %s: %w", act, err)
	}
	return nil
}

// Of acts that anybody on the net can cause, so many are recorded in such a time: the
// record tells of a flood and is not flooded.
const (
	someActs = 10
	someTime = time.Minute
)

// RecordSome writes a line on an act that nobody signed in did, unless there have been
// enough of them just now.
func (s *Service) RecordSome(tx *db.Tx, act, subject string) error {
	var n int
	err := tx.QueryRow(`SELECT count(*) FROM audit WHERE at > $1 AND act = $2`, s.Clock().Add(-someTime).UnixMilli(), act).Scan(&n)
	if err != nil {
		return fmt.Errorf("count %s: %w", act, err)
	}
	if n >= someActs {
		return nil
	}
	return s.Record(tx, "", act, subject, "")
}

// Acts lists the newest lines of the record.
func (s *Service) Acts(tx *db.Tx, limit int) ([]Act, error) {
	return db.List(tx, func(r db.Row) (Act, error) {
		var a Act
		var at int64
		var account *string
		err := r.Scan(&at, &account, &a.Act, &a.Subject, &a.Detail)
		a.At = time.UnixMilli(at)
		if account != nil {
			a.AccountID = *account
		}
		return a, err
	}, `SELECT at, account_id, act, subject, detail FROM audit ORDER BY at DESC, id DESC LIMIT $1`, limit)
}

// SweepActs deletes what is older than the record is kept.
func (s *Service) SweepActs(tx *db.Tx) error {
	_, err := tx.Exec(`DELETE FROM audit WHERE at < $1`, s.Clock().Add(-keepRecord).UnixMilli())
	return err
}
