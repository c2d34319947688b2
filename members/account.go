package members

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/problem"
)

// Account signs in.
type Account struct {
	ID       string
	Name     string
	Email    string // empty for an owner made on the console
	Language string // of the desk; empty: the community's
	Roles    []Role
	Trusted  bool // publishes without review, where the community allows it
}

// NewAccount is what an account is made from.
type NewAccount struct {
	Name     string
	Email    string // as its holder writes it; empty for an owner made on the console
	EmailKey string // what two spellings of one address share (mail.Address)
	Language string
	Roles    []Role // besides Member, which every account has
}

// CreateAccount makes an account in a transaction; Conflict if the address has one.
func (s *Service) CreateAccount(tx *db.Tx, by string, n NewAccount) (Account, error) {
	a := Account{ID: s.IDs.New(), Name: n.Name, Email: n.Email, Language: n.Language, Roles: append([]Role{Member}, n.Roles...)}
	now := s.Clock().UnixMilli()
	_, err := tx.Exec(`INSERT INTO accounts (id, name, email, email_key, language, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		a.ID, a.Name, db.OrNull(n.Email), db.OrNull(n.EmailKey), db.OrNull(n.Language), now)
	if db.Duplicate(err) {
		return a, problem.New(problem.Conflict, "account.email_taken")
	}
	if err != nil {
		return a, fmt.Errorf("create an account: %w", err)
	}
	for _, role := range a.Roles {
		if _, err := tx.Exec(`INSERT INTO account_roles (account_id, role, granted_at) VALUES ($1, $2, $3)`, a.ID, role, now); err != nil {
			return a, fmt.Errorf("create an account: %w", err)
		}
	}
	if err := index(tx, a.ID); err != nil {
		return a, err
	}
	if s.Joined != nil {
		if err := s.Joined(tx, a.ID); err != nil {
			return a, err
		}
	}
	return a, s.Record(tx, by, "account.created", "account:"+a.ID, roleNames(a.Roles))
}

func roleNames(roles []Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	return strings.Join(names, " ")
}

const accountColumns = `id, name, COALESCE(email, ''), COALESCE(language, ''), trusted`

// AccountByID finds an account that may sign in; NotFound if there is none.
func (s *Service) AccountByID(tx *db.Tx, id string) (Account, error) {
	return oneAccount(tx, `SELECT `+accountColumns+` FROM accounts WHERE id = $1 AND disabled_at IS NULL`, id)
}

// AccountByEmail finds an account that may sign in by the key of its address; NotFound
// if there is none.
func (s *Service) AccountByEmail(tx *db.Tx, key string) (Account, error) {
	return oneAccount(tx, `SELECT `+accountColumns+` FROM accounts WHERE email_key = $1 AND disabled_at IS NULL`, key)
}

// AddressTaken reports that an account has an address, also one that was closed.
func (s *Service) AddressTaken(tx *db.Tx, key string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM accounts WHERE email_key = $1)`, key))
}

func scanAccount(r db.Row) (Account, error) {
	var a Account
	return a, r.Scan(&a.ID, &a.Name, &a.Email, &a.Language, &a.Trusted)
}

func oneAccount(tx *db.Tx, query string, args ...any) (Account, error) {
	a, err := scanAccount(tx.QueryRow(query, args...))
	if db.Missing(err) {
		return a, problem.New(problem.NotFound, "problem.not_found")
	}
	if err != nil {
		return a, fmt.Errorf("read an account: %w", err)
	}
	a.Roles, err = rolesIn(tx, a.ID)
	return a, err
}

// NameAccount changes an account's name and the language its desk speaks.
func (s *Service) NameAccount(tx *db.Tx, id, name, language string) error {
	if utf8.RuneCountInString(name) > maxName {
		var f problem.Fields
		f.Add("your_name", "field.too_long", "max", maxName)
		return f.Err()
	}
	if _, err := tx.Exec(`UPDATE accounts SET name = $1, language = $2 WHERE id = $3`, name, db.OrNull(language), id); err != nil {
		return fmt.Errorf("name an account: %w", err)
	}
	return index(tx, id)
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

// SetEmail gives an account another address and returns the key of the one it had; Gone
// if another account has it.
func (s *Service) SetEmail(tx *db.Tx, by, account, email, key string) (string, error) {
	var old string
	if err := tx.QueryRow(`SELECT COALESCE(email_key, '') FROM accounts WHERE id = $1`, account).Scan(&old); err != nil {
		return "", fmt.Errorf("read an account's address: %w", err)
	}
	n, err := tx.Exec(`UPDATE accounts SET email = $1, email_key = $2 WHERE id = $3 AND NOT EXISTS (SELECT 1 FROM accounts o WHERE o.email_key = $2 AND o.id <> $3)`,
		email, key, account)
	if err != nil && !db.Duplicate(err) {
		return "", fmt.Errorf("change an account's address: %w", err)
	}
	if err != nil || n == 0 {
		return "", problem.New(problem.Gone, "account.email_taken")
	}
	if err := index(tx, account); err != nil {
		return "", err
	}
	return old, s.Record(tx, by, "account.changed", "account:"+account, "")
}

// OwnerHasAddress reports that somebody whose the community is can be written to.
func (s *Service) OwnerHasAddress(tx *db.Tx) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM accounts a JOIN account_roles r ON r.account_id = a.id
		WHERE r.role = $1 AND a.email IS NOT NULL AND a.disabled_at IS NULL)`, string(Owner)))
}

// Several reports that there is more than one account.
func (s *Service) Several(tx *db.Tx) (bool, error) {
	ids, err := db.List(tx, db.Value[string], `SELECT id FROM accounts ORDER BY id LIMIT 2`)
	return len(ids) > 1, err
}
