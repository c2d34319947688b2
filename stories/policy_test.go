package stories_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/problem"
	"waypost/members"
	"waypost/stories"
)

// arrows is the drawing of the package comment: where each verb leads from each state.
func arrows() map[stories.Verb]map[stories.State]stories.State {
	type to = map[stories.State]stories.State
	return map[stories.Verb]map[stories.State]stories.State{
		stories.Submit:     to{stories.Draft: stories.InReview},
		stories.Return:     to{stories.InReview: stories.Draft},
		stories.Schedule:   to{stories.Draft: stories.Scheduled, stories.InReview: stories.Scheduled, stories.Scheduled: stories.Scheduled},
		stories.Unschedule: to{stories.Scheduled: stories.Draft},
		stories.Publish: to{stories.Draft: stories.Published, stories.InReview: stories.Published, stories.Scheduled: stories.Published,
			stories.Archived: stories.Published},
		stories.Unpublish: to{stories.Published: stories.Draft, stories.Archived: stories.Draft},
		stories.Archive:   to{stories.Published: stories.Archived},
	}
}

// actor is somebody of the table of who may do what.
type actor struct {
	name    string
	roles   []members.Role
	own     bool // they stand in the story's byline
	began   bool // they began it
	trusted bool
}

func actors() []actor {
	return []actor{
		{name: "owner", roles: []members.Role{members.Owner}},
		{name: "editor", roles: []members.Role{members.Editor}},
		{name: "owner who wrote it", roles: []members.Role{members.Owner}, own: true},
		{name: "editor who began it", roles: []members.Role{members.Editor}, began: true},
		{name: "author", roles: []members.Role{members.Member}, own: true},
		{name: "author who began it", roles: []members.Role{members.Member}, own: true, began: true},
		{name: "trusted author", roles: []members.Role{members.Member}, own: true, trusted: true},
		{name: "organizer", roles: []members.Role{members.Organizer}},
		{name: "moderator", roles: []members.Role{members.Moderator}},
		{name: "member", roles: []members.Role{members.Member}},
		{name: "trusted member", roles: []members.Role{members.Member}, trusted: true},
		{name: "reader"},
	}
}

const beginner = "account of whoever began it"

func (a actor) is(profile string) members.Actor {
	who := members.Actor{AccountID: "account-of-" + a.name, ProfileID: "somebody else", Roles: a.roles, Trusted: a.trusted}
	if a.own {
		who.ProfileID = profile
	}
	if a.began {
		who.AccountID = beginner
	}
	return who
}

func (a actor) edits() bool {
	return strings.HasPrefix(a.name, "owner") || strings.HasPrefix(a.name, "editor")
}

// mayGo says it again in other words than the code: editors and owners go every arrow of
// what is not others' alone, authors submit a draft and take it back, trusted ones
// publish it.
func (a actor) mayGo(v stories.Verb, from stories.State, private bool) bool {
	if _, arrow := arrows()[v][from]; !arrow && v != stories.Save {
		return false
	}
	mine := a.own || a.began
	switch {
	case a.edits():
		return !private || mine
	case !mine:
		return false
	case v == stories.Publish:
		return a.trusted && (from == stories.Draft || from == stories.InReview)
	}
	return from == stories.Draft && (v == stories.Submit || v == stories.Save) || from == stories.InReview && v == stories.Return
}

// inEach runs for a story in every state, and for a draft that is its authors' alone.
func inEach(run func(st stories.Story, private bool)) {
	for _, s := range stories.States() {
		run(stories.Story{State: s, Authors: []string{"p1"}, AccountID: beginner, Submitted: time.UnixMilli(1)}, false)
	}
	run(stories.Story{State: stories.Draft, Authors: []string{"p1"}, AccountID: beginner}, true)
	run(stories.Story{State: stories.Draft, Authors: []string{"p1"}}, false) // an import brought it
}

func TestEveryArrowForEveryRole(t *testing.T) {
	t.Parallel()
	verbs := []stories.Verb{stories.Save, stories.Submit, stories.Return, stories.Publish, stories.Schedule, stories.Unschedule,
		stories.Unpublish, stories.Archive}
	for _, a := range actors() {
		inEach(func(st stories.Story, private bool) {
			if st.AccountID == "" && a.began {
				return
			}
			choices := stories.Choices(a.is("p1"), st)
			for _, v := range verbs {
				want := a.mayGo(v, st.State, private)
				if got := stories.May(a.is("p1"), v, st); got != want {
					t.Errorf("%s may %s a story that is %s (private %v): %v, want %v", a.name, v, st.State, private, got, want)
				}
				if offered := slices.Contains(choices, v); offered != want {
					t.Errorf("%s is offered to %s a story that is %s (private %v): %v, want %v", a.name, v, st.State, private, offered, want)
				}
			}
		})
	}
	if stories.May(owner(), "burn", stories.Story{State: stories.Draft}) {
		t.Error("a verb that is none")
	}
}

func TestWhoMayReadWhatIsNotPublic(t *testing.T) {
	t.Parallel()
	for _, a := range actors() {
		inEach(func(st stories.Story, private bool) {
			want := a.own || a.began && st.AccountID != "" || a.edits() && !private
			if got := stories.MayRead(a.is("p1"), st); got != want {
				t.Errorf("%s reads a story that is %s (private %v): %v, want %v", a.name, st.State, private, got, want)
			}
			if got := stories.MayComment(a.is("p1"), st); got != (want && !private) {
				t.Errorf("%s writes beside a story that is %s (private %v): %v", a.name, st.State, private, got)
			}
		})
	}
	private := stories.Story{State: stories.Draft, Authors: []string{"p1"}, AccountID: beginner}
	importing := members.Actor{AccountID: beginner, Roles: []members.Role{members.Owner}, Imports: true}
	if !stories.MayRead(members.Console(), private) || !stories.MayRead(importing, private) {
		t.Error("the program itself cannot go on with what it brought")
	}
}

// ways lead a new story into each state.
func ways() map[stories.State][]stories.Verb {
	return map[stories.State][]stories.Verb{
		stories.Draft:     nil,
		stories.InReview:  {stories.Submit},
		stories.Scheduled: {stories.Schedule},
		stories.Published: {stories.Publish},
		stories.Archived:  {stories.Publish, stories.Archive},
	}
}

func TestDoGoesTheArrowsAndNoOther(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		at := k.Clock.Now().Add(time.Hour)
		for from, way := range ways() {
			for v, to := range arrows() {
				for _, a := range slices.DeleteFunc(actors(), func(a actor) bool { return a.name != "owner" && a.name != "author" && a.name != "member" }) {
					st := k.create(t, content("A story", ann))
					var err error
					for _, step := range way {
						if st, err = k.Stories.Do(t.Context(), owner(), step, st.ID, st.Version, at); err != nil {
							t.Fatal(err)
						}
					}
					after, err := k.Stories.Do(t.Context(), a.is(ann), v, st.ID, st.Version, at)
					now := k.byID(t, st.ID)
					switch want, arrow := to[from]; {
					case arrow && a.mayGo(v, from, false):
						if err != nil || after.State != want || now.State != want || now.Version != st.Version+1 {
							t.Errorf("%s: %s from %s: %s at version %d, %v; want %s", a.name, v, from, now.State, now.Version, err, want)
						}
					case err == nil || now.State != from || now.Version != st.Version:
						t.Errorf("%s: %s from %s: %s, %v; want an error", a.name, v, from, now.State, err)
					case a.name == "member" && !problem.Is(err, problem.Forbidden):
						t.Errorf("%s: %s from %s: %v, want forbidden", a.name, v, from, err)
					}
				}
			}
		}
	})
}

func TestDoRefuses(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		st := k.create(t, content("A story", ann))
		later := k.Clock.Now().Add(time.Hour)
		if _, err := k.Stories.Do(t.Context(), owner(), stories.Publish, st.ID, st.Version+1, later); !problem.Is(err, problem.Conflict) {
			t.Errorf("another version: %v", err)
		}
		if _, err := k.Stories.Do(t.Context(), owner(), stories.Publish, "nowhere", 1, later); !problem.Is(err, problem.NotFound) {
			t.Errorf("no story: %v", err)
		}
		if _, err := k.Stories.Do(t.Context(), owner(), stories.Save, st.ID, st.Version, later); err == nil {
			t.Error("a save leads nowhere")
		}
		for _, at := range []time.Time{{}, k.Clock.Now(), k.Clock.Now().Add(-time.Minute)} {
			if _, err := k.Stories.Do(t.Context(), owner(), stories.Schedule, st.ID, st.Version, at); faults(err) != "at: story.time_past" {
				t.Errorf("schedule for %v: %v", at, err)
			}
		}
		bare := k.create(t, stories.Content{})
		for _, v := range []stories.Verb{stories.Submit, stories.Schedule, stories.Publish} {
			_, err := k.Stories.Do(t.Context(), owner(), v, bare.ID, bare.Version, later)
			if got := faults(err); got != "title: story.title_missing, body: story.body_missing, authors: story.author_missing" {
				t.Errorf("%s an empty story: %s", v, got)
			}
		}
		if now := k.byID(t, st.ID); now.State != stories.Draft || now.Version != 1 {
			t.Errorf("after the refusals: %+v", now)
		}
	})
}
