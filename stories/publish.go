package stories

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/stories/related"
)

// public reports that everybody may read a story in this state.
func public(s State) bool { return s == Published || s == Archived }

// Do moves a story along one of the ways from its version: Publish, Unpublish,
// Submit and so on. at is the time for Schedule and ignored otherwise.
func (s *Service) Do(ctx context.Context, by members.Actor, v Verb, id string, version int64, at time.Time) (Story, error) {
	var after Story
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		after, err = s.DoIn(tx, by, v, id, version, at)
		return err
	})
	return after, err
}

// DoIn is Do within a transaction: a step without words, of which nobody is told.
func (s *Service) DoIn(tx *db.Tx, by members.Actor, v Verb, id string, version int64, at time.Time) (Story, error) {
	_, after, err := s.step(tx, by, id, version, Step{Verb: v, At: at})
	return after, err
}

// step moves a story along one of the ways, and says what it was before.
func (s *Service) step(tx *db.Tx, by members.Actor, id string, version int64, step Step) (before, after Story, err error) {
	if before, err = s.ByID(tx, id); err != nil {
		return before, before, err
	}
	v := step.Verb
	if v == Save {
		return before, before, errors.New("stories: a save is not a way from one state to another")
	}
	if by, err = s.Standing(tx, by); err != nil {
		return before, before, err
	}
	if err := allow(by, v, before); err != nil {
		return before, before, err
	}
	if before.Version != version {
		return before, before, problem.New(problem.Conflict, "story.changed")
	}
	after = before
	after.State, after.Updated, after.Version, after.Scheduled = ways[v].to, s.Clock(), version+1, time.Time{}
	after.Submitted = submitted(v, before, s.Clock())
	if err := s.ready(tx, v, &after, step.At); err != nil {
		return before, before, err
	}
	ok, err := updateState(tx, after)
	if err != nil {
		return before, before, fmt.Errorf("%s story %s: %w", v, id, err)
	}
	if !ok {
		return before, before, problem.New(problem.Conflict, "story.changed")
	}
	if err := s.redraw(tx, before, after); err != nil {
		return before, after, err
	}
	if err := s.republish(tx, before, after); err != nil {
		return before, after, err
	}
	if v == Schedule {
		if err := s.Jobs.Enqueue(tx, JobDue, Changed{ID: id}, jobs.At(step.At), jobs.Once("due:"+id+":"+fmt.Sprint(step.At.UnixMilli()))); err != nil {
			return before, after, err
		}
	}
	content, err := s.Content(tx, after)
	if err != nil {
		return before, after, err
	}
	return before, after, s.written(tx, by, after, content, "story."+string(after.State))
}

// submitted is when the editors were handed a story, after a step: with each submission
// anew, with a publication at the latest. What is sent back is its authors' again.
func submitted(v Verb, before Story, now time.Time) time.Time {
	switch {
	case v == Return:
		return time.Time{}
	case v == Submit || before.Submitted.IsZero():
		return now
	}
	return before.Submitted
}

// ready checks that the story may go where the verb leads and sets its dates.
func (s *Service) ready(tx *db.Tx, v Verb, after *Story, at time.Time) error {
	if after.State == Draft || after.State == Archived {
		return nil
	}
	content, err := s.Content(tx, *after)
	if err != nil {
		return err
	}
	if err := content.complete(); err != nil {
		return err
	}
	switch {
	case v == Schedule && !at.After(s.Clock()):
		var f problem.Fields
		f.Add("at", "story.time_past")
		return f.Err()
	case v == Schedule:
		after.Scheduled = at
	case v == Publish && after.Published.IsZero():
		after.Published = s.Clock()
	}
	s.noteSince(after)
	return nil
}

// noteSince keeps the moment from which on readers can see a story.
func (s *Service) noteSince(after *Story) {
	if public(after.State) && after.Since.IsZero() {
		after.Since = s.Clock()
	}
}

// Due handles JobDue: it publishes a story whose time has come and is still the
// time it was scheduled for.
func (s *Service) Due(ctx context.Context, j *jobs.Job) error {
	var due Changed
	if err := j.Payload(&due); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		before, err := s.ByID(tx, due.ID)
		if problem.Is(err, problem.NotFound) {
			return j.Done(tx)
		}
		if err != nil {
			return err
		}
		if before.State != Scheduled || before.Scheduled.After(s.Clock()) {
			return j.Done(tx)
		}
		after := before
		after.State, after.Updated, after.Version = Published, s.Clock(), before.Version+1
		after.Scheduled = time.Time{}
		if after.Published.IsZero() {
			after.Published = before.Scheduled
		}
		s.noteSince(&after)
		ok, err := updateState(tx, after)
		if err != nil {
			return fmt.Errorf("publish on time: %w", err)
		}
		if !ok { // changed in this moment; the job looks again
			return problem.New(problem.Conflict, "story.changed")
		}
		if err := s.redraw(tx, before, after); err != nil {
			return err
		}
		if err := s.republish(tx, before, after); err != nil {
			return err
		}
		content, err := s.Content(tx, after)
		if err != nil {
			return err
		}
		if err := s.written(tx, members.Console(), after, content, "story.published"); err != nil {
			return err
		}
		if err := s.notify(tx, Notice{Kind: NoticePublished, Story: after}); err != nil {
			return err
		}
		return j.Done(tx)
	})
}

// republish brings counts, list keys, neighbours and stale pages to where a story
// now is. It is called after the story's own row is written.
func (s *Service) republish(tx *db.Tx, before, after Story) error {
	zone, err := s.Zone(tx)
	if err != nil {
		return err
	}
	if err := count(tx, before, zone, -1); err != nil {
		return err
	}
	if err := count(tx, after, zone, +1); err != nil {
		return err
	}
	if err := setListKeys(tx, after); err != nil {
		return fmt.Errorf("list story %s: %w", after.ID, err)
	}
	if public(before.State) && !public(after.State) {
		s.Keeper.Forget(tx, TagStory(after.ID))
	}
	if !public(before.State) && !public(after.State) {
		return nil
	}
	if !public(before.State) {
		if err := s.Release(tx, Address(after.Slug)); err != nil {
			return err
		}
	}
	s.Keeper.Touch(tx, TagStory(after.ID), TagStories)
	for _, topic := range slices.Concat(before.Topics, after.Topics) {
		s.Keeper.Touch(tx, TagTopicList(topic))
	}
	for _, author := range slices.Concat(before.Authors, after.Authors) {
		s.Keeper.Touch(tx, TagAuthorList(author))
	}
	for _, st := range []Story{before, after} {
		if err := s.touchNeighbours(tx, st); err != nil {
			return err
		}
	}
	if before.State != Published && after.State == Published {
		if err := s.touchShowing(tx, after.ID); err != nil {
			return err
		}
	}
	if err := s.tell(tx, before, after); err != nil {
		return err
	}
	return s.Jobs.Enqueue(tx, JobChanged, Changed{ID: after.ID}, jobs.Once("story:"+after.ID))
}

// older is how far back the date of a story may lie that is new all the same.
const older = 24 * time.Hour

// tell lets others know that a story has come among those published, or has left them.
func (s *Service) tell(tx *db.Tx, before, after Story) error {
	switch {
	case before.State != Published && after.State == Published:
		first := before.Since.IsZero()
		fresh := first && (before.Published.IsZero() || !before.Published.Before(after.Since.Add(-older)))
		if first && !fresh {
			return nil // a story of long ago, such as those that an import brings
		}
		return s.Jobs.Enqueue(tx, JobPublished, Appeared{ID: after.ID, At: s.Clock(), Fresh: fresh})
	case before.State == Published && after.State != Published:
		return s.Jobs.Enqueue(tx, JobTakenBack, Changed{ID: after.ID})
	}
	return nil
}

// touchNeighbours makes the pages stale that link to a story as their previous or next.
func (s *Service) touchNeighbours(tx *db.Tx, st Story) error {
	if st.Published.IsZero() {
		return nil
	}
	previous, next, err := Neighbours(tx, st)
	if err != nil {
		return err
	}
	for _, id := range []string{previous, next} {
		if id != "" {
			s.Keeper.Touch(tx, TagBeside(id))
		}
	}
	return nil
}

// mostShowing bounds how many of them there are.
const mostShowing = 200

// touchShowing makes the pages stale whose list of related reading still has a story
// that was away for a moment: they were rendered without it and do not carry its tag.
func (s *Service) touchShowing(tx *db.Tx, id string) error {
	ids, err := related.Showing(tx, id, mostShowing)
	for _, other := range ids {
		s.Keeper.Touch(tx, TagBeside(other))
	}
	return err
}

// count adds a published story to, or takes it from, the counts of its topics,
// authors and month.
func count(tx *db.Tx, st Story, zone *time.Location, by int) error {
	if st.State != Published {
		return nil
	}
	if err := addCount(tx, countMonth, Month(st.Published, zone), by); err != nil {
		return err
	}
	for _, t := range st.Topics {
		if err := addCount(tx, countTopic, t, by); err != nil {
			return err
		}
	}
	for _, a := range st.Authors {
		if err := addCount(tx, countAuthor, a, by); err != nil {
			return err
		}
	}
	return nil
}

// Month is the month of a moment in a zone, "2026-05".
func Month(t time.Time, zone *time.Location) string { return t.In(zone).Format("2006-01") }
