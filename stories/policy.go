package stories

import (
	"slices"

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
// everything that its state allows; authors save, submit and take back their own
// while it is a draft or in review.
func May(a members.Actor, v Verb, s Story) bool {
	w := ways[v]
	if !slices.Contains(w.from, s.State) {
		return false
	}
	if a.May(members.ReviewStories) {
		return true
	}
	return w.own && ownedBy(a, s) && (s.State == Draft || s.State == InReview && v == Return)
}

// MayRead reports whether an actor may see a story that is not public: a draft is
// its authors' alone until it is submitted, except that an owner may help.
func MayRead(a members.Actor, s Story) bool {
	return a.May(members.HelpDrafts) || ownedBy(a, s) || s.State != Draft && a.May(members.ReviewStories)
}

func ownedBy(a members.Actor, s Story) bool {
	return a.ProfileID != "" && slices.Contains(s.Authors, a.ProfileID)
}

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

// allow turns May into the error that a person reads.
func allow(a members.Actor, v Verb, s Story) error {
	if May(a, v, s) {
		return nil
	}
	if !a.May(members.ReviewStories) && !ownedBy(a, s) {
		return problem.New(problem.Forbidden, "problem.forbidden")
	}
	return problem.New(problem.Conflict, "story.not_now", "state", string(s.State))
}
