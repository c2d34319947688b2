package passkeys

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/personal"
)

// Held hands over the passkeys of an account: their names, and what a browser told of
// them. What a passkey has still to sign is held by hashes alone and ends in minutes.
func (s *Service) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	for _, table := range []string{"passkeys", "passkey_declined"} {
		if err := personal.Rows(tx, out, personal.Find{Table: table, Where: `account_id = $1`, Args: []any{p.Account}}); err != nil {
			return err
		}
	}
	return nil
}

// Forget deletes them.
func (s *Service) Forget(tx *db.Tx, p personal.Person) error {
	for _, query := range []string{`DELETE FROM passkeys WHERE account_id = $1`, `DELETE FROM passkey_declined WHERE account_id = $1`} {
		if _, err := tx.Exec(query, p.Account); err != nil {
			return fmt.Errorf("forget passkeys: %w", err)
		}
	}
	return nil
}

// EndSince removes what opens an account since some time.
func (s *Service) EndSince(tx *db.Tx, account string, since time.Time) error {
	if _, err := tx.Exec(`DELETE FROM passkeys WHERE account_id = $1 AND created_at >= $2`, account, since.UnixMilli()); err != nil {
		return fmt.Errorf("end new passkeys: %w", err)
	}
	return nil
}
