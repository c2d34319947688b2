package stories

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

// Step is what somebody does to a story, with what goes with it.
type Step struct {
	Verb Verb
	At   time.Time // for Schedule
	Note string    // to the others; it is kept in the thread beside the story
}

// Note is an entry of the thread beside a story: what authors and editors tell each
// other, and the steps of a review.
type Note struct {
	At        time.Time
	AccountID string // empty if it was no account
	Kind      NoteKind
	Text      string // may be empty, except in a comment
}

// NoteKind is what a note goes with.
type NoteKind string

// The kinds of notes.
const (
	NoteSubmit   NoteKind = "submit"
	NoteTakeBack NoteKind = "take_back" // an author took it back
	NoteReturn   NoteKind = "return"    // an editor sent it back
	NoteApprove  NoteKind = "approve"   // it was published or scheduled
	NoteComment  NoteKind = "comment"
)

// Notice is what those concerned are told of.
type Notice struct {
	Kind  NoticeKind
	Story Story
	By    string // the account that did it; empty for the program
	Note  string
}

// NoticeKind is what somebody may wish to be told of, or not.
type NoticeKind string

// Notices begins the kinds of all notices.
const Notices = "review-"

// The kinds of notices.
const (
	NoticeSubmitted   NoticeKind = "review-submitted" // to editors
	NoticeTakenBack   NoticeKind = "review-taken-back"
	NoticeUnreviewed  NoticeKind = "review-unreviewed" // a trusted member published
	NoticeAsked       NoticeKind = "review-comment"    // an author wrote into the thread
	NoticeReturned    NoticeKind = "review-returned"   // to authors, as all below
	NoticeScheduled   NoticeKind = "review-scheduled"
	NoticeUnscheduled NoticeKind = "review-unscheduled"
	NoticePublished   NoticeKind = "review-published"
	NoticeUnpublished NoticeKind = "review-unpublished"
	NoticeArchived    NoticeKind = "review-archived"
	NoticeAnswered    NoticeKind = "review-answer" // an editor wrote into the thread
)

// ToEditors reports that a notice is for those who edit, not for a story's authors.
func (k NoticeKind) ToEditors() bool {
	return k.Choice() == NoticeSubmitted || k == NoticeAsked
}

// Choice is the kind with which a notice is chosen: whoever wants to know of a step wants
// to know of what undoes it or takes its place.
func (k NoticeKind) Choice() NoticeKind {
	switch k {
	case NoticeTakenBack, NoticeUnreviewed:
		return NoticeSubmitted
	case NoticeUnscheduled:
		return NoticeScheduled
	case NoticeUnpublished, NoticeArchived:
		return NoticePublished
	}
	return k
}

// Take moves a story along one of the ways, with a note for the others, and lets them
// know.
func (s *Service) Take(ctx context.Context, by members.Actor, id string, version int64, step Step) (Story, error) {
	var after Story
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		after, err = s.TakeIn(tx, by, id, version, step)
		return err
	})
	return after, err
}

// TakeIn is Take within a transaction.
func (s *Service) TakeIn(tx *db.Tx, by members.Actor, id string, version int64, step Step) (Story, error) {
	var err error
	if step.Note, err = noteText(step.Note); err != nil {
		return Story{ID: id}, err
	}
	before, after, err := s.step(tx, by, id, version, step)
	if err != nil {
		return after, err
	}
	n := Note{At: after.Updated, AccountID: by.AccountID, Text: step.Note}
	var told []NoticeKind
	n.Kind, told = follows(by, step.Verb, before)
	if n.Kind == NoteReturn && n.Text == "" {
		var f problem.Fields
		f.Add("message", "story.return_unsaid")
		return after, f.Err()
	}
	if n.Kind == "" && n.Text != "" {
		n.Kind = NoteComment
	}
	if n.Kind != "" {
		if err := insertNote(tx, s.IDs.New(), id, n); err != nil {
			return after, err
		}
	}
	for _, kind := range told {
		if err := s.notify(tx, Notice{Kind: kind, Story: after, By: by.AccountID, Note: n.Text}); err != nil {
			return after, err
		}
	}
	return after, nil
}

// follows is the note that a step leaves, "" for none, and the notices that it sends.
func follows(by members.Actor, v Verb, before Story) (NoteKind, []NoticeKind) {
	var decided NoteKind
	if before.State == InReview && !Own(by, before) {
		decided = NoteApprove
	}
	switch v {
	case Submit:
		return NoteSubmit, []NoticeKind{NoticeSubmitted}
	case Return:
		if Own(by, before) {
			return NoteTakeBack, []NoticeKind{NoticeTakenBack}
		}
		return NoteReturn, []NoticeKind{NoticeReturned}
	case Schedule:
		return decided, []NoticeKind{NoticeScheduled}
	case Unschedule:
		return "", []NoticeKind{NoticeUnscheduled}
	case Publish:
		if !by.May(members.ReviewStories) {
			return decided, []NoticeKind{NoticePublished, NoticeUnreviewed}
		}
		return decided, []NoticeKind{NoticePublished}
	case Unpublish:
		return "", []NoticeKind{NoticeUnpublished}
	case Archive:
		return "", []NoticeKind{NoticeArchived}
	}
	return "", nil
}

// Comment adds to the thread beside a story and lets the other side know.
func (s *Service) Comment(ctx context.Context, by members.Actor, id, text string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		st, err := s.ByID(tx, id)
		if err != nil {
			return err
		}
		if !MayRead(by, st) {
			return notFound()
		}
		if !MayComment(by, st) {
			return problem.New(problem.Conflict, "story.not_now", "state", string(st.State))
		}
		text, err := noteText(text)
		if err != nil {
			return err
		}
		if text == "" {
			var f problem.Fields
			f.Add("message", "story.message_missing")
			return f.Err()
		}
		if err := insertNote(tx, s.IDs.New(), id, Note{s.Clock(), by.AccountID, NoteComment, text}); err != nil {
			return err
		}
		if err := s.record(tx, by, "story.commented", st); err != nil {
			return err
		}
		kind := NoticeAnswered
		if Own(by, st) {
			kind = NoticeAsked
		}
		return s.notify(tx, Notice{kind, st, by.AccountID, text})
	})
}

const maxNote = 4000

func noteText(text string) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if utf8.RuneCountInString(text) > maxNote {
		var f problem.Fields
		f.Add("message", "field.too_long", "max", maxNote)
		return text, f.Err()
	}
	return text, nil
}

func (s *Service) notify(tx *db.Tx, n Notice) error {
	if s.Tell == nil {
		return nil
	}
	return s.Tell(tx, n)
}

func insertNote(tx *db.Tx, id, story string, n Note) error {
	_, err := tx.Exec(`INSERT INTO story_notes (id, story_id, at, account_id, kind, text) VALUES ($1, $2, $3, $4, $5, $6)`,
		id, story, n.At.UnixMilli(), db.OrNull(n.AccountID), n.Kind, n.Text)
	if err != nil {
		return fmt.Errorf("note beside story %s: %w", story, err)
	}
	return nil
}

// Notes lists the newest notes beside a story, old to new.
func (s *Service) Notes(tx *db.Tx, id string, limit int) ([]Note, error) {
	list, err := db.List(tx, func(r db.Row) (Note, error) {
		var n Note
		var at int64
		var account *string
		err := r.Scan(&at, &account, &n.Kind, &n.Text)
		n.At = time.UnixMilli(at)
		if account != nil {
			n.AccountID = *account
		}
		return n, err
	}, `SELECT at, account_id, kind, text FROM story_notes WHERE story_id = $1 ORDER BY at DESC, id DESC LIMIT $2`, id, limit)
	slices.Reverse(list)
	return list, err
}

// LastNotes are the newest notes beside some stories, by story.
func (s *Service) LastNotes(tx *db.Tx, ids []string) (map[string]Note, error) {
	in, args := db.In(1, ids)
	return lastOf(tx, selectLast+in+` AND n.id = (SELECT id FROM story_notes WHERE story_id = n.story_id ORDER BY at DESC, id DESC LIMIT 1)`, args...)
}

// LastStep is the newest note beside each of some stories that is no comment: how a
// draft came to be one.
func (s *Service) LastStep(tx *db.Tx, ids []string) (map[string]Note, error) {
	in, args := db.In(2, ids)
	return lastOf(tx, selectLast+in+` AND n.id = (SELECT id FROM story_notes WHERE story_id = n.story_id AND kind <> $1 ORDER BY at DESC, id DESC LIMIT 1)`, append([]any{NoteComment}, args...)...)
}

const selectLast = `SELECT story_id, at, account_id, kind, text FROM story_notes n WHERE story_id IN `

// lastOf reads one note of each story.
func lastOf(tx *db.Tx, query string, args ...any) (map[string]Note, error) {
	last := map[string]Note{}
	_, err := db.List(tx, func(r db.Row) (struct{}, error) {
		var id string
		var n Note
		var at int64
		var account *string
		err := r.Scan(&id, &at, &account, &n.Kind, &n.Text)
		if n.At = time.UnixMilli(at); account != nil {
			n.AccountID = *account
		}
		last[id] = n
		return struct{}{}, err
	}, query, args...)
	return last, err
}
