package members

import (
	"fmt"

	"waypost/internal/db"
	"waypost/internal/looks"
	"waypost/internal/personal"
	"waypost/internal/problem"
)

// FormerID is the ID of the author who stands over what somebody left here without
// their name: one for the whole community.
const FormerID = "former-member"

// PersonOf is whom an account belongs to; NotFound if there is none.
func (s *Service) PersonOf(tx *db.Tx, accountID string) (personal.Person, error) {
	p := personal.Person{Account: accountID}
	err := tx.QueryRow(`SELECT COALESCE(a.email_key, ''), COALESCE(p.id, '') FROM accounts a LEFT JOIN profiles p ON p.account_id = a.id WHERE a.id = $1`,
		accountID).Scan(&p.Address, &p.Profile)
	if db.Missing(err) {
		return p, problem.New(problem.NotFound, "problem.not_found")
	}
	if err != nil {
		return p, fmt.Errorf("find whose account it is: %w", err)
	}
	return p, nil
}

// Held hands over an account, its roles, the browsers it is signed in with, and the
// page as an author.
func (s *Service) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	for _, f := range []personal.Find{
		{Table: "accounts", Where: `id = $1`, Args: []any{p.Account}},
		{Table: "account_roles", Where: `account_id = $1`, Args: []any{p.Account}},
		{Table: "sessions", Where: `account_id = $1`, Args: []any{p.Account}, Omit: []string{"hash"}},
		{Table: "profiles", Where: `account_id = $1`, Args: []any{p.Account}, Omit: []string{"handle_looks", "name_looks"}},
		{Table: "notice_choices", Where: `account_id = $1`, Args: []any{p.Account}},
	} {
		if err := personal.Rows(tx, out, f); err != nil {
			return err
		}
	}
	return nil
}

// Forget ends an account and all that opens it. The page as an author goes; with the
// name kept over stories it stays with that name alone. The last owner is refused.
func (s *Service) Forget(tx *db.Tx, p personal.Person, w personal.Wish) error {
	if err := s.notLastOwner(tx, p.Account); err != nil {
		return err
	}
	if err := s.forgetProfile(tx, p.Profile, w.Stories); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM sessions WHERE account_id = $1`,
		`DELETE FROM account_roles WHERE account_id = $1`,
		`DELETE FROM notice_choices WHERE account_id = $1`,
		`DELETE FROM accounts WHERE id = $1`,
	} {
		if _, err := tx.Exec(query, p.Account); err != nil {
			return fmt.Errorf("end account %s: %w", p.Account, err)
		}
	}
	return nil
}

// notLastOwner refuses to leave a community without an owner.
func (s *Service) notLastOwner(tx *db.Tx, account string) error {
	if err := holdOwners(tx); err != nil {
		return err
	}
	last, err := s.LastOwner(tx, account)
	if err == nil && last {
		err = problem.New(problem.Conflict, "leave.last_owner")
	}
	return err
}

// LastOwner reports that nobody else owns the community.
func (s *Service) LastOwner(tx *db.Tx, account string) (bool, error) {
	var own, others int
	err := tx.QueryRow(`SELECT count(CASE WHEN a.id = $1 THEN 1 END), count(CASE WHEN a.id <> $1 AND a.disabled_at IS NULL THEN 1 END)
		FROM accounts a JOIN account_roles r ON r.account_id = a.id WHERE r.role = 'owner'`, account).Scan(&own, &others)
	if err != nil {
		return false, fmt.Errorf("count the owners: %w", err)
	}
	return own > 0 && others == 0, nil
}

func (s *Service) forgetProfile(tx *db.Tx, id string, stories personal.Choice) error {
	if id == "" {
		return nil
	}
	p, err := s.ProfileByID(tx, id)
	if err != nil {
		return err
	}
	s.Keeper.Forget(tx, TagProfile(id), TagProfiles)
	if stories == personal.Named {
		writes, err := s.Writes(tx, id)
		if err != nil {
			return err
		}
		if writes {
			_, err := tx.Exec(`UPDATE profiles SET pronouns = '', place = '', bio = '', links = '[]', picture_id = NULL, account_id = NULL,
				audience = 'nobody', shown = '{}',
				version = version + 1, updated_at = $1 WHERE id = $2`, s.Clock().UnixMilli(), id)
			if err != nil {
				return fmt.Errorf("leave author %s the name alone: %w", id, err)
			}
			_, err = tx.Exec(`DELETE FROM people_names WHERE profile_id = $1`, id)
			return err
		}
	}
	if err := s.Vanish(tx, address(p.Handle), id); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM profiles WHERE id = $1`, id); err != nil {
		return fmt.Errorf("remove author %s: %w", id, err)
	}
	return nil
}

// Former is the author who stands over what was left without a name, made when it is
// first needed.
func (s *Service) Former(tx *db.Tx) (Profile, error) {
	p, err := s.ProfileByID(tx, FormerID)
	if !problem.Is(err, problem.NotFound) {
		return p, err
	}
	now := s.Clock()
	p = Profile{ID: FormerID, Audience: NoOne, Version: 1, Created: now, Updated: now}
	if p.Name, err = s.FormerName(tx); err != nil {
		return p, err
	}
	if p.Handle, err = s.freeHandle(tx, p.Name); err != nil {
		return p, err
	}
	err = insertProfile(tx, p)
	if err != nil {
		return p, fmt.Errorf("make the author of what was left without a name: %w", err)
	}
	return p, nil
}

// RenameFormer gives that author the name that the community's language has for it.
func (s *Service) RenameFormer(tx *db.Tx) error {
	name, err := s.FormerName(tx)
	if err != nil {
		return err
	}
	n, err := tx.Exec(`UPDATE profiles SET name = $1, name_looks = $3, version = version + 1 WHERE id = $2 AND name <> $1`, name, FormerID, looks.Name(name))
	if err != nil {
		return fmt.Errorf("name the author of what was left without a name: %w", err)
	}
	if n > 0 {
		s.Keeper.Touch(tx, TagProfile(FormerID), TagProfiles)
	}
	return nil
}

// Shows reports that a profile shows a picture.
func (s *Service) Shows(tx *db.Tx, pictureID string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM profiles WHERE picture_id = $1)`, pictureID))
}

// NameOfAccount is the name of an account, whether or not it may sign in; NotFound if
// there is none.
func (s *Service) NameOfAccount(tx *db.Tx, id string) (string, error) {
	name, err := db.Value[string](tx.QueryRow(`SELECT name FROM accounts WHERE id = $1`, id))
	if db.Missing(err) {
		return "", problem.New(problem.NotFound, "problem.not_found")
	}
	return name, err
}
