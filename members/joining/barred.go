package joining

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"waypost/internal/db"
)

// hashAddress is the form in which a barred address is kept: nobody without the
// instance key can tell which it is.
func (s *Service) hashAddress(key string) string {
	mac := hmac.New(sha256.New, s.Key)
	mac.Write([]byte(key))
	return hex.EncodeToString(mac.Sum(nil))
}

// Bar keeps an address out for good, by its key: an old link, an invitation or an
// approval does not let it in again. What it was sent before ends.
func (s *Service) Bar(tx *db.Tx, by, addressKey string) error {
	_, err := tx.Exec(`INSERT INTO barred (hash, barred_by, barred_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, s.hashAddress(addressKey), by, s.Clock().UnixMilli())
	if err != nil {
		return fmt.Errorf("bar an address: %w", err)
	}
	if _, err := tx.Exec(`DELETE FROM join_requests WHERE address_key = $1`, addressKey); err != nil {
		return fmt.Errorf("bar an address: %w", err)
	}
	return s.Proofs.End(tx, "", addressKey)
}

// Unbar lets an address try again.
func (s *Service) Unbar(tx *db.Tx, addressKey string) error {
	_, err := tx.Exec(`DELETE FROM barred WHERE hash = $1`, s.hashAddress(addressKey))
	return err
}

// Barred reports that an address is kept out.
func (s *Service) Barred(tx *db.Tx, addressKey string) (bool, error) {
	barred, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM barred WHERE hash = $1)`, s.hashAddress(addressKey)))
	if err != nil {
		return false, fmt.Errorf("look whether an address is barred: %w", err)
	}
	return barred, nil
}
