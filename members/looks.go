package members

import (
	"context"
	"fmt"
	"slices"

	"waypost/internal/db"
	"waypost/internal/looks"
	"waypost/internal/problem"
)

// Naming checks the name and the handle that somebody gives themselves; an empty handle
// is made later. Besides what CheckName says, nobody may be called what looks like the
// name of somebody who has a role here or has published something. A name that they have
// already stays theirs.
func (s *Service) Naming(tx *db.Tx, by Actor, name, handle string) error {
	var f problem.Fields
	CheckName(&f, "name", name)
	if mixed(handle) {
		f.Add("handle", "name.mixed")
	}
	if err := f.Err(); err != nil {
		return err
	}
	borrowed, err := s.borrowed(tx, by, name)
	if err != nil {
		return err
	}
	if borrowed {
		f.Add("name", "name.borrowed")
	}
	return f.Err()
}

// borrowed reports that a name looks like that of somebody else who is known by it.
func (s *Service) borrowed(tx *db.Tx, by Actor, name string) (bool, error) {
	if by.ProfileID != "" {
		own, err := s.ProfileByID(tx, by.ProfileID)
		if err != nil || own.Name == name {
			return false, err
		}
	}
	look := looks.Name(name)
	if held, err := heldByRole(tx, by, look); held || err != nil || s.Published == nil {
		return held, err
	}
	after := ""
	for {
		others, err := db.List(tx, db.Value[string], `SELECT id FROM profiles WHERE name_looks = $1 AND id <> $2 AND id > $3 ORDER BY id LIMIT $4`,
			look, by.ProfileID, after, onePass)
		if err != nil {
			return false, fmt.Errorf("look who has a name like that: %w", err)
		}
		if len(others) == 0 {
			return false, nil
		}
		if writes, err := s.Published(tx, others); err != nil || len(writes) > 0 {
			return err == nil, err
		}
		after = others[len(others)-1]
	}
}

// heldByRole reports that a name looks like that of somebody else who has a role above
// member. Whoever was let in with a name, and has not come yet, has no profile: their
// account has the name.
func heldByRole(tx *db.Tx, by Actor, look string) (bool, error) {
	in, args := db.In(3, Given())
	held, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM profiles p JOIN account_roles r ON r.account_id = p.account_id
		WHERE p.name_looks = $1 AND p.id <> $2 AND r.role IN `+in+`)`, append([]any{look, by.ProfileID}, args...)...))
	if err != nil || held {
		return held, err
	}
	in, args = db.In(2, Given())
	names, err := db.List(tx, db.Value[string], `SELECT DISTINCT a.name FROM account_roles r JOIN accounts a ON a.id = r.account_id
		WHERE r.role IN `+in+` AND a.id <> $1 AND a.name <> '' AND NOT EXISTS (SELECT 1 FROM profiles p WHERE p.account_id = a.id) ORDER BY a.name`,
		append([]any{by.AccountID}, args...)...)
	if err != nil {
		return false, fmt.Errorf("look who has a role and no profile: %w", err)
	}
	return slices.ContainsFunc(names, func(name string) bool { return looks.Name(name) == look }), nil
}

// NameKnown reports that a member's name looks like this (looks.Name).
func (s *Service) NameKnown(tx *db.Tx, look string) (bool, error) {
	known, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM profiles WHERE name_looks = $1 AND account_id IS NOT NULL)`, look))
	if err != nil {
		return false, fmt.Errorf("look for members with a name like that: %w", err)
	}
	return known, nil
}

// looksTaken reports that a handle looks like that of another profile, or is it.
func looksTaken(tx *db.Tx, handle, own string) (bool, error) {
	taken, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM profiles WHERE (handle_looks = $1 OR handle = $2) AND id <> $3)`,
		looks.Handle(handle), handle, own))
	if err != nil {
		return false, fmt.Errorf("look for handles like %s: %w", handle, err)
	}
	return taken, nil
}

// LookMissing looks at profiles that are older than the columns for that, and goes on
// where it was cut off. Of two handles that look alike both stay, and the one that was
// there first keeps others away.
func (s *Service) LookMissing(ctx context.Context) error {
	type row struct{ id, handle, name string }
	for {
		n := 0
		err := s.DB.Update(ctx, func(tx *db.Tx) error {
			list, err := db.List(tx, func(r db.Row) (row, error) {
				var x row
				return x, r.Scan(&x.id, &x.handle, &x.name)
			}, notLookedAt, onePass)
			n = len(list)
			for _, x := range list {
				if err != nil {
					break
				}
				_, err = tx.Exec(`UPDATE profiles SET name_looks = $1,
					handle_looks = CASE WHEN EXISTS (SELECT 1 FROM profiles o WHERE o.handle_looks = $2) THEN NULL ELSE $2 END WHERE id = $3 AND name_looks IS NULL`,
					looks.Name(x.name), looks.Handle(x.handle), x.id)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("look at the names of before: %w", err)
		}
		if n < onePass {
			return nil
		}
	}
}

// notLookedAt finds profiles without a look of their name, off its index.
const notLookedAt = `SELECT id, handle, name FROM profiles WHERE name_looks IS NULL ORDER BY id LIMIT $1`
