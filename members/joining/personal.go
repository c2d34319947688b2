package joining

import (
	"fmt"

	"waypost/internal/db"
	"waypost/internal/personal"
)

// Held hands over the invitations that somebody made and what they wrote when they
// asked to join.
func (s *Service) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	err := personal.Rows(tx, out, personal.Find{Table: "invitations", Where: `made_by = $1`, Args: []any{p.Account}, Omit: []string{"hash"}})
	if err != nil {
		return err
	}
	return personal.Rows(tx, out, personal.Find{Table: "join_requests", Where: `address_key = $1`, Args: []any{p.Address}, Omit: []string{"browser_hash"}})
}

// Forget ends somebody's invitations and takes back what they asked. Whom they kept out
// stays out, and the address of who is kept out is a keyed hash that stays.
func (s *Service) Forget(tx *db.Tx, p personal.Person) error {
	for _, statement := range []struct {
		query string
		args  []any
	}{
		{`DELETE FROM invitations WHERE made_by = $1`, []any{p.Account}},
		{`DELETE FROM join_requests WHERE address_key = $1`, []any{p.Address}},
		{`UPDATE barred SET barred_by = $2 WHERE barred_by = $1`, []any{p.Account, personal.Left}},
	} {
		if _, err := tx.Exec(statement.query, statement.args...); err != nil {
			return fmt.Errorf("forget how somebody joined: %w", err)
		}
	}
	return nil
}

// Addresses lists the addresses of those who wait to be let in.
func (s *Service) Addresses(tx *db.Tx) ([]personal.Trace, error) {
	return personal.Traces(tx, `SELECT address_key, asked_at FROM join_requests`)
}
