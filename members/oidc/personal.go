package oidc

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/personal"
)

// Held hands over the accounts at other sites by which somebody signs in. Who is on the
// way there is known for minutes, and by hashes.
func (s *Service) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	return personal.Rows(tx, out, personal.Find{Table: "oidc_links", Where: `account_id = $1`, Args: []any{p.Account}})
}

// Forget ends them, and ways there that were begun.
func (s *Service) Forget(tx *db.Tx, p personal.Person) error {
	for _, query := range []string{`DELETE FROM oidc_links WHERE account_id = $1`, `DELETE FROM oidc_tries WHERE account_id = $1`} {
		if _, err := tx.Exec(query, p.Account); err != nil {
			return fmt.Errorf("forget accounts at other sites: %w", err)
		}
	}
	return nil
}

// EndSince removes what opens an account since some time.
func (s *Service) EndSince(tx *db.Tx, account string, since time.Time) error {
	if _, err := tx.Exec(`DELETE FROM oidc_links WHERE account_id = $1 AND created_at >= $2`, account, since.UnixMilli()); err != nil {
		return fmt.Errorf("end new accounts at other sites: %w", err)
	}
	return nil
}
