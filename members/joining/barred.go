package joining

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

// hashAddress is the form in which a barred address is kept: nobody without the
// instance key can tell which it is.
func (s *Service) hashAddress(key string) string {
	mac := hmac.New(sha256.New, s.Key)
	mac.Write([]byte(key))
	return hex.EncodeToString(mac.Sum(nil))
}

// maxReason is the longest reason, in characters.
const maxReason = 200

// CheckReason says what is wrong with the reason for keeping somebody out.
func CheckReason(f *problem.Fields, field, reason string) {
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		f.Add(field, "barred.reason_missing")
	case n > maxReason:
		f.Add(field, "field.too_long", "max", maxReason)
	}
}

// Bar keeps an address out for good, by its key: an old link, an invitation or an
// approval does not let it in again. What it was sent before ends. The reason is for
// those who may let it in again. Without an address nothing is kept out.
func (s *Service) Bar(tx *db.Tx, by, addressKey, reason string) error {
	if addressKey == "" {
		return nil
	}
	n, err := tx.Exec(`INSERT INTO barred (hash, id, barred_by, barred_at, reason) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		s.hashAddress(addressKey), s.IDs.New(), by, s.Clock().UnixMilli(), reason)
	if err != nil {
		return fmt.Errorf("bar an address: %w", err)
	}
	if _, err := tx.Exec(`DELETE FROM join_requests WHERE address_key = $1`, addressKey); err != nil {
		return fmt.Errorf("bar an address: %w", err)
	}
	if err := s.Proofs.End(tx, "", addressKey); err != nil || n == 0 {
		return err
	}
	return s.Record(tx, by, "address.barred", "address", reason)
}

// Outcast is an address that is kept out. Which it is, nobody can tell.
type Outcast struct {
	ID     string
	By     string // the account that keeps it out; empty for the program
	At     time.Time
	Reason string
}

// OutcastKey is a place in the list of those who are kept out. The zero value is its
// start.
type OutcastKey struct {
	At time.Time
	ID string
}

// Outcasts lists them from before a key on, the newest first, at most limit.
func (s *Service) Outcasts(tx *db.Tx, before OutcastKey, limit int) ([]Outcast, error) {
	where, args := ``, []any{limit}
	if before.ID != "" {
		where, args = `WHERE (barred_at, id) < ($2, $3) `, append(args, before.At.UnixMilli(), before.ID)
	}
	list, err := db.List(tx, func(r db.Row) (Outcast, error) {
		var o Outcast
		var at int64
		err := r.Scan(&o.ID, &o.By, &at, &o.Reason)
		o.At = time.UnixMilli(at)
		return o, err
	}, `SELECT id, barred_by, barred_at, reason FROM barred `+where+`ORDER BY barred_at DESC, id DESC LIMIT $1`, args...)
	if err != nil {
		return nil, fmt.Errorf("list who is kept out: %w", err)
	}
	return list, nil
}

// Unbar lets an address try again. What was removed does not come back.
func (s *Service) Unbar(ctx context.Context, by members.Actor, id string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if !by.May(members.ManagePeople) {
			return problem.New(problem.Forbidden, "problem.forbidden")
		}
		reason, err := db.Value[string](tx.QueryRow(`DELETE FROM barred WHERE id = $1 RETURNING reason`, id))
		if db.Missing(err) {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		if err != nil {
			return fmt.Errorf("let an address in again: %w", err)
		}
		return s.Record(tx, by.AccountID, "address.unbarred", "address", reason)
	})
}

// Barred reports that an address is kept out.
func (s *Service) Barred(tx *db.Tx, addressKey string) (bool, error) {
	barred, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM barred WHERE hash = $1)`, s.hashAddress(addressKey)))
	if err != nil {
		return false, fmt.Errorf("look whether an address is barred: %w", err)
	}
	return barred, nil
}
