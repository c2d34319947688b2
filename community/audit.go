package community

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"waypost/internal/db"
)

// RecordDays are the times for which the record may be kept, in days.
func RecordDays() []int { return []int{90, 365, 730, 1825} }

// keepRecord is how many days the record is kept until an owner decides otherwise.
const keepRecord = 365

// Act is one line of the record.
type Act struct {
	ID        string
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

// RecordSome writes a line on an act that anybody can cause, unless there have been
// enough of them just now.
func (s *Service) RecordSome(tx *db.Tx, act, subject string) error {
	return s.RecordSomeBy(tx, "", act, subject)
}

// RecordSomeBy is RecordSome of an act that somebody is known to have done.
func (s *Service) RecordSomeBy(tx *db.Tx, by, act, subject string) error {
	var n int
	err := tx.QueryRow(`SELECT count(*) FROM audit WHERE at > $1 AND act = $2`, s.Clock().Add(-someTime).UnixMilli(), act).Scan(&n)
	if err != nil {
		return fmt.Errorf("count %s: %w", act, err)
	}
	if n >= someActs {
		return nil
	}
	return s.Record(tx, by, act, subject, "")
}

// ActSearch chooses among the lines of the record.
type ActSearch struct {
	By   string   // an account; empty: anybody and the program
	Acts []string // some acts; none: all
}

// ActKey is a place in the record. The zero value is its newest end.
type ActKey struct {
	At time.Time
	ID string
}

const selectActs = `SELECT id, at, account_id, act, subject, detail FROM audit WHERE (at, id) < ($1, $2)`

// Acts lists lines of the record from a place on, the newest first, at most limit. Each
// act is asked for on its own, since an index has its lines in order, and of several the
// newest are kept.
func (s *Service) Acts(tx *db.Tx, find ActSearch, before ActKey, limit int) ([]Act, error) {
	at, id := int64(1<<62), ""
	if before.ID != "" {
		at, id = before.At.UnixMilli(), before.ID
	}
	const order = ` ORDER BY at DESC, id DESC LIMIT $3`
	switch {
	case find.By != "":
		query, args := selectActs+` AND account_id = $4`, []any{at, id, limit, find.By}
		if len(find.Acts) > 0 {
			in, more := db.In(5, find.Acts)
			query, args = query+` AND act IN `+in, append(args, more...)
		}
		return db.List(tx, scanAct, query+order, args...)
	case len(find.Acts) == 0:
		return db.List(tx, scanAct, selectActs+order, at, id, limit)
	}
	var all []Act
	for _, act := range find.Acts {
		list, err := db.List(tx, scanAct, selectActs+` AND act = $4`+order, at, id, limit, act)
		if err != nil {
			return nil, fmt.Errorf("read the record: %w", err)
		}
		all = append(all, list...)
	}
	slices.SortFunc(all, func(x, y Act) int { return cmp.Or(y.At.Compare(x.At), cmp.Compare(y.ID, x.ID)) })
	return all[:min(limit, len(all))], nil
}

func scanAct(r db.Row) (Act, error) {
	var a Act
	var at int64
	var account *string
	err := r.Scan(&a.ID, &at, &account, &a.Act, &a.Subject, &a.Detail)
	a.At = time.UnixMilli(at)
	if account != nil {
		a.AccountID = *account
	}
	return a, err
}

// SweepActs deletes what is older than the record is kept.
func (s *Service) SweepActs(tx *db.Tx) error {
	settings, err := s.SettingsIn(tx)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`DELETE FROM audit WHERE at < $1`, s.Clock().AddDate(0, 0, -settings.RecordDays).UnixMilli())
	return err
}
