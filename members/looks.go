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
	in, args := db.In(3, Given())
	var others []string
	held, err := db.List(tx, func(r db.Row) (bool, error) {
		var id string
		var role bool
		err := r.Scan(&id, &role)
		others = append(others, id)
		return role, err
	}, `SELECT p.id, EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = p.account_id AND r.role IN `+in+`) FROM profiles p
		WHERE p.name_looks = $1 AND p.id <> $2 ORDER BY p.id`, append([]any{looks.Name(name), by.ProfileID}, args...)...)
	if err != nil {
		return false, fmt.Errorf("look who has a name like that: %w", err)
	}
	if len(others) == 0 || slices.Contains(held, true) || s.Published == nil {
		return slices.Contains(held, true), nil
	}
	writes, err := s.Published(tx, others)
	return len(writes) > 0, err
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

// LookMissing looks at profiles that are older than the columns for that. Of two handles
// that look alike both stay, and the one that was there first keeps others away.
func (s *Service) LookMissing(ctx context.Context) error {
	type row struct{ id, handle, name string }
	after := ""
	for {
		n, last := 0, ""
		err := s.DB.Update(ctx, func(tx *db.Tx) error {
			list, err := db.List(tx, func(r db.Row) (row, error) {
				var x row
				return x, r.Scan(&x.id, &x.handle, &x.name)
			}, `SELECT id, handle, name FROM profiles WHERE id > $1 AND name_looks IS NULL ORDER BY id LIMIT $2`, after, onePass)
			n = len(list)
			for _, x := range list {
				if err != nil {
					break
				}
				_, err = tx.Exec(`UPDATE profiles SET name_looks = $1,
					handle_looks = CASE WHEN EXISTS (SELECT 1 FROM profiles o WHERE o.handle_looks = $2) THEN NULL ELSE $2 END WHERE id = $3`,
					looks.Name(x.name), looks.Handle(x.handle), x.id)
			}
			if err == nil && n > 0 {
				last = list[n-1].id
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("look at the names of before: %w", err)
		}
		if n < onePass {
			return nil
		}
		after = last
	}
}
