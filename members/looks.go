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
	_, err := s.naming(tx, by, name, handle)
	return err
}

// NamingStranger checks the name of somebody without an account as Naming does, and
// reports that it looks like that of a member who is not known by it.
func (s *Service) NamingStranger(tx *db.Tx, name string) (alike bool, err error) {
	return s.naming(tx, Actor{}, name, "")
}

func (s *Service) naming(tx *db.Tx, by Actor, name, handle string) (alike bool, err error) {
	var f problem.Fields
	CheckName(&f, "name", name)
	if mixed(handle) {
		f.Add("handle", "name.mixed")
	}
	if err := f.Err(); err != nil {
		return false, err
	}
	borrowed, alike, err := s.borrowed(tx, by, name)
	if err != nil {
		return false, err
	}
	if borrowed {
		f.Add("name", "name.borrowed")
	}
	return alike, f.Err()
}

// namesake is somebody else whose name looks the same.
type namesake struct {
	profile string
	member  bool
	role    bool // above member
}

// borrowed reports that a name looks like that of somebody else who is known by it, or
// like that of another member.
func (s *Service) borrowed(tx *db.Tx, by Actor, name string) (borrowed, alike bool, err error) {
	if by.ProfileID != "" {
		own, err := s.ProfileByID(tx, by.ProfileID)
		if err != nil || own.Name == name {
			return false, false, err
		}
	}
	look, after := looks.Name(name), ""
	if held, err := heldWithoutProfile(tx, by); err != nil || held[look] {
		return err == nil, false, err
	}
	for {
		others, err := namesakes(tx, look, by.ProfileID, after)
		if err != nil || len(others) == 0 {
			return false, alike, err
		}
		ids := make([]string, len(others))
		for i, o := range others {
			if o.role {
				return true, false, nil
			}
			alike = alike || o.member
			ids[i] = o.profile
		}
		if s.Published != nil {
			if writes, err := s.Published(tx, ids); err != nil || len(writes) > 0 {
				return err == nil, false, err
			}
		}
		after = ids[len(ids)-1]
	}
}

// namesakes lists some whose names look like this.
func namesakes(tx *db.Tx, look, own, after string) ([]namesake, error) {
	in, args := db.In(5, Given())
	list, err := db.List(tx, func(r db.Row) (namesake, error) {
		var n namesake
		return n, r.Scan(&n.profile, &n.member, &n.role)
	}, `SELECT p.id, p.account_id IS NOT NULL, EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = p.account_id AND r.role IN `+in+`)
		FROM profiles p WHERE p.name_looks = $1 AND p.id <> $2 AND p.id > $3 ORDER BY p.id LIMIT $4`, append([]any{look, own, after, onePass}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("look who has a name like that: %w", err)
	}
	return list, nil
}

// Resembling finds those of some names that look like the name of somebody who has a
// profile here, or a role without one.
func (s *Service) Resembling(tx *db.Tx, names []string) (map[string]bool, error) {
	like := make(map[string]bool)
	if len(names) == 0 {
		return like, nil
	}
	known := make([]string, len(names))
	for i, name := range names {
		known[i] = looks.Name(name)
	}
	in, args := db.In(1, known)
	found, err := db.List(tx, db.Value[string], `SELECT DISTINCT name_looks FROM profiles WHERE name_looks IN `+in, args...)
	if err != nil {
		return nil, fmt.Errorf("look who has names like some: %w", err)
	}
	held, err := heldWithoutProfile(tx, Actor{})
	for i, name := range names {
		like[name] = slices.Contains(found, known[i]) || held[known[i]]
	}
	return like, err
}

// heldWithoutProfile finds how the names look of others who were let in with a name and a
// role above member, and have not come yet: their accounts have the names.
func heldWithoutProfile(tx *db.Tx, by Actor) (map[string]bool, error) {
	in, args := db.In(2, Given())
	names, err := db.List(tx, db.Value[string], `SELECT a.name FROM account_roles r JOIN accounts a ON a.id = r.account_id
		WHERE r.role IN `+in+` AND a.id <> $1 AND a.name <> '' AND NOT EXISTS (SELECT 1 FROM profiles p WHERE p.account_id = a.id)`,
		append([]any{by.AccountID}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("look who has a role and no profile: %w", err)
	}
	held := make(map[string]bool, len(names))
	for _, name := range names {
		held[looks.Name(name)] = true
	}
	return held, nil
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
