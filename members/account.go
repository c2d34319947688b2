package members

import (
	"fmt"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/problem"
)

// Account signs in.
type Account struct {
	ID       string
	Name     string
	Language string // of the desk; empty: the community's
	Roles    []Role
}

// createOwner makes an account that has every right.
func (s *Service) createOwner(tx *db.Tx, name string) (Account, error) {
	a := Account{ID: s.IDs.New(), Name: name, Roles: []Role{Owner}}
	now := s.Clock().UnixMilli()
	if _, err := tx.Exec(`INSERT INTO accounts (id, name, created_at) VALUES ($1, $2, $3)`, a.ID, a.Name, now); err != nil {
		return a, fmt.Errorf("create an owner: %w", err)
	}
	if _, err := tx.Exec(`INSERT INTO account_roles (account_id, role, granted_at) VALUES ($1, $2, $3)`, a.ID, Owner, now); err != nil {
		return a, fmt.Errorf("create an owner: %w", err)
	}
	return a, s.Record(tx, "", "account.created", "account:"+a.ID, string(Owner))
}

// AccountByID finds an account that may sign in; NotFound if there is none.
func (s *Service) AccountByID(tx *db.Tx, id string) (Account, error) {
	a := Account{ID: id}
	var language *string
	err := tx.QueryRow(`SELECT name, language FROM accounts WHERE id = $1 AND disabled_at IS NULL`, id).Scan(&a.Name, &language)
	if db.Missing(err) {
		return a, problem.New(problem.NotFound, "problem.not_found")
	}
	if err != nil {
		return a, fmt.Errorf("read account: %w", err)
	}
	if language != nil {
		a.Language = *language
	}
	a.Roles, err = db.List(tx, db.Value[Role], `SELECT role FROM account_roles WHERE account_id = $1 ORDER BY role`, id)
	return a, err
}

// NameAccount changes an account's name and the language its desk speaks.
func (s *Service) NameAccount(tx *db.Tx, id, name, language string) error {
	if utf8.RuneCountInString(name) > maxName {
		var f problem.Fields
		f.Add("your_name", "field.too_long", "max", maxName)
		return f.Err()
	}
	_, err := tx.Exec(`UPDATE accounts SET name = $1, language = $2 WHERE id = $3`, name, nullable(language), id)
	return err
}

// firstOwner is the account that has been an owner for longest, or "".
func firstOwner(tx *db.Tx) (string, error) {
	var id string
	err := tx.QueryRow(`SELECT a.id FROM accounts a JOIN account_roles r ON r.account_id = a.id
		WHERE r.role = 'owner' AND a.disabled_at IS NULL ORDER BY r.granted_at, a.id LIMIT 1`).Scan(&id)
	if db.Missing(err) {
		return "", nil
	}
	return id, err
}
