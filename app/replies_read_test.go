package app_test

import (
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/replies"
	"waypost/stories"
)

// answered is a story that is replied to, and a moderator.
type answered struct {
	*site.Site
	stories.Story
	moderator members.Actor
}

func newAnswered(t *testing.T, e testkit.Engine) *answered {
	s := site.New(t, site.On(e))
	st := does(t, s, stories.Publish, written(t, s, stories.Content{Title: "Replied to", Body: "Say something."}))
	a := s.Account("Mo Derator", members.Moderator)
	return &answered{s, st, members.Actor{AccountID: a.ID, Roles: []members.Role{members.Moderator}}}
}

// say posts a reply of a stranger; to is the reply that it answers, or "".
func (a *answered) say(t *testing.T, name, body, to string) string {
	t.Helper()
	p, err := a.Replies.Post(t.Context(), replies.Draft{StoryID: a.ID, ParentID: to, Name: name, Email: strings.ToLower(strings.Fields(name)[0]) + "@example.org", Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

func (a *answered) decide(t *testing.T, act replies.Act, ids ...string) {
	t.Helper()
	if _, err := a.Replies.Decide(t.Context(), a.moderator, act, ids); err != nil {
		t.Fatal(err)
	}
}

// shown posts a reply that readers see.
func (a *answered) shown(t *testing.T, name, body, to string) string {
	t.Helper()
	id := a.say(t, name, body, to)
	if a.state(id) != replies.Published {
		a.decide(t, replies.Approve, id)
	}
	return id
}

func (a *answered) state(id string) (state replies.State) {
	a.View(func(tx *db.Tx) error {
		r, err := a.Replies.Any(tx, id)
		state = r.State
		return err
	})
	return state
}

func TestThreadsOnAPage(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		a := newAnswered(t, e)
		a.Replies.Rates = replies.Rates{}
		reader, path := a.Reader(), stories.Address(a.Slug)
		if page := reader.Get(path).OK(); page.Has(".answers") || page.Text("#replies .hint") != "Nobody has replied yet." || !page.Has("#leave-a-reply form") {
			t.Error("a story without replies does not ask for the first")
		}
		one := a.shown(t, "Ann Lee", "The *first*.", "")
		two := a.shown(t, "Bo Hale", "The second.", "")
		parent := one
		for _, name := range []string{"Cy Day", "Di Fox", "Ed Gil", "Flo Hay"} {
			parent = a.shown(t, name, "Under it.", parent)
		}
		page := reader.Get(path).OK()
		if got := page.Text("#replies-title"); got != "6 replies" {
			t.Errorf("the heading reads %q", got)
		}
		if got := strings.Join(page.Texts(".reply-head b"), ", "); got != "Ann Lee, Cy Day, Di Fox, Ed Gil, Flo Hay, Bo Hale" {
			t.Errorf("in the order %s", got)
		}
		if page.Find(".answers .answers .answers > li").Length() != 3 || page.Has(".answers .answers .answers .answers") {
			t.Error("the third level does not hold what is deeper")
		}
		if got := strings.Join(page.Texts(".reply-head .meta a[href^='#']:not(:has(time))"), ", "); got != "in answer to Di Fox, in answer to Ed Gil" {
			t.Errorf("flattened: %s", got)
		}
		if page.Text("#reply-"+one+" .body em") != "first" || !page.Has(`#reply-`+two+` a[data-answer="`+two+`"][href="`+path+`/reply?to=`+two+`"]`) {
			t.Error("a reply lost its marks or the way to answer it")
		}
		a.decide(t, replies.Discard, one)
		page = reader.Get(path).OK()
		if page.Has("article#reply-"+one) || !page.Has("p#reply-"+one) || strings.Contains(page.Text("main"), "Ann Lee") {
			t.Error("a reply that was deleted is not an empty place")
		}
		if err := a.Replies.Close(t.Context(), a.moderator, a.ID, true); err != nil {
			t.Fatal(err)
		}
		page = reader.Get(path).OK()
		if page.Has(".reply-form, a[data-answer]") || !strings.Contains(page.Text("#replies .hint"), "no longer takes replies") {
			t.Error("a closed story asks for replies")
		}
	})
}
