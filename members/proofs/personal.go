package proofs

import (
	"fmt"

	"waypost/internal/db"
	"waypost/internal/personal"
)

// ofPerson finds the proofs that are about an account or were asked for an address.
const ofPerson = `(subject <> '' AND subject = $1) OR (address_key <> '' AND address_key = $2)`

// Held hands over which proofs somebody asked for, without what opens anything.
func (s *Service) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	return personal.Rows(tx, out, personal.Find{Table: "proofs", Where: ofPerson, Args: []any{p.Account, p.Address},
		Omit: []string{"link_hash", "code_hash", "browser_hash"}})
}

// Forget deletes them.
func (s *Service) Forget(tx *db.Tx, p personal.Person) error {
	if _, err := tx.Exec(`DELETE FROM proofs WHERE `+ofPerson, p.Account, p.Address); err != nil {
		return fmt.Errorf("forget proofs: %w", err)
	}
	return nil
}

// Addresses lists the addresses for which proofs were asked.
func (s *Service) Addresses(tx *db.Tx) ([]personal.Trace, error) {
	return personal.Traces(tx, `SELECT address_key, min(asked_at) FROM proofs WHERE address_key <> '' GROUP BY address_key`)
}
