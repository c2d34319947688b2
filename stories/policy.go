package stories

import (
	"fmt"
	"slices"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

// Verb is something done to a story.
type Verb string

// The verbs, as the desk's buttons name them.
const (
	Save       Verb = "save"
	Submit     Verb = "submit"
	Return     Verb = "return"
	Schedule   Verb = "schedule"
	Unschedule Verb = "unschedule"
	Publish    Verb = "publish"
	Unpublish  Verb = "unpublish"
	Archive    Verb = "archive"
)

// way is one arrow of the package comment's drawing.
type way struct {
	from []State
	to   State
	own  bool // an author may go it with a story of their own
}

var ways = map[Verb]way{
	Save:       {from: States(), own: true},
	Submit:     {from: []State{Draft}, to: InReview, own: true},
	Return:     {from: []State{InReview}, to: Draft, own: true},
	Schedule:   {from: []State{Draft, InReview, Scheduled}, to: Scheduled},
	Unschedule: {from: []State{Scheduled}, to: Draft},
	Publish:    {from: []State{Draft, InReview, Scheduled, Archived}, to: Published},
	Unpublish:  {from: []State{Published, Archived}, to: Draft},
	Archive:    {from: []State{Published}, to: Archived},
}

// verbs is every verb in the order in which a screen offers them.
var verbs = []Verb{Save, Publish, Schedule, Submit, Return, Unschedule, Unpublish, Archive}

// May reports whether an actor may do something to a story now: editors and owners
// everything that its state allows, if they may read it; authors save, submit and take
// back their own while it is a draft or in review, and publish it if they are trusted.
func May(a members.Actor, v Verb, s Story) bool {
	w := ways[v]
	if !slices.Contains(w.from, s.State) || !MayRead(a, s) {
		return false
	}
	if a.May(members.ReviewStories) {
		return true
	}
	switch s.State {
	case Draft:
		return w.own || v == Publish && a.Trusted
	case InReview:
		return v == Return || v == Publish && a.Trusted
	}
	return false
}

// MayRead reports whether an actor may see a story that is not public: a draft is its
// authors' alone until it is handed to the editors.
func MayRead(a members.Actor, s Story) bool {
	return Own(a, s) || a.Machine() || !s.Private() && a.May(members.ReviewStories)
}

// Own reports that a story is the actor's: they are in its byline, or began it.
func Own(a members.Actor, s Story) bool {
	return a.ProfileID != "" && slices.Contains(s.Authors, a.ProfileID) || a.AccountID != "" && a.AccountID == s.AccountID && !a.Imports
}

// MayComment reports whether an actor may write into the thread beside a story: its
// authors and the editors, once it was handed over.
func MayComment(a members.Actor, s Story) bool { return !s.Private() && MayRead(a, s) }

// Choices lists what an actor may do to a story now.
func Choices(a members.Actor, s Story) []Verb {
	var list []Verb
	for _, v := range verbs {
		if May(a, v, s) {
			list = append(list, v)
		}
	}
	return list
}

// allow turns May into the error that a person reads. What somebody may not see is not
// there for them.
func allow(a members.Actor, v Verb, s Story) error {
	switch {
	case May(a, v, s):
		return nil
	case !MayRead(a, s) && a.May(members.ReviewStories):
		return notFound()
	case !MayRead(a, s):
		return problem.New(problem.Forbidden, "story.of_others")
	}
	return problem.New(problem.Conflict, "story.not_now", "state", string(s.State))
}

// Standing completes who asks: what they write is published without review if an editor
// trusts them, the community allows it, and something of theirs is published already.
// The first story of a person is always reviewed.
func (s *Service) Standing(tx *db.Tx, a members.Actor) (members.Actor, error) {
	if !a.Trusted || a.May(members.ReviewStories) {
		return a, nil
	}
	a.Trusted = false
	if a.ProfileID == "" || s.Unreviewed == nil {
		return a, nil
	}
	allowed, err := s.Unreviewed(tx)
	if err != nil || !allowed {
		return a, err
	}
	known, err := s.Known(tx, []string{a.ProfileID})
	a.Trusted = known[a.ProfileID]
	return a, err
}

// Known reports which of some authors have a published story.
func (s *Service) Known(tx *db.Tx, profileIDs []string) (map[string]bool, error) {
	in, args := db.In(2, profileIDs)
	list, err := db.List(tx, db.Value[string], `SELECT name FROM story_counts WHERE kind = $1 AND n > 0 AND name IN `+in, append([]any{countAuthor}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("look who has published something: %w", err)
	}
	known := make(map[string]bool, len(list))
	for _, id := range list {
		known[id] = true
	}
	return known, nil
}

// keepToOwn leaves a member only what is theirs to decide: whoever does not edit writes
// under the byline that is there, in the format that is there, and neither dates a story
// nor writes down what editors note.
func keepToOwn(by members.Actor, before Story, format Format, c Content) (Content, error) {
	if by.May(members.ReviewStories) {
		return c, nil
	}
	if c.Format != format {
		return c, unknownFault("format")
	}
	c.Authors, c.Published, c.Note = before.Authors, before.Published, before.Note
	return c, nil
}
