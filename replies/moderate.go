package replies

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/replies/counts"
	"waypost/replies/reported"
	"waypost/spam"
)

// Act is what a moderator does with a reply.
type Act string

// The acts.
const (
	Approve  Act = "approve"
	MarkSpam Act = "spam"
	Discard  Act = "trash"
	Answered Act = "answer" // stands in the log and is taken back with the approval it came with
)

// Acts lists them.
func Acts() []Act { return []Act{Approve, MarkSpam, Discard} }

// becomes says where an act brings a reply.
var becomes = map[Act]State{Approve: Published, MarkSpam: Spam, Discard: Trash, Answered: Published}

// Known reports that an act is one of them.
func (a Act) Known() bool { return slices.Contains(Acts(), a) }

// Decision is what was done with some replies at once, and the name by which it is
// taken back.
type Decision struct {
	Batch   string
	Act     Act
	Changed []string // of those that were asked for: some are gone, or are there already
	Newer   []string // of them, those that their writers changed after the moderator saw them
	Answer  string   // that was written with it
}

// take notes acts of the decision.
func (d *Decision) take(acts ...act) {
	for _, a := range acts {
		if a.act == Answered {
			d.Answer = a.replyID
		} else {
			d.Act, d.Changed = a.act, append(d.Changed, a.replyID)
		}
	}
}

// Decide does something with replies. What a moderator approves or marks as spam the
// filter learns; what is discarded it does not: it may be merely unkind. A reply that was
// changed after the moderator saw it stays as it is; the zero time sees everything.
func (s *Service) Decide(ctx context.Context, by members.Actor, act Act, ids []string, seen time.Time) (Decision, error) {
	d := Decision{Batch: s.IDs.New(), Act: act}
	if !s.moderator(by) {
		return d, problem.New(problem.Forbidden, "problem.forbidden")
	}
	if !act.Known() {
		return d, problem.New(problem.Invalid, "field.unknown")
	}
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		d.Changed, d.Newer = nil, nil
		for _, id := range ids {
			if err := s.decide(tx, by, &d, id, seen); err != nil {
				return err
			}
		}
		return nil
	})
	return d, err
}

func (s *Service) decide(tx *db.Tx, by members.Actor, d *Decision, id string, seen time.Time) error {
	r, err := locked(tx, id)
	if db.Missing(err) || err == nil && r.Erased {
		return nil
	}
	if err != nil {
		return err
	}
	c, err := checkOf(tx, id)
	to := becomes[d.Act]
	if err != nil || r.State == to && c.held == ByDecision && c.reports == 0 || d.Act == Approve && c.held == ByWriter {
		return err // there already, or taken back by who wrote it
	}
	if !seen.IsZero() && r.Edited.After(seen) {
		d.Newer = append(d.Newer, id)
		return nil
	}
	d.Changed = append(d.Changed, id)
	if err := insertAct(tx, s.IDs.New(), d.Batch, by.AccountID, d.Act, r, c.held, s.Clock()); err != nil {
		return err
	}
	if err := s.teach(tx, by, d.Batch, d.Act, r, c); err != nil {
		return err
	}
	if r.State == to { // readers see it already, and now somebody has looked
		return note(tx, id, ByDecision, by.AccountID, s.Clock())
	}
	_, err = s.put(tx, r, to, ByDecision, by.AccountID)
	return err
}

// teach hands the filter what was decided.
func (s *Service) teach(tx *db.Tx, by members.Actor, batch string, act Act, r Reply, c check) error {
	if act == Discard {
		return nil
	}
	m, err := s.asRead(tx, r, c)
	if err != nil {
		return err
	}
	return s.Learn(tx, Lesson{Batch: batch, ReplyID: r.ID, AccountID: by.AccountID, Spam: act == MarkSpam, Verdict: c.verdict.Kind, Message: m})
}

// asRead is what the filter reads of a reply that is kept.
func (s *Service) asRead(tx *db.Tx, r Reply, c check) (spam.Message, error) {
	st, err := s.Story(tx, r.StoryID)
	if err != nil && !problem.Is(err, problem.NotFound) && !problem.Is(err, problem.Gone) {
		return spam.Message{}, err
	}
	m := messageOf(r, c, st)
	m.Approved, m.Refused, err = othersOf(tx, r, c)
	return m, err
}

// Judged is what the filter reads of a reply whose text is still the one that was decided
// on; NotFound if it is gone, or was changed since.
func (s *Service) Judged(tx *db.Tx, id string) (spam.Message, error) {
	r, err := s.Any(tx, id)
	if err == nil && !r.Erased && !r.Edited.IsZero() {
		r.Erased, err = outdated(tx, r)
	}
	if err == nil && r.Erased {
		err = notFound()
	}
	if err != nil {
		return spam.Message{}, err
	}
	c, err := checkOf(tx, id)
	if err != nil {
		return spam.Message{}, err
	}
	return s.asRead(tx, r, c)
}

// Undo takes a decision back: each reply is again where it was, unless something else
// was done with it since, and the filter forgets what it learned from it.
func (s *Service) Undo(ctx context.Context, by members.Actor, batch string) (Decision, error) {
	d := Decision{Batch: batch}
	if !s.moderator(by) {
		return d, problem.New(problem.Forbidden, "problem.forbidden")
	}
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		d = Decision{Batch: batch}
		acts, err := actsIn(tx, batch)
		if err != nil {
			return err
		}
		for _, a := range acts {
			done, err := s.undo(tx, a)
			if err != nil {
				return err
			}
			if done {
				d.take(a)
			}
		}
		return s.Unlearn(tx, batch, d.Changed)
	})
	if err == nil && len(d.Changed) == 0 && d.Answer == "" {
		err = problem.New(problem.Conflict, "reply.undo_over")
	}
	return d, err
}

func (s *Service) undo(tx *db.Tx, a act) (bool, error) {
	r, err := locked(tx, a.replyID)
	if db.Missing(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	latest, before, err := latestActs(tx, a.replyID)
	if err != nil {
		return false, err
	}
	if latest != a.id || r.State != becomes[a.act] || r.Erased {
		return false, nil
	}
	if err := markUndone(tx, a.id, s.Clock()); err != nil {
		return false, err
	}
	if a.held != ByDecision {
		before = "" // what it comes back to was nobody's decision
	}
	if r.State == a.was {
		if err = note(tx, r.ID, a.held, before, s.Clock()); err == nil {
			err = s.Waits(tx) // what was reported is to be looked at again
		}
	} else if _, err = s.put(tx, r, a.was, a.held, before); err == nil && a.act == Answered {
		err = sendable(tx, r.ID)
	}
	if err == nil {
		err = reported.AsBefore(tx, a.id)
	}
	if err != nil {
		return false, fmt.Errorf("take back what was decided of reply %s: %w", r.ID, err)
	}
	return true, nil
}

// Standing is what of a decision has not been taken back.
func (s *Service) Standing(tx *db.Tx, by members.Actor, batch string) (Decision, error) {
	d := Decision{Batch: batch}
	if !s.moderator(by) {
		return d, problem.New(problem.Forbidden, "problem.forbidden")
	}
	acts, err := actsIn(tx, batch)
	d.take(acts...)
	return d, err
}

// Answer writes beneath a reply, which is approved first where readers do not see it yet;
// Conflict if it was changed after it was seen.
func (s *Service) Answer(ctx context.Context, by members.Actor, id, body string, seen time.Time) (Posted, Decision, error) {
	if !s.moderator(by) {
		return Posted{}, Decision{}, problem.New(problem.Forbidden, "problem.forbidden")
	}
	d := Draft{ParentID: id, Body: body, By: by}.tidy()
	var f problem.Fields
	checkBody(&f, d.Body)
	var r Reply
	var approved Decision
	if err := f.Err(); err != nil {
		return Posted{}, approved, err
	}
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		r, err = s.Any(tx, id)
		return err
	})
	if err != nil {
		return Posted{}, approved, err
	}
	if r.State != Published {
		if approved, err = s.Decide(ctx, by, Approve, []string{id}, seen); err == nil && len(approved.Newer) > 0 {
			err = problem.New(problem.Conflict, "reply.changed")
		}
		if err != nil {
			return Posted{}, approved, err
		}
	}
	d.StoryID = r.StoryID
	p, err := s.Post(ctx, d)
	if err != nil && len(approved.Changed) > 0 {
		if _, back := s.Undo(ctx, by, approved.Batch); back != nil {
			return p, approved, errors.Join(err, back)
		}
		return p, Decision{}, err
	}
	if err != nil || len(approved.Changed) == 0 || p.Again {
		return p, approved, err
	}
	return p, approved, s.DB.Update(ctx, func(tx *db.Tx) error {
		return insertAct(tx, s.IDs.New(), approved.Batch, by.AccountID, Answered, Reply{ID: p.ID, State: Trash}, ByDecision, s.Clock()) // to where it goes with the approval
	})
}

// Close stops or takes up replies to a story.
func (s *Service) Close(ctx context.Context, by members.Actor, storyID string, shut bool) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		st, err := s.Story(tx, storyID)
		if err != nil {
			return err
		}
		if !s.moderator(by) && !by.May(members.ReviewStories) {
			return problem.New(problem.Forbidden, "problem.forbidden")
		}
		changed, err := counts.Close(tx, storyID, shut)
		if err != nil || !changed {
			return err
		}
		s.Keeper.Touch(tx, Tag(storyID))
		act := "replies.opened"
		if shut {
			act = "replies.closed"
		}
		return s.Record(tx, by.AccountID, act, "story:"+storyID, st.Title)
	})
}
