package drafts

import (
	"fmt"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/members"
)

// Held hands over what somebody has typed and not saved as a version.
func (s *Service) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	return personal.Rows(tx, out, personal.Find{Table: "story_drafts", Where: `account_id = $1`, Args: []any{p.Account}})
}

// Forget deletes it. In what others have typed of the same stories the name is another.
func (s *Service) Forget(tx *db.Tx, p personal.Person, w personal.Wish) error {
	if _, err := tx.Exec(`DELETE FROM story_drafts WHERE account_id = $1`, p.Account); err != nil {
		return fmt.Errorf("forget what somebody typed: %w", err)
	}
	if p.Profile == "" || w.Stories == personal.Named {
		return nil
	}
	_, err := tx.Exec(`UPDATE story_drafts SET document = replace(document, $1, $2) WHERE document LIKE '%' || $1 || '%'`, p.Profile, members.FormerID)
	if err != nil {
		return fmt.Errorf("take a name out of what others typed: %w", err)
	}
	return nil
}

// ForgetStory deletes what anybody has typed of a story that was removed for good.
func (s *Service) ForgetStory(tx *db.Tx, storyID string) error {
	if _, err := tx.Exec(`DELETE FROM story_drafts WHERE story_id = $1`, storyID); err != nil {
		return fmt.Errorf("forget what was typed of story %s: %w", storyID, err)
	}
	return nil
}

// Shows reports that what somebody has typed shows a picture.
func (s *Service) Shows(tx *db.Tx, pictureID string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM story_drafts WHERE document LIKE '%' || $1 || '%')`, pictureID))
}
