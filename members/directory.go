package members

import (
	"fmt"
	"strings"

	"waypost/internal/db"
	"waypost/internal/slug"
)

// DirectoryKey is a place in the list of people.
type DirectoryKey struct {
	Name []byte
	ID   string
}

// nameKeys are a name in the form in which it is looked for: folded, from each of its
// words on.
func nameKeys(name string) []string {
	words := strings.Split(slug.Make(name), "-")
	var keys []string
	for i, w := range words {
		if w != "" {
			keys = append(keys, strings.Join(words[i:], " "))
		}
	}
	return keys
}

// nameAgain writes the names under which members find a person.
func nameAgain(tx *db.Tx, p Profile) error {
	if _, err := tx.Exec(`DELETE FROM people_names WHERE profile_id = $1`, p.ID); err != nil {
		return fmt.Errorf("name %s: %w", p.Handle, err)
	}
	if p.Audience == NoOne {
		return nil
	}
	for i, key := range nameKeys(p.Name) {
		if _, err := tx.Exec(`INSERT INTO people_names (profile_id, position, key) VALUES ($1, $2, $3)`, p.ID, i, []byte(key)); err != nil {
			return fmt.Errorf("name %s: %w", p.Handle, err)
		}
	}
	return nil
}

// The two lists of people end at their limit inside an index, however many there are.
const (
	selectPeople = `SELECT profile_id, key FROM people_names WHERE position = 0 AND (key, profile_id) > ($1, $2) ORDER BY key, profile_id LIMIT $3`
	selectNamed  = `SELECT profile_id, key FROM people_names WHERE (key, profile_id) > ($1, $2) AND key < $4 ORDER BY key, profile_id LIMIT $3`
)

// Directory lists the people whom members may find, as one of them sees each, in the order
// of their names: all, or those with a name or a further word of it that begins so. next
// is where the list goes on; nil at its end.
func (s *Service) Directory(tx *db.Tx, by Actor, begins string, after DirectoryKey, limit int) (list []Profile, next *DirectoryKey, err error) {
	from := after.Name
	if len(from) == 0 {
		from = []byte{0} // before every name
	}
	query, args := selectPeople, []any{from, after.ID, limit + 1}
	if prefix := strings.ReplaceAll(slug.Make(begins), "-", " "); prefix != "" {
		if string(from) < prefix {
			args[0], args[1] = []byte(prefix), ""
		}
		query, args = selectNamed, append(args, append([]byte(prefix), 0xff))
	}
	keys, err := db.List(tx, func(r db.Row) (DirectoryKey, error) {
		var k DirectoryKey
		return k, r.Scan(&k.ID, &k.Name)
	}, query, args...)
	if err != nil {
		return nil, nil, fmt.Errorf("list people: %w", err)
	}
	if len(keys) > limit {
		keys = keys[:limit]
		next = &keys[limit-1]
	}
	ids := make([]string, len(keys))
	for i, k := range keys {
		ids[i] = k.ID
	}
	in, values := db.In(1, ids)
	found, err := db.List(tx, scanProfile, `SELECT `+profileColumns+` FROM profiles p WHERE id IN `+in+`
		AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = p.account_id AND a.disabled_at IS NOT NULL)`, values...)
	if err != nil {
		return nil, nil, fmt.Errorf("read people: %w", err)
	}
	byID := map[string]Profile{}
	for _, p := range found {
		byID[p.ID] = p
	}
	for _, id := range ids {
		if p, ok := byID[id]; ok && p.FoundBy(by) {
			list = append(list, p.SeenBy(by))
			delete(byID, id) // one whose name has two such words stands here once
		}
	}
	return list, next, nil
}

// Person finds somebody by their handle, as one who asks sees them; NotFound if they may
// not, as if nobody were there.
func (s *Service) Person(tx *db.Tx, by Actor, handle string) (Profile, error) {
	p, err := s.ProfileByHandle(tx, handle)
	if err != nil {
		return p, err
	}
	var disabled bool
	err = tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM accounts WHERE id = $1 AND disabled_at IS NOT NULL)`, p.AccountID).Scan(&disabled)
	if err != nil {
		return p, fmt.Errorf("read person %s: %w", handle, err)
	}
	if disabled || !p.FoundBy(by) {
		return Profile{}, notFound()
	}
	return p.SeenBy(by), nil
}
