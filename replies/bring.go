package replies

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/replies/counts"
	"waypost/spam"
)

// Brought is a reply that somebody wrote elsewhere, or long ago.
type Brought struct {
	StoryID   string
	Language  string // of the story
	ParentID  string // of one that was brought before it
	State     State
	Held      Held // why it is in that state
	AccountID string
	ProfileID string
	Name      string
	Email     string // as addresses are compared
	URL       string
	Body      string // Markdown, the small subset
	Written   time.Time
	Since     time.Time // when it came to be in its state
	Decided   bool      // somebody had looked at it
	Verdict   spam.Verdict
}

// Bring takes a reply in as it is. Nobody is told of it, and the filter is not asked.
func (s *Service) Bring(tx *db.Tx, b Brought) (Reply, error) {
	r := Reply{ID: id.At(b.Written), StoryID: b.StoryID, ParentID: b.ParentID, State: b.State, AccountID: b.AccountID, ProfileID: b.ProfileID,
		Name: b.Name, URL: b.URL, Body: b.Body, Version: 1, Written: b.Written}
	var err error
	if r.Rendered, err = s.Render(tx, r.Body, b.Language); err != nil {
		return r, err
	}
	var parent Reply
	if r.ParentID != "" {
		if parent, err = byID(tx, r.ParentID); err != nil {
			return r, fmt.Errorf("find what a reply answers: %w", err)
		}
	}
	if err := s.seat(tx, &r, parent); err != nil {
		return r, err
	}
	if err := insert(tx, r, check{email: b.Email, likeness: s.Marks.Likeness(r.Body), verdict: b.Verdict, held: b.Held}, r.ParentID); err != nil {
		return r, err
	}
	decided := any(nil)
	if b.Decided {
		decided = b.Since.UnixMilli()
	}
	_, err = tx.Exec(`UPDATE reply_checks SET moved_at = $1, decided_at = $2 WHERE reply_id = $3`, b.Since.UnixMilli(), decided, r.ID)
	if err != nil {
		return r, fmt.Errorf("note since when a reply is where it is: %w", err)
	}
	if r.State != Published {
		return r, nil
	}
	s.Keeper.Touch(tx, Tag(r.StoryID), TagLatest)
	return r, counts.Seen(tx, r.StoryID, r.Place, 1)
}

// BringAgain takes a reply in once more that changed where it came from. It does not if
// something was done with it here since the version at which it was brought.
func (s *Service) BringAgain(tx *db.Tx, id string, version int64, b Brought) (Reply, bool, error) {
	was, err := byID(tx, id)
	if db.Missing(err) || err == nil && was.Version != version {
		return was, false, nil
	}
	if err != nil {
		return was, false, err
	}
	r := was
	r.State, r.Name, r.URL, r.Body, r.Version = b.State, b.Name, b.URL, b.Body, version+1
	if r.Rendered, err = s.Render(tx, r.Body, b.Language); err != nil {
		return r, false, err
	}
	_, err = tx.Exec(`UPDATE replies SET state = $1, shown = ($1 = 'published' OR below > 0), name = $2, url = $3, body = $4, rendered = $5, renderer = $6, version = $7 WHERE id = $8`,
		r.State, r.Name, r.URL, r.Body, r.Rendered.HTML, r.Rendered.By, r.Version, r.ID)
	if err == nil {
		_, err = tx.Exec(`UPDATE reply_checks SET email = $1, likeness = $2, moved_at = CASE WHEN $3 THEN moved_at ELSE $4 END WHERE reply_id = $5`,
			b.Email, s.Marks.Likeness(r.Body), r.State == was.State, b.Since.UnixMilli(), r.ID)
	}
	if err != nil {
		return r, false, fmt.Errorf("bring reply %s again: %w", r.ID, err)
	}
	switch {
	case was.State == Published && r.State != Published:
		return r, true, s.unseen(tx, r)
	case was.State != Published && r.State == Published:
		err = counts.Seen(tx, r.StoryID, r.Place, 1)
	}
	s.Keeper.Touch(tx, Tag(r.StoryID), TagLatest)
	return r, true, err
}
