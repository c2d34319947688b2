package stories

import (
	"fmt"

	"waypost/internal/db"
	"waypost/members"
)

// Writable is the version that a story is at, for what somebody types of it; NotFound
// if it is not there for them.
func (s *Service) Writable(tx *db.Tx, by members.Actor, id string) (int64, error) {
	st, err := s.ByID(tx, id)
	if err != nil {
		return 0, err
	}
	if !MayRead(by, st) {
		return 0, notFound()
	}
	return st.Version, nil
}

// SavedSince reports that an account saved a version of a story after one.
func (s *Service) SavedSince(tx *db.Tx, accountID, id string, version int64) (bool, error) {
	var saved bool
	err := tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM story_revisions WHERE story_id = $1 AND version > $2 AND account_id = $3)`, id, version, accountID).Scan(&saved)
	if err != nil {
		return false, fmt.Errorf("look for later versions of story %s: %w", id, err)
	}
	return saved, nil
}
