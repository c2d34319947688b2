package members

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/problem"
)

// ProfileFor finds the profile under which an account writes, or makes it, with the
// account's name.
func (s *Service) ProfileFor(tx *db.Tx, accountID string) (string, error) {
	var id string
	err := tx.QueryRow(`SELECT id FROM profiles WHERE account_id = $1`, accountID).Scan(&id)
	if err == nil || !db.Missing(err) {
		return id, err
	}
	a, err := s.AccountByID(tx, accountID)
	if err != nil {
		return "", err
	}
	name := strings.TrimSpace(a.Name)
	if name == "" {
		return "", problem.New(problem.Conflict, "author.account_unnamed")
	}
	if utf8.RuneCountInString(name) > maxName {
		name = string([]rune(name)[:maxName])
	}
	p, err := s.SaveProfileIn(tx, accountID, Profile{Name: name, AccountID: accountID})
	return p.ID, err
}

// Unwanted lists the kinds of notices that an account does not want by letter.
func (s *Service) Unwanted(tx *db.Tx, accountID string) (map[string]bool, error) {
	list, err := db.List(tx, db.Value[string], `SELECT kind FROM notice_choices WHERE account_id = $1`, accountID)
	unwanted := make(map[string]bool, len(list))
	for _, kind := range list {
		unwanted[kind] = true
	}
	return unwanted, err
}

// Want writes down whether an account wants each of some kinds of notices.
func (s *Service) Want(tx *db.Tx, accountID string, wanted map[string]bool) error {
	for kind, yes := range wanted {
		statement := `INSERT INTO notice_choices (account_id, kind) VALUES ($1, $2) ON CONFLICT (account_id, kind) DO NOTHING`
		if yes {
			statement = `DELETE FROM notice_choices WHERE account_id = $1 AND kind = $2`
		}
		if _, err := tx.Exec(statement, accountID, kind); err != nil {
			return fmt.Errorf("choose notices: %w", err)
		}
	}
	return nil
}

// mostTold bounds to how many a notice goes.
const mostTold = 200

// Editors lists the accounts that edit, have an address and want a kind of notice.
func (s *Service) Editors(tx *db.Tx, kind string) ([]Account, error) {
	return s.WithRole(tx, kind, Owner, Editor)
}

// WithRole lists the accounts with one of some roles that have an address and want a kind
// of notice.
func (s *Service) WithRole(tx *db.Tx, kind string, roles ...Role) ([]Account, error) {
	in, args := db.In(3, roles)
	return s.told(tx, kind, `id IN (SELECT account_id FROM account_roles WHERE role IN `+in+`)`, args...)
}

// Holders lists, of some accounts and of those behind some profiles, the ones that have
// an address and want a kind of notice.
func (s *Service) Holders(tx *db.Tx, kind string, accountIDs, profileIDs []string) ([]Account, error) {
	accounts, args := db.In(3, accountIDs)
	people, more := db.In(3+len(args), profileIDs)
	return s.told(tx, kind, `(id IN `+accounts+` OR id IN (SELECT account_id FROM profiles WHERE id IN `+people+`))`, append(args, more...)...)
}

func (s *Service) told(tx *db.Tx, kind, who string, args ...any) ([]Account, error) {
	list, err := db.List(tx, scanAccount, `SELECT `+accountColumns+` FROM accounts WHERE `+who+` AND disabled_at IS NULL AND email IS NOT NULL
		AND id NOT IN (SELECT account_id FROM notice_choices WHERE kind = $1) ORDER BY id LIMIT $2`, append([]any{kind, mostTold}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("find who is told: %w", err)
	}
	return list, nil
}

// Trust lets an account publish without review, where the community allows it, or ends
// that.
func (s *Service) Trust(tx *db.Tx, by, accountID string, yes bool) error {
	n, err := tx.Exec(`UPDATE accounts SET trusted = $1 WHERE id = $2 AND trusted <> $1`, yes, accountID)
	if err != nil {
		return fmt.Errorf("trust an account: %w", err)
	}
	if n == 0 {
		return nil
	}
	act := "account.untrusted"
	if yes {
		act = "account.trusted"
	}
	return s.Record(tx, by, act, "account:"+accountID, "")
}
