package app_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/replies"
)

// TestCorrectingByALink lets whoever has the link to an address change what came with it,
// however old, and nothing else; then they take their name off, and the thread keeps its
// shape.
func TestCorrectingByALink(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		judging(s, "casino")
		settleReplies(t, s, func(c *replies.Settings) { c.Mode = replies.HoldNone })
		post := postOf(s)
		mine := sendReply(s, s.Reader(), "I worked there in 2014.")
		id := strings.TrimPrefix(mine.Path, "/replies/")
		other, err := s.Replies.Post(t.Context(), replies.Draft{StoryID: site.Rows[string](s, `SELECT story_id FROM replies WHERE id = '`+id+`'`)[0], ParentID: id, Name: "Ben", Email: "ben@readers.example", Body: "So did I."})
		if err != nil || other.State != replies.Published {
			t.Fatalf("%v, %s", err, other.State)
		}
		alter(t, s, `DELETE FROM jobs WHERE kind LIKE 'replies.%'`) // letters about them are not looked at here
		askData(t, s, "priya@readers.example")
		letter, _, _ := post.last(t, "priya@readers.example")
		path := yours.FindString(letter.Text)
		list := s.Reader().Get(s.Reader().Get(path).OK().Find("a[href$='/replies']").AttrOr("href", "")).OK()
		if len(list.Texts(".panel .body")) != 1 || list.Header.Get("Referrer-Policy") != "no-referrer" || strings.Contains(list.Text("main"), "So did I") {
			t.Errorf("the list: %s", list.Text("main"))
		}
		form := s.Reader().Get(list.Find(".panel a.button").AttrOr("href", "")).OK().Form("form[action*='/your-data/']")
		if p := form.Set("body", " ").Send("").Want(http.StatusUnprocessableEntity); !p.Has("#reply-body-fault") {
			t.Errorf("an empty correction: %s", p.Text("main"))
		}
		if p := form.Set("body", "I worked there in *2015*.").Press("").OK(); p.Text(".panel em") != "2015" {
			t.Errorf("after the correction: %s", p.Text("main"))
		}
		if p := s.Reader().Get(story).OK(); p.Text("#reply-"+id+" em") != "2015" {
			t.Errorf("readers see: %s", p.Text("#replies"))
		}
		s.Reader().Get(path + "/replies/" + other.ID).Want(http.StatusNotFound)
		s.Reader().Post(path+"/replies/"+other.ID, form.Values).Want(http.StatusNotFound)
		s.Reader().Get("/your-data/no-such-link/replies").Want(http.StatusGone)
		if p := s.Reader().Post("/your-data/no-such-link/replies/"+id, form.Values).Want(http.StatusGone); p.Text("textarea") != "I worked there in *2015*." {
			t.Errorf("by a link that is over: %s", p.Text("main"))
		}
		s.Reader().Get(path+"/remove").OK().Form("main form").Set("replies", "nameless").Press("").OK()
		p := s.Reader().Get(story).OK()
		if p.Text("#reply-"+id+" em") != "2015" || strings.Contains(p.Text("#replies"), "Priya") || !strings.Contains(p.Text("#replies"), "So did I") {
			t.Errorf("without a name readers see: %s", p.Text("#replies"))
		}
		if found := inTables(t, s, "priya@"); len(found) != 0 {
			t.Errorf("the address is still in %v", found)
		}
	})
}

// TestRefusedIsNotOfferedToChange: the pages of who wrote it offer no change of what a moderator
// took for spam, which would be forbidden, and do of what the filter took for it.
func TestRefusedIsNotOfferedToChange(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	judging(s, "casino")
	settleReplies(t, s, func(c *replies.Settings) { c.Mode = replies.HoldNone })
	account := memberOf(t, s, "Ann Lee", "")
	ann := s.As(account)
	sent := sendReply(s, ann, "I worked there in 2014.")
	id := strings.TrimPrefix(sent.Path, "/replies/")
	correct := "a[href='/me/data/replies/" + id + "']"
	if !ann.Get(sent.Path).OK().Has("a[href$='/edit']") || !ann.Get("/me/data/replies").OK().Has(correct) {
		t.Error("what stands there is not offered to change")
	}
	mo := members.Actor{AccountID: s.Account("mo", members.Moderator).ID, Roles: []members.Role{members.Moderator}}
	if _, err := s.Replies.Decide(t.Context(), mo, replies.MarkSpam, []string{id}, time.Time{}); err != nil {
		t.Fatal(err)
	}
	ann.Get("/me/data/replies/" + id).Want(http.StatusForbidden)
	if p := ann.Get(sent.Path).OK(); p.Has("a[href$='/edit']") || p.Has(correct) || !strings.Contains(p.Text("main"), "a moderator decided so") {
		t.Errorf("its page: %s", p.Text("main"))
	}
	if p := ann.Get("/me/data/replies").OK(); p.Has(correct) || !p.Has("a[href='/replies/"+id+"']") {
		t.Errorf("the list: %s", p.Text("main"))
	}
	alter(t, s, `UPDATE reply_checks SET held = $1 WHERE reply_id = $2`, string(replies.ByFilter), id)
	if !ann.Get("/me/data/replies").OK().Has(correct) {
		t.Error("what the filter took for spam is not offered to change")
	}
}

// TestCorrectingAsAMember: what was answered is not changed in passing, and is corrected by
// who wrote it once they have shown who they are; nothing else is.
func TestCorrectingAsAMember(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		judging(s, "casino")
		settleReplies(t, s, func(c *replies.Settings) { c.Mode = replies.HoldNone })
		account := memberOf(t, s, "Ann Lee", "")
		ann := s.As(account)
		sent := sendReply(s, ann, "I worked there in 2014.")
		id := strings.TrimPrefix(sent.Path, "/replies/")
		other, err := s.Replies.Post(t.Context(), replies.Draft{StoryID: site.Rows[string](s, `SELECT story_id FROM replies WHERE id = '`+id+`'`)[0], ParentID: id, Name: "Ben", Email: "ben@readers.example", Body: "So did I."})
		if err != nil || other.State != replies.Published {
			t.Fatalf("%v, %s", err, other.State)
		}
		s.Clock.Advance(20 * time.Minute)
		ann = s.As(account)
		if p := ann.Get(sent.Path).OK(); p.Has("a[href$='/edit']") || !p.Has("a[href='/me/data/replies/"+id+"']") {
			t.Errorf("an answered reply: %s", p.Text("main"))
		}
		list := ann.Get(ann.Get("/me/data").OK().Find("main a[href$='/replies']").AttrOr("href", "")).OK()
		if len(list.Texts(".panel .body")) != 1 || strings.Contains(list.Text("main"), "So did I") || !list.Has("a[href='"+sent.Path+"']") {
			t.Errorf("the list: %s", list.Text("main"))
		}
		form := ann.Get(list.Find(".panel a.button").AttrOr("href", "")).OK().Form("form[action^='/me/data/']")
		if p := form.Set("body", "I worked there in *2015*.").Press("").OK(); p.Text(".panel em") != "2015" {
			t.Errorf("after the correction: %s", p.Text("main"))
		}
		if p := s.Reader().Get(story).OK(); p.Text("#reply-"+id+" em") != "2015" || !strings.Contains(p.Text("#replies"), "So did I") {
			t.Errorf("readers see: %s", p.Text("#replies"))
		}
		ann.Get("/me/data/replies/" + other.ID).Want(http.StatusNotFound)
		ann.Post("/me/data/replies/"+other.ID, form.Values).Want(http.StatusNotFound)
		s.As(s.Account("Olu", members.Owner).ID).Get("/me/data/replies/" + id).Want(http.StatusNotFound)
		s.Reader().Get("/me/data/replies").Want(http.StatusUnauthorized)
		s.Clock.Advance(time.Hour)
		ann.Post("/me/data/replies/"+id, form.Values).Want(http.StatusForbidden)
		if p := ann.Get("/replies/yours").Want(http.StatusSeeOther); p.Header.Get("Location") != "/me/data/replies" {
			t.Errorf("a member is led to %s", p.Header.Get("Location"))
		}
	})
}

// TestFindingOnesReplyAgain: the browser that sent replies leads back to each from the form
// and the page on processing, without script, and no other browser does.
func TestFindingOnesReplyAgain(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	judging(s, "casino")
	priya := s.Reader()
	first, second := sendReply(s, priya, "I worked there in 2014."), sendReply(s, priya, "Come to my casino.")
	for _, from := range []string{story, story + "/reply", "/privacy/replies", first.Path} {
		list := priya.Get(priya.Get(from).OK().Find("main a[href='/replies/yours']").AttrOr("href", "")).OK()
		if got := list.Attrs(".panel .button", "href"); len(got) != 2 || got[0] != second.Path || got[1] != first.Path {
			t.Errorf("from %s one finds %v", from, got)
		}
		if text := list.Text("main"); !strings.Contains(text, "waits for a person") || !strings.Contains(text, "taken for spam") {
			t.Errorf("what became of them: %s", text)
		}
	}
	if p := s.Reader().Get("/replies/yours").OK(); p.Has(".panel") || !strings.Contains(p.Text("main"), "There is none yet") {
		t.Errorf("another browser: %s", p.Text("main"))
	}
	s.Clock.Advance(31 * 24 * time.Hour)
	if p := priya.Get("/replies/yours").OK(); p.Has(".panel") {
		t.Errorf("a month later: %s", p.Text("main"))
	}
}

// TestABrowserForgetsWhatNobodyWroteAnyMore: once a member or a stranger took off what led
// to them, the browser that sent their replies leads nobody to them either.
func TestABrowserForgetsWhatNobodyWroteAnyMore(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		judging(s, "casino")
		settleReplies(t, s, func(c *replies.Settings) { c.Mode = replies.HoldNone })
		account := memberOf(t, s, "Ann Lee", "")
		ann, priya := s.As(account), s.Reader()
		hers, others := sendReply(s, ann, "I worked there in 2014."), sendReply(s, priya, "I never did.")
		alter(t, s, `DELETE FROM sessions`) // somebody else sits down at Ann's machine
		found := func(v *site.Visitor, sent *site.Page, want bool) {
			t.Helper()
			if got := v.Get("/replies/yours").OK().Has(".panel"); got != want {
				t.Errorf("%s is found: %t", sent.Path, got)
			}
			if want {
				v.Get(sent.Path).OK()
				return
			}
			if to := v.Get(sent.Path).Want(http.StatusSeeOther).Header.Get("Location"); to != story+sent.Path {
				t.Errorf("%s leads to %s", sent.Path, to)
			}
			v.Get(sent.Path + "/edit").Want(http.StatusNotFound)
			v.Post(sent.Path+"/delete", nil).Want(http.StatusNotFound)
		}
		found(ann, hers, true)
		found(priya, others, true)
		s.As(account).Get("/me/data/replies").OK().Form("#all form").Set("all", "nameless").Press("").OK()
		found(ann, hers, false)
		found(priya, others, true)
		err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
			_, err := s.Replies.Retract(tx, personal.Person{Address: "priya@readers.example"}, personal.Nameless, s.Clock.Now())
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		found(priya, others, false)
	})
}

// TestTheListOfOnesRepliesGoesOn: a member, and whoever has a link to an address, come to
// each of more replies than a page lists, once and the latest first; from a page that is
// empty by now they come to the first.
func TestTheListOfOnesRepliesGoesOn(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		judging(s, "casino")
		s.Replies.Rates = replies.Rates{}
		post := postOf(s)
		account := memberOf(t, s, "Ann Lee", "")
		to := site.Rows[string](s, `SELECT id FROM stories WHERE '/stories/' || slug = '`+story+`'`)[0]
		write := func(d replies.Draft, n int) (bodies []string) {
			t.Helper()
			for i := range n {
				d.StoryID, d.Body = to, fmt.Sprintf("In year %d I worked there as a %s.", i, d.Name)
				s.Clock.Advance(time.Minute)
				if _, err := s.Replies.Post(t.Context(), d); err != nil {
					t.Fatal(err)
				}
				bodies = append(bodies, d.Body)
			}
			slices.Reverse(bodies)
			return bodies
		}
		byAnn := write(replies.Draft{By: members.Actor{AccountID: account}}, 101)
		byPriya := write(replies.Draft{Name: "Priya", Email: "priya@readers.example"}, 51)
		alter(t, s, `DELETE FROM jobs WHERE kind LIKE 'replies.%'`)
		askData(t, s, "priya@readers.example")
		letter, _, _ := post.last(t, "priya@readers.example")
		for _, c := range []struct {
			who   *site.Visitor
			list  string
			want  []string
			pages int
		}{
			{s.As(account), "/me/data/replies", byAnn, 3},
			{s.Reader(), yours.FindString(letter.Text) + "/replies", byPriya, 2},
		} {
			var found []string
			pages := 0
			for at := c.list; at != ""; pages++ {
				p := c.who.Get(at).OK()
				if first := p.Find(".pager a:not([rel])").AttrOr("href", ""); (at == c.list) != (first == "") || first != "" && first != c.list {
					t.Errorf("from %s one comes back to %q", at, first)
				}
				found = append(found, p.Texts(".panel .body")...)
				at = p.Find(".pager a[rel=next]").AttrOr("href", "")
			}
			if pages != c.pages || !slices.Equal(found, c.want) {
				t.Errorf("on %d pages of %s are %d replies of %d: %v", pages, c.list, len(found), len(c.want), found)
			}
			if p := c.who.Get(c.list + "?after=0").Want(http.StatusSeeOther); p.Header.Get("Location") != c.list {
				t.Errorf("from an empty page one is led to %q", p.Header.Get("Location"))
			}
		}
	})
}
