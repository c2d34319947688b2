package mail

import (
	"fmt"

	"waypost/internal/db"
	"waypost/internal/personal"
)

// Held hands over the letters to somebody's address, with what they say unless that was
// for their eyes alone.
func (o *Outbox) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	if p.Address == "" {
		return nil
	}
	err := personal.Rows(tx, out, personal.Find{Table: "letters", Where: `recipient_key = $1`, Args: []any{p.Address}, Omit: []string{"lease", "unsubscribe"}})
	if err != nil {
		return err
	}
	return personal.Rows(tx, out, personal.Find{Table: "letter_texts", Omit: []string{"sealed"}, Args: []any{p.Address},
		Where: `id IN (SELECT text_id FROM letters WHERE recipient_key = $1)`})
}

// Forget takes the letters to somebody away that have not been sent, and of those that
// were the address and what they said.
func (o *Outbox) Forget(tx *db.Tx, p personal.Person) error {
	if p.Address == "" {
		return nil
	}
	for _, query := range []string{
		`DELETE FROM letters WHERE recipient_key = $1 AND state = 'waiting'`,
		`UPDATE letters SET recipient = '', filling = '', unsubscribe = '', reason = '', text_id = NULL, unique_key = NULL WHERE recipient_key = $1`,
		`UPDATE letters SET recipient_key = '' WHERE recipient_key = $1`,
	} {
		if _, err := tx.Exec(query, p.Address); err != nil {
			return fmt.Errorf("forget the letters to an address: %w", err)
		}
	}
	_, err := tx.Exec(`DELETE FROM letter_texts WHERE NOT shared AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.text_id = letter_texts.id)`)
	if err != nil {
		return fmt.Errorf("forget what letters said: %w", err)
	}
	return nil
}
