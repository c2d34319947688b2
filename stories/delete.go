package stories

import (
	"context"
	"fmt"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/stories/drafts"
)

// MayDelete reports whether an actor may delete a story: a draft that readers never had.
// What they had is archived or taken back instead, so that its address says so.
func MayDelete(a members.Actor, s Story) bool {
	return s.State == Draft && s.Since.IsZero() && May(a, Save, s)
}

// Delete removes a draft that readers never had, with its versions, if it is still at
// the version that somebody looked at.
func (s *Service) Delete(ctx context.Context, by members.Actor, id string, version int64) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		before, err := s.ByID(tx, id)
		if err != nil {
			return err
		}
		if err := allow(by, Save, before); err != nil {
			return err
		}
		if !MayDelete(by, before) {
			return problem.New(problem.Conflict, "story.not_deleted")
		}
		n, err := tx.Exec(`DELETE FROM stories WHERE id = $1 AND version = $2 AND state = 'draft' AND public_since IS NULL`, id, version)
		if err != nil {
			return fmt.Errorf("delete story %s: %w", id, err)
		}
		if n == 0 {
			return problem.New(problem.Conflict, "story.changed")
		}
		if err := drafts.Forget(tx, id); err != nil {
			return fmt.Errorf("delete what was typed of story %s: %w", id, err)
		}
		s.Keeper.Forget(tx, TagStory(id))
		return s.record(tx, by, "story.deleted", before)
	})
}

// UsesTopic reports that a story, of whatever state, is filed under a topic.
func (s *Service) UsesTopic(tx *db.Tx, topicID string) (bool, error) {
	var n int
	err := tx.QueryRow(`SELECT count(*) FROM stories WHERE id IN (SELECT story_id FROM story_topics WHERE topic_id = $1)`, topicID).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for stories of a topic: %w", err)
	}
	return n > 0, nil
}
