package stories

import (
	"encoding/json"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/members"
)

// Revision is one saved version of a story.
type Revision struct {
	Version   int64
	Saved     time.Time
	AccountID string
}

// Revisions lists the saved versions that somebody may see, newest first: those that
// were saved while the story was its authors' alone stay theirs, also when it no longer is.
func (s *Service) Revisions(tx *db.Tx, by members.Actor, st Story) ([]Revision, error) {
	return db.List(tx, func(r db.Row) (Revision, error) {
		var v Revision
		var saved int64
		var account *string
		err := r.Scan(&v.Version, &saved, &account)
		v.Saved = time.UnixMilli(saved)
		if account != nil {
			v.AccountID = *account
		}
		return v, err
	}, `SELECT version, saved_at, account_id FROM story_revisions WHERE story_id = $1 AND (NOT private OR $2) ORDER BY version DESC`, st.ID, seesAll(by, st))
}

func seesAll(by members.Actor, st Story) bool { return Own(by, st) || by.Machine() }

// RevisionContent reads what one saved version held; NotFound if there is none that
// somebody may see.
func (s *Service) RevisionContent(tx *db.Tx, by members.Actor, st Story, version int64) (Content, error) {
	var c Content
	var document string
	err := tx.QueryRow(`SELECT document FROM story_revisions WHERE story_id = $1 AND version = $2 AND (NOT private OR $3)`,
		st.ID, version, seesAll(by, st)).Scan(&document)
	if db.Missing(err) {
		return c, notFound()
	}
	if err != nil {
		return c, fmt.Errorf("read revision %d of story %s: %w", version, st.ID, err)
	}
	return c, json.Unmarshal([]byte(document), &c)
}
