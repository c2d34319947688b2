package drafts

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

// Draft is what one account has typed of a story and not saved as a version.
type Draft struct {
	StoryID  string
	Base     int64  // the version it was typed over; 0 for a story that was never saved
	Writer   string // the page in which it was typed
	Sequence int64  // of the saves of all writers; the highest is the last typed
	Title    string
	Document string // what was typed, as the editor writes and reads it
	Saved    time.Time
	Dropped  bool // by its account, which may still take it back
}

// Outcome is what became of a save.
type Outcome string

// The outcomes.
const (
	Kept      Outcome = "kept"      // it is what is stored now
	Late      Outcome = "late"      // the same writer's, and not newer than what is stored
	Elsewhere Outcome = "elsewhere" // another writer has kept something that this one has not seen
	Outdated  Outcome = "outdated"  // the account has saved a version of the story since
)

// Service keeps working copies.
type Service struct {
	DB    *db.DB
	Clock clock.Clock
	// Story finds the version that a story is at, if it is there and the actor may write
	// it; NotFound if there is none.
	Story func(tx *db.Tx, by members.Actor, storyID string) (int64, error)
	// SavedSince reports that an account saved a version of a story after one.
	SavedSince func(tx *db.Tx, accountID, storyID string, version int64) (bool, error)
}

// droppedLife is how long a dropped draft can be taken back.
const droppedLife = 30 * 24 * time.Hour

// Limits of what is kept.
const (
	MostDocument = 4 << 20
	mostTitle    = 160
	mostWriter   = 64
	mostSequence = 1 << 53 // as far as a browser counts
	mostUnsaved  = 50      // stories of one account that were never saved
)

// Keep stores what was typed, if it is newer than what is stored. after is the sequence
// of the last save, by whomever, that its writer has seen. fresh says that the story
// need not be there yet. The draft that comes back is the stored one without its
// document; where nothing was kept before, most saves are one statement.
func (s *Service) Keep(ctx context.Context, by members.Actor, d Draft, after int64, fresh bool) (Draft, Outcome, error) {
	if len(d.Document) > MostDocument {
		return d, "", problem.New(problem.TooLarge, "problem.too_large")
	}
	if d.Writer == "" || len(d.Writer) > mostWriter || d.Sequence < 1 || d.Sequence > mostSequence || d.Base < 0 {
		return d, "", problem.New(problem.Malformed, "problem.malformed")
	}
	d.Title, d.Saved, d.Dropped = shortened(d.Title), s.Clock(), false
	stored, outcome := d, Kept
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		stored, outcome = d, Kept
		ok, err := replace(tx, by.AccountID, d, after)
		if err != nil || ok {
			return err
		}
		stored, err = head(tx, by.AccountID, d.StoryID)
		if db.Missing(err) {
			stored, outcome, err = s.first(tx, by, d, after, fresh)
			return err
		}
		outcome = standing(stored, d)
		return err
	})
	stored.Document = ""
	return stored, outcome, err
}

// standing is why a stored draft was not replaced.
func standing(stored, d Draft) Outcome {
	if stored.Writer == d.Writer {
		return Late
	}
	return Elsewhere
}

// first keeps the first draft of an account and a story.
func (s *Service) first(tx *db.Tx, by members.Actor, d Draft, after int64, fresh bool) (Draft, Outcome, error) {
	if err := sweep(tx, by.AccountID, d.Saved.Add(-droppedLife)); err != nil {
		return d, "", err
	}
	_, err := s.Story(tx, by, d.StoryID)
	if problem.Is(err, problem.NotFound) && fresh {
		var n int
		if n, err = countUnsaved(tx, by.AccountID); err == nil && n >= mostUnsaved {
			err = problem.New(problem.TooMany, "draft.too_many", "max", mostUnsaved)
		}
	}
	if err != nil {
		return d, "", err
	}
	since, err := s.SavedSince(tx, by.AccountID, d.StoryID, d.Base)
	if err != nil || since {
		return Draft{StoryID: d.StoryID, Base: d.Base}, Outdated, err
	}
	ok, err := insert(tx, by.AccountID, d)
	if err != nil || ok {
		return d, Kept, err
	}
	if ok, err = replace(tx, by.AccountID, d, after); err != nil || ok { // another was first in this moment
		return d, Kept, err
	}
	stored, err := head(tx, by.AccountID, d.StoryID)
	return stored, standing(stored, d), err
}

// Of is what an account has typed of a story; nil if there is nothing.
func (s *Service) Of(tx *db.Tx, accountID, storyID string) (*Draft, error) {
	d, err := whole(tx, accountID, storyID)
	if db.Missing(err) {
		return nil, nil
	}
	return &d, err
}

// Unsaved lists what an account has typed of stories that were never saved, without the
// documents, the newest first.
func (s *Service) Unsaved(tx *db.Tx, accountID string) ([]Draft, error) {
	return unsaved(tx, accountID)
}

// Drop takes a draft out of the editor. It is kept until something else is typed, so
// that it can be taken back.
func (s *Service) Drop(ctx context.Context, by members.Actor, storyID string, dropped bool) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		ok, err := setDropped(tx, by.AccountID, storyID, dropped)
		if err == nil && !ok {
			err = problem.New(problem.NotFound, "problem.not_found")
		}
		return err
	})
}

// Settle removes what an account has typed of a story, which now is a version.
func (s *Service) Settle(tx *db.Tx, accountID, storyID string) error {
	return remove(tx, accountID, storyID)
}

// Forget removes what everybody has typed of a story that goes.
func Forget(tx *db.Tx, storyID string) error {
	_, err := tx.Exec(`DELETE FROM story_drafts WHERE story_id = $1`, storyID)
	return err
}

// shortened is a title for lists.
func shortened(title string) string {
	title = strings.Join(strings.Fields(title), " ")
	if utf8.RuneCountInString(title) > mostTitle {
		title = string([]rune(title)[:mostTitle])
	}
	return title
}
