package stories

import (
	"fmt"

	"waypost/internal/db"
)

// InList reports that a key is the place of a published story in the list of all.
// Lists begin only at such places, so that there are no more of their pages than
// there are stories.
func (s *Service) InList(tx *db.Tx, k Key) (bool, error) {
	return at(tx, `SELECT EXISTS (SELECT 1 FROM stories WHERE id = $1 AND published_at = $2 AND state = 'published')`, k)
}

// InTopic is InList for a topic's list.
func (s *Service) InTopic(tx *db.Tx, topicID string, k Key) (bool, error) {
	return at(tx, `SELECT EXISTS (SELECT 1 FROM story_topics WHERE story_id = $1 AND published_at = $2 AND topic_id = $3)`, k, topicID)
}

// InAuthor is InList for an author's list.
func (s *Service) InAuthor(tx *db.Tx, profileID string, k Key) (bool, error) {
	return at(tx, `SELECT EXISTS (SELECT 1 FROM story_authors WHERE story_id = $1 AND published_at = $2 AND profile_id = $3)`, k, profileID)
}

// at runs a query of a place; the zero key, a list's start, is always one.
func at(tx *db.Tx, query string, k Key, of ...any) (bool, error) {
	if k == (Key{}) {
		return true, nil
	}
	var found bool
	err := tx.QueryRow(query, append([]any{k.ID, k.Published.UnixMilli()}, of...)...).Scan(&found)
	if err != nil {
		return false, fmt.Errorf("look a place of a list up: %w", err)
	}
	return found, nil
}
