package passkeys

import (
	"fmt"

	"waypost/internal/db"
)

// Offer reports whether an account should be offered a passkey: it has none here and
// has not said "not now" before.
func (s *Service) Offer(tx *db.Tx, account string) (bool, error) {
	if !s.Available() {
		return false, nil
	}
	var n int
	err := tx.QueryRow(`SELECT (SELECT count(*) FROM passkeys WHERE account_id = $1 AND rp_id = $2) +
		(SELECT count(*) FROM passkey_declined WHERE account_id = $1)`, account, s.host()).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look whether to offer a passkey: %w", err)
	}
	return n == 0, nil
}

// Decline remembers that an account wants no passkey for now.
func (s *Service) Decline(tx *db.Tx, account string) error {
	_, err := tx.Exec(`INSERT INTO passkey_declined (account_id, declined_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, account, s.Clock().UnixMilli())
	return err
}
