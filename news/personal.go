package news

import (
	"fmt"

	"waypost/internal/db"
	"waypost/internal/personal"
)

// Held hands over which letters somebody wants, and whom they follow.
func (s *Service) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	err := personal.Rows(tx, out, personal.Find{Table: "subscriptions", Where: ofPerson, Args: []any{p.Account, p.Address}})
	if err != nil {
		return err
	}
	return personal.Rows(tx, out, personal.Find{Table: "follows", Where: `account_id = $1`, Args: []any{p.Account}})
}

// ofPerson finds what is somebody's by account or by address.
const ofPerson = `account_id = $1 OR email_key = $2`

// Forget ends every subscription of somebody, and what they follow. Nobody follows them
// any more unless their name stays.
func (s *Service) Forget(tx *db.Tx, p personal.Person, w personal.Wish) error {
	if _, err := tx.Exec(`DELETE FROM subscriptions WHERE `+ofPerson, p.Account, p.Address); err != nil {
		return fmt.Errorf("end subscriptions: %w", err)
	}
	if _, err := tx.Exec(`DELETE FROM follows WHERE account_id = $1`, p.Account); err != nil {
		return fmt.Errorf("end what somebody follows: %w", err)
	}
	if w.Stories == personal.Named {
		return nil
	}
	if _, err := tx.Exec(`DELETE FROM follows WHERE kind = $1 AND subject_id = $2`, Author, p.Profile); err != nil {
		return fmt.Errorf("end who follows somebody: %w", err)
	}
	return nil
}

// Addresses lists the addresses of those without an account.
func (s *Service) Addresses(tx *db.Tx) ([]personal.Trace, error) {
	return personal.Traces(tx, `SELECT email_key, min(since) FROM subscriptions WHERE email_key IS NOT NULL GROUP BY email_key`)
}
