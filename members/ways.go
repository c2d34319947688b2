package members

import (
	"fmt"

	"waypost/internal/db"
	"waypost/internal/problem"
)

// HoldAccount keeps others from changing the ways into an account until this transaction
// has ended, so that of two who remove one each the second sees what the first left.
func (s *Service) HoldAccount(tx *db.Tx, id string) error {
	n, err := tx.Exec(`UPDATE accounts SET language = language WHERE id = $1 AND disabled_at IS NULL`, id)
	if err != nil {
		return fmt.Errorf("hold an account: %w", err)
	}
	if n == 0 {
		return problem.New(problem.NotFound, "problem.not_found")
	}
	return nil
}

// KeepsAWay is the account from which a way in was just taken; Conflict if that was its
// last. ways counts those that are left.
func (s *Service) KeepsAWay(tx *db.Tx, id string, ways func(*db.Tx, Account) (int, error)) (Account, error) {
	a, err := s.AccountByID(tx, id)
	if err != nil {
		return a, err
	}
	left, err := ways(tx, a)
	if err == nil && left == 0 {
		err = problem.New(problem.Conflict, "ways.last")
	}
	return a, err
}

// HasConsole reports whether `waypost owner-link` signs this account in.
func (s *Service) HasConsole(tx *db.Tx, id string) (bool, error) {
	owner, err := firstOwner(tx)
	return owner == id, err
}
