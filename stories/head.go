package stories

import (
	"fmt"
	"time"

	"waypost/internal/db"
)

// Head is what names a story, for those who need no more of it.
type Head struct {
	ID, Slug, Title, Language string
	State                     State
	Published                 time.Time // the date that readers see
}

// HeadByID finds a story's by its identifier; NotFound if there is none.
func (s *Service) HeadByID(tx *db.Tx, id string) (Head, error) {
	return head(tx, `SELECT id, slug, title, language, state, coalesce(published_at, 0) FROM stories WHERE id = $1`, id)
}

// HeadBySlug finds it by the story's address.
func (s *Service) HeadBySlug(tx *db.Tx, slug string) (Head, error) {
	return head(tx, `SELECT id, slug, title, language, state, coalesce(published_at, 0) FROM stories WHERE slug = $1`, slug)
}

func head(tx *db.Tx, query, key string) (h Head, err error) {
	var published int64
	err = tx.QueryRow(query, key).Scan(&h.ID, &h.Slug, &h.Title, &h.Language, &h.State, &published)
	if db.Missing(err) {
		return h, notFound()
	}
	if err != nil {
		return h, fmt.Errorf("read what names a story: %w", err)
	}
	if published != 0 {
		h.Published = time.UnixMilli(published)
	}
	return h, nil
}

// Wrote reports that a profile is in the byline of a story.
func (s *Service) Wrote(tx *db.Tx, id, profileID string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM story_authors WHERE story_id = $1 AND profile_id = $2)`, id, profileID))
}
