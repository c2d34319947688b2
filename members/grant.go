package members

import (
	"context"
	"fmt"
	"slices"

	"waypost/internal/db"
	"waypost/internal/problem"
)

// MayGive reports whether the actor may give a role, or take it: they look after people
// and have every right that comes with it.
func (a Actor) MayGive(role Role) bool {
	for _, g := range Table() {
		if slices.Contains(g.Roles, role) && !a.May(g.Right) {
			return false
		}
	}
	return a.May(ManagePeople)
}

// Given are the roles that can be given and taken; every account is a member's.
func Given() []Role { return slices.DeleteFunc(Roles(), func(r Role) bool { return r == Member }) }

// SetRoles is SetRolesIn in a transaction of its own.
func (s *Service) SetRoles(ctx context.Context, by Actor, id string, had, want []Role) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error { return s.SetRolesIn(tx, by, id, had, want) })
}

// SetRolesIn gives an account the roles that it wants and takes the others that it had
// when somebody looked. Where it has others by now, nothing is done. Who has got other
// rights signs in anew everywhere.
func (s *Service) SetRolesIn(tx *db.Tx, by Actor, id string, had, want []Role) error {
	p, err := s.ruled(tx, by, id)
	if err != nil {
		return err
	}
	if !sameRoles(p.Roles, had) {
		return problem.New(problem.Conflict, "person.changed")
	}
	if sameRoles(p.Roles, want) {
		return nil
	}
	for _, role := range Given() {
		before, after := slices.Contains(p.Roles, role), slices.Contains(want, role)
		if before == after {
			continue
		}
		if !by.MayGive(role) {
			return problem.New(problem.Forbidden, "person.above")
		}
		if err := s.setRole(tx, by, id, role, after); err != nil {
			return err
		}
	}
	return s.SignOutEverywhere(tx, id)
}

func sameRoles(a, b []Role) bool {
	for _, role := range Given() {
		if slices.Contains(a, role) != slices.Contains(b, role) {
			return false
		}
	}
	return true
}

func (s *Service) setRole(tx *db.Tx, by Actor, id string, role Role, given bool) error {
	if !given {
		if role == Owner {
			if err := s.anotherOwner(tx, id); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(`DELETE FROM account_roles WHERE account_id = $1 AND role = $2`, id, role); err != nil {
			return fmt.Errorf("take a role: %w", err)
		}
		return s.Record(tx, by.AccountID, "role.taken", "account:"+id, string(role))
	}
	_, err := tx.Exec(`INSERT INTO account_roles (account_id, role, granted_at) VALUES ($1, $2, $3)`, id, role, s.Clock().UnixMilli())
	if err != nil {
		return fmt.Errorf("give a role: %w", err)
	}
	return s.Record(tx, by.AccountID, "role.granted", "account:"+id, string(role))
}

// holdOwners keeps the rows of all owners until the transaction ends, so that of two who
// take each other's role, or leave at once, the second sees what the first left.
func holdOwners(tx *db.Tx) error {
	if _, err := tx.Exec(`UPDATE account_roles SET granted_at = granted_at WHERE role = 'owner'`); err != nil {
		return fmt.Errorf("hold the owners: %w", err)
	}
	return nil
}

// ruled is the person whom somebody is about to change, if they may.
func (s *Service) ruled(tx *db.Tx, by Actor, id string) (Person, error) {
	if !by.May(ManagePeople) {
		return Person{}, problem.New(problem.Forbidden, "problem.forbidden")
	}
	if err := holdOwners(tx); err != nil {
		return Person{}, err
	}
	p, err := s.PersonByID(tx, id)
	if err == nil && p.Above(by) {
		err = problem.New(problem.Forbidden, "person.above")
	}
	return p, err
}

// anotherOwner refuses what would leave nobody who can run the community.
func (s *Service) anotherOwner(tx *db.Tx, id string) error {
	var others bool
	err := tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM account_roles r JOIN accounts a ON a.id = r.account_id
		WHERE r.role = 'owner' AND r.account_id <> $1 AND a.disabled_at IS NULL)`, id).Scan(&others)
	if err != nil {
		return fmt.Errorf("look for another owner: %w", err)
	}
	if !others {
		return problem.New(problem.Conflict, "person.last_owner")
	}
	return nil
}

// SetTrusted says whether a person publishes without review, where the community allows
// that.
func (s *Service) SetTrusted(ctx context.Context, by Actor, id string, trusted bool) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		p, err := s.ruled(tx, by, id)
		if err != nil || p.Trusted == trusted {
			return err
		}
		if _, err := tx.Exec(`UPDATE accounts SET trusted = $1 WHERE id = $2`, trusted, id); err != nil {
			return fmt.Errorf("trust an account: %w", err)
		}
		act := "account.trusted"
		if !trusted {
			act = "account.untrusted"
		}
		return s.Record(tx, by.AccountID, act, "account:"+id, "")
	})
}

// Disable keeps a person from signing in, and signs them out everywhere at once. What
// they have published stays.
func (s *Service) Disable(ctx context.Context, by Actor, id string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		p, err := s.ruled(tx, by, id)
		switch {
		case err != nil:
			return err
		case p.ID == by.AccountID:
			return problem.New(problem.Conflict, "person.yourself")
		case p.State == Disabled:
			return nil
		}
		if slices.Contains(p.Roles, Owner) {
			if err := s.anotherOwner(tx, id); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(`UPDATE accounts SET disabled_at = $1 WHERE id = $2 AND disabled_at IS NULL`, s.Clock().UnixMilli(), id); err != nil {
			return fmt.Errorf("disable an account: %w", err)
		}
		if err := s.SignOutEverywhere(tx, id); err != nil {
			return err
		}
		return s.Record(tx, by.AccountID, "account.disabled", "account:"+id, "")
	})
}

// Enable lets a disabled person sign in again. Nothing that was ended comes back.
func (s *Service) Enable(ctx context.Context, by Actor, id string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		p, err := s.ruled(tx, by, id)
		if err != nil || p.State == Active {
			return err
		}
		if _, err := tx.Exec(`UPDATE accounts SET disabled_at = NULL WHERE id = $1`, id); err != nil {
			return fmt.Errorf("enable an account: %w", err)
		}
		return s.Record(tx, by.AccountID, "account.enabled", "account:"+id, "")
	})
}

// SignOutEverywhere ends every session of an account, and every link that would open one.
func (s *Service) SignOutEverywhere(tx *db.Tx, id string) error {
	if _, err := tx.Exec(`DELETE FROM sessions WHERE account_id = $1`, id); err != nil {
		return fmt.Errorf("end the sessions of an account: %w", err)
	}
	if err := s.Proofs.End(tx, id, ""); err != nil {
		return fmt.Errorf("end the links of an account: %w", err)
	}
	return nil
}
