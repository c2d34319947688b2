package community

import (
	"fmt"

	"waypost/internal/db"
)

// keyKept is the name under which the database remembers which key an owner has put
// away; keyFingerprint that of the key in use.
const (
	keyKept        = "key-kept"
	keyFingerprint = "key-fingerprint"
)

// KeyKept reports that an owner has said that a copy of the key in use is put away.
func (s *Service) KeyKept(tx *db.Tx) (bool, error) {
	key, kept, err := keys(tx)
	return err == nil && kept != nil && *kept == key, err
}

// KeepKey notes that a copy of the key in use is put away. With another key the
// reminder comes back.
func (s *Service) KeepKey(tx *db.Tx, by string) error {
	key, _, err := keys(tx)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO instance (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, keyKept, key)
	if err != nil {
		return fmt.Errorf("note that the key is put away: %w", err)
	}
	return s.Record(tx, by, "key.kept", "community", "")
}

// keys are the fingerprint of the key in use and of the one that was put away.
func keys(tx *db.Tx) (key string, kept *string, err error) {
	for name, value := range map[string]func(string){keyFingerprint: func(v string) { key = v }, keyKept: func(v string) { kept = &v }} {
		var v string
		err := tx.QueryRow(`SELECT value FROM instance WHERE name = $1`, name).Scan(&v)
		switch {
		case err == nil:
			value(v)
		case !db.Missing(err):
			return "", nil, fmt.Errorf("read which key is put away: %w", err)
		}
	}
	return key, kept, nil
}
