package community

import (
	"fmt"

	"waypost/internal/db"
)

// Target is the thing an old address leads to.
type Target struct {
	Kind string // "story", "page", "author", "topic", FormerHome
	ID   string
}

// FormerHome is the kind of the front page of a blog that lay below its host's.
const FormerHome = "home"

// Redirect lets an old address, a path with its query if it has one, lead to a
// thing from now on. An address that already leads somewhere is led anew.
func (s *Service) Redirect(tx *db.Tx, path string, to Target) error {
	_, err := tx.Exec(`INSERT INTO redirects (path, kind, subject_id, created_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (path) DO UPDATE SET kind = excluded.kind, subject_id = excluded.subject_id`,
		path, to.Kind, to.ID, s.Clock().UnixMilli())
	if err != nil {
		return fmt.Errorf("redirect %s: %w", path, err)
	}
	return nil
}

// Lead lets all old addresses of one thing lead to another of its kind.
func (s *Service) Lead(tx *db.Tx, from, to Target) error {
	if _, err := tx.Exec(`UPDATE redirects SET subject_id = $1 WHERE kind = $2 AND subject_id = $3`, to.ID, from.Kind, from.ID); err != nil {
		return fmt.Errorf("lead old addresses elsewhere: %w", err)
	}
	return nil
}

// Release ends the redirect of a path that a thing takes as its own address.
func (s *Service) Release(tx *db.Tx, path string) error {
	if _, err := tx.Exec(`DELETE FROM redirects WHERE path = $1`, path); err != nil {
		return fmt.Errorf("release %s: %w", path, err)
	}
	return nil
}

// Find looks an old address up.
func (s *Service) Find(tx *db.Tx, path string) (Target, bool, error) {
	var t Target
	err := tx.QueryRow(`SELECT kind, subject_id FROM redirects WHERE path = $1`, path).Scan(&t.Kind, &t.ID)
	if db.Missing(err) {
		return t, false, nil
	}
	return t, err == nil, err
}
