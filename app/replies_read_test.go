package app_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/replies"
	"waypost/replies/places"
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
	if _, err := a.Replies.Decide(t.Context(), a.moderator, act, ids, time.Time{}); err != nil {
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
		if page := reader.Get(path).OK(); page.Has(".answers") || page.Has(".byline a[href='#replies']") || page.Text("#replies .hint") != "Nobody has replied yet." || !page.Has("#leave-a-reply form") {
			t.Error("a story without replies does not ask for the first")
		}
		one := a.shown(t, "Ann Lee", "The *first*.", "")
		two := a.shown(t, "Bo Hale", "The second.", "")
		parent := one
		for _, name := range []string{"Cy Day", "Di Fox", "Ed Gil", "Flo Hay"} {
			parent = a.shown(t, name, "Under it.", parent)
		}
		page := reader.Get(path).OK()
		if got, head := page.Text("#replies-title"), page.Text(".byline a[href='#replies']"); got != "6 replies" || head != got {
			t.Errorf("the heading reads %q, the head of the story %q", got, head)
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
		if form := reader.Get(path + "/reply?to=" + two).OK(); form.Text("h1") != "Answering Bo Hale" || !strings.HasPrefix(form.Text("title"), "Answering Bo Hale") || form.Text(`.panel a[href="`+path+`/replies/`+two+`"]`) != "Bo Hale wrote" {
			t.Errorf("the form of an answer says %s", form.Text("main"))
		}
		alone := reader.Get(page.Find("#replies .onward a[href='"+path+"/replies']").AttrOr("href", "/none")).OK()
		if alone.Find(".reply").Length() != 6 || alone.Has(".onward a[href='"+path+"/replies']") {
			t.Errorf("on a page of their own stand %s", alone.Text("main"))
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

// many puts replies beneath each other's threads straight into the database, each third
// one an answer to the one before.
func (a *answered) many(t *testing.T, n int) {
	t.Helper()
	err := a.DB.Update(t.Context(), func(tx *db.Tx) error {
		thread, parent, depth := "", any(nil), 0
		for i := range n {
			id := fmt.Sprintf("%026d", i)
			place := places.Of("", int64(i+1))
			if depth = 0; i%3 == 2 {
				place, depth = places.Of(thread, 1), 1
			} else {
				thread, parent = place, any(nil)
			}
			if _, err := tx.Exec(`INSERT INTO replies (id, story_id, parent_id, place, thread, depth, state, shown, below, answers, name, url, body, rendered, renderer, version, written_at)
				VALUES ($1, $2, $3, $4, $5, $6, 'published', TRUE, 0, 1, $7, '', 'Body', '<p>Body</p>', 0, 1, $8)`,
				id, a.ID, parent, place, thread, depth, fmt.Sprint("Writer ", i), a.Clock.Now().UnixMilli()+int64(i)); err != nil {
				return err
			}
			parent = id
		}
		_, err := tx.Exec(`INSERT INTO story_replies (story_id, published, threads, closed) VALUES ($1, $2, $2, FALSE)`, a.ID, n)
		a.Keeper.Touch(tx, replies.Tag(a.ID))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPagesOfReplies(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		const all = 2000
		a := newAnswered(t, e)
		a.many(t, all)
		reader, path := a.Reader(), stories.Address(a.Slug)
		page := reader.Get(path).OK()
		if got := page.Text("#replies-title"); got != "2,000 replies" {
			t.Errorf("the heading reads %q", got)
		}
		var names []string
		for pages := 1; ; pages++ {
			found := page.Texts(".replies .reply-head b")
			names = append(names, found...)
			next := page.Attrs(".replies a[rel=next]", "href")
			if len(next) == 0 {
				break
			}
			if len(found) != 50 || pages > all/50 {
				t.Fatalf("page %d has %d replies", pages, len(found))
			}
			page = reader.Get(next[0]).OK()
		}
		for i, name := range names {
			if name != fmt.Sprint("Writer ", i) {
				t.Fatalf("reply %d is by %s", i, name)
			}
		}
		if len(names) != all {
			t.Errorf("%d replies on all pages", len(names))
		}
		cut := reader.Get(path + "/replies?after=" + fmt.Sprintf("%026d", 1)).OK() // between a reply and its answer
		if got := cut.Text("#reply-" + fmt.Sprintf("%026d", 2) + " .reply-head .meta a:not([rel])"); got != "in answer to Writer 1" {
			t.Errorf("cut off from what it answers: %q", got)
		}
		other := does(t, a.Site, stories.Publish, written(t, a.Site, stories.Content{Title: "Another", Body: "x"}))
		for _, no := range []string{path + "/replies?after=x", path + "/replies?after=" + fmt.Sprintf("%026d", all), stories.Address(other.Slug) + "/replies?after=" + fmt.Sprintf("%026d", 4),
			path + "/replies?after=" + fmt.Sprintf("%026d", all-1), stories.Address(other.Slug) + "/replies/" + fmt.Sprintf("%026d", 4)} {
			reader.Get(no).Want(http.StatusNotFound)
		}
	})
}

func TestWhereRepliesAre(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		a := newAnswered(t, e)
		a.Replies.Rates = replies.Rates{}
		reader, path := a.Reader(), stories.Address(a.Slug)
		one := a.shown(t, "Ann Lee", "First [here](/about).", "")
		two := a.shown(t, "Bo Hale", "Second.", one)
		waits := a.say(t, "Cy Day", "Third.", "")
		page := reader.Get(path + "/replies/" + two).OK()
		if !page.Has("#reply-"+two) || page.Has("#reply-"+one) || page.Text(".reply-head .meta a:not([rel])") != "in answer to Ann Lee" {
			t.Error("a reply's own page does not show it with what it answers")
		}
		if above := page.Text("[data-above]"); above != "Ann Lee wrote: First here." || reader.Get(path+"/replies/"+one).OK().Has("[data-above]") {
			t.Errorf("above the answer on its own page stands %q", above)
		}
		reader.Get(path + "/replies/" + waits).Want(http.StatusNotFound)
		feeds := func(want ...string) {
			t.Helper()
			for _, feed := range []string{path + "/replies", "/replies"} {
				atom := string(reader.Get(feed + "/feed.atom").OK().Body)
				for _, name := range []string{"Ann Lee", "Bo Hale", "Cy Day"} {
					if shown := slices.Contains(want, name); strings.Contains(atom, "<name>"+name+"</name>") != shown {
						t.Errorf("%s: %s is in the feed, or is not: %v", feed, name, want)
					}
				}
			}
		}
		feeds("Ann Lee", "Bo Hale")
		if atom := string(reader.Get("/replies/feed.atom").OK().Body); !strings.Contains(atom, a.Config.Base.String()+path+"/replies/"+two) || !strings.Contains(atom, a.Config.Base.String()+"/about") {
			t.Errorf("the feed lacks addresses: %s", atom)
		}
		a.decide(t, replies.MarkSpam, one)
		if page := reader.Get(path + "/replies/" + two).OK(); page.Has("[data-above]") || strings.Contains(page.Text("main"), "Ann Lee") {
			t.Errorf("above the answer to a reply that was taken away stands %q", page.Text("main"))
		} else if page.Has(".reply-head .meta a:not([rel])") || !strings.Contains(page.Text(".reply-head .meta"), "in answer to a reply that is not here any more") {
			t.Errorf("the answer to a reply that was taken away has the line %q, or a link to it", page.Text(".reply-head .meta"))
		}
		a.decide(t, replies.Approve, one, waits)
		feeds("Ann Lee", "Bo Hale", "Cy Day")
		a.decide(t, replies.Discard, two)
		feeds("Ann Lee", "Cy Day")
		reader.Get(path + "/replies/" + two).Want(http.StatusGone)

		saved, err := a.Stories.Save(t.Context(), members.Console(), a.ID, a.Version, stories.Content{Title: "Replied to", Slug: "new-name", Language: "en", Body: "Moved.", Authors: a.Authors})
		if err != nil {
			t.Fatal(err)
		}
		for _, below := range []string{"/replies", "/replies?after=" + one, "/replies/" + one, "/replies/feed.atom"} {
			if to := reader.Get(path + below).Want(http.StatusPermanentRedirect).Header.Get("Location"); to != "/stories/new-name"+below {
				t.Errorf("%s moved to %s", below, to)
			}
		}
		does(t, a.Site, stories.Unpublish, saved)
		reader.Get("/stories/new-name/replies/" + one).Want(http.StatusGone)
		if atom := string(reader.Get("/replies/feed.atom").OK().Body); strings.Contains(atom, "Ann Lee") {
			t.Error("replies to a hidden story are in the feed of all")
		}
	})
}

// TestClosedByAge asks that a page that was kept notices when its story closes to replies.
func TestClosedByAge(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		a := newAnswered(t, e)
		rules := replies.Defaults()
		rules.CloseDays = 14
		if err := a.Replies.SaveSettings(t.Context(), members.Console(), rules); err != nil {
			t.Fatal(err)
		}
		reader, path := a.Reader(), stories.Address(a.Slug)
		for _, step := range []struct {
			days int
			open bool
		}{{0, true}, {13, true}, {2, false}} {
			a.Clock.Advance(time.Duration(step.days) * 24 * time.Hour)
			a.Keeper.Polish(t.Context())
			if page := reader.Get(path).OK(); page.Has(".reply-form") != step.open || strings.Contains(page.Text("#replies"), "for 14 days") == step.open {
				t.Errorf("after %d more days: open %v", step.days, !step.open)
			}
		}
	})
}

// TestKeptRepliesAreRenewed asks after each change that the next reader sees it, and
// nobody what only moderators may see, on every page and in every feed with replies.
func TestKeptRepliesAreRenewed(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		a := newAnswered(t, e)
		a.Replies.Rates = replies.Rates{}
		reader, path := a.Reader(), stories.Address(a.Slug)
		one := a.shown(t, "Ann Lee", "It stays.", "")
		two := a.say(t, "Bo Hale", "Before it.", "")
		pages := []string{path, path + "/replies", path + "/replies/feed.atom", "/replies/feed.atom"}
		seen := func(step string, want string) {
			t.Helper()
			for _, p := range pages {
				body := string(reader.Get(p).OK().Body)
				for _, words := range []string{"Before it.", "After it."} {
					if strings.Contains(body, words) != (words == want) {
						t.Errorf("%s: %s has %q, or lacks it", step, p, words)
					}
				}
				if !strings.Contains(body, "It stays.") || strings.Contains(body, "bo@example.org") || strings.Contains(body, "Bo Hale") != (want != "") {
					t.Errorf("%s: %s tells too little or too much", step, p)
				}
			}
		}
		sent := replies.Sender{Sent: true}
		seen("it waits", "")
		before := a.Keeper.Stats().Renders
		a.decide(t, replies.Approve, two)
		seen("approved", "Before it.")
		if n := a.Keeper.Stats().Renders - before; n > 4 {
			t.Errorf("%d pages were made for an approval", n)
		}
		if feeds := strings.Join(reader.Get(path).OK().Attrs("link[rel=alternate][type='application/atom+xml']", "href"), " "); feeds != "/feed.atom "+path+"/replies/feed.atom /replies/feed.atom" {
			t.Errorf("a story with replies names the feeds %s", feeds)
		}
		before = a.Keeper.Stats().Renders
		reader.Get(path).OK()
		if after := a.Keeper.Stats().Renders; after != before {
			t.Errorf("a page that is kept was made %d times more", after-before)
		}
		if _, err := a.Replies.Edit(t.Context(), sent, two, "After it."); err != nil {
			t.Fatal(err)
		}
		if a.state(two) == replies.Pending { // the filter looked again
			seen("changed, and in doubt", "")
			a.decide(t, replies.Approve, two)
		}
		seen("changed", "After it.")
		a.decide(t, replies.MarkSpam, two)
		seen("spam", "")
		a.decide(t, replies.Approve, two)
		seen("no spam", "After it.")
		if err := a.Replies.Withdraw(t.Context(), sent, two); err != nil {
			t.Fatal(err)
		}
		seen("deleted by its writer", "")
		reader.Get(path + "/replies/" + one).OK()
		reader.Get(path + "/replies/" + two).Want(http.StatusGone)
	})
}

// TestWhoReplied asks that the author of a story is marked among those who reply, that
// names lead to those members alone whom readers may find, and that replies are shown as
// the settings in force have it.
func TestWhoReplied(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		a := newAnswered(t, e)
		author := a.Account("Au Thor")
		for _, statement := range []string{`UPDATE profiles SET account_id = NULL WHERE account_id = '` + author.ID + `'`,
			`UPDATE profiles SET account_id = '` + author.ID + `' WHERE id = '` + a.Authors[0] + `'`} {
			execute(t, a.Site, statement)
		}
		for _, by := range []members.Actor{{AccountID: author.ID}, a.moderator} {
			p, err := a.Replies.Post(t.Context(), replies.Draft{StoryID: a.ID, Body: "See [us](/about), \"here\".", By: by})
			if err != nil || p.State != replies.Published {
				t.Fatal(p.State, err)
			}
		}
		reader, path := a.Reader(), stories.Address(a.Slug)
		page := reader.Get(path).OK()
		if got := strings.Join(page.Texts(".reply-head b"), ", "); got != "By Replied to, Mo Derator" {
			t.Errorf("by %s", got)
		}
		if got := page.Attrs(".reply-head b a", "href"); len(got) != 1 || got[0] != "/authors/by-replied-to" || page.Find(".by-author").Length() != 1 {
			t.Errorf("names lead to %q", got)
		}
		before := page.Texts(".reply .body")
		saveSettings(t, a.Site, func(s *community.Settings) { s.TimeZone = "Asia/Tokyo" })
		page = reader.Get(path).OK()
		if after := page.Texts(".reply .body"); !slices.Equal(before, after) || len(after) != 2 {
			t.Errorf("in another time zone the replies read %q", after)
		}
		if got := page.Attrs(".reply time", "title"); !strings.Contains(got[0], "18:30") {
			t.Errorf("in Tokyo it is %q", got)
		}
	})
}

// TestRepliesKeptApartAreRenewed: the replies under a story are kept apart from it.
// Whatever changes in what they say, the next reader sees it.
func TestRepliesKeptApartAreRenewed(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		a := newAnswered(t, e)
		author := a.Account("Au Thor")
		execute(t, a.Site, `UPDATE profiles SET account_id = NULL WHERE account_id = '`+author.ID+`'`)
		execute(t, a.Site, `UPDATE profiles SET account_id = '`+author.ID+`' WHERE id = '`+a.Authors[0]+`'`)
		var moderator string
		if err := a.DB.Update(t.Context(), func(tx *db.Tx) (err error) {
			moderator, err = a.Members.ProfileFor(tx, a.moderator.AccountID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		stranger := a.shown(t, "Ann Lee", "It stays.", "")
		for _, by := range []members.Actor{{AccountID: author.ID}, a.moderator} {
			if p, err := a.Replies.Post(t.Context(), replies.Draft{StoryID: a.ID, Body: "So it is.", By: by}); err != nil || p.State != replies.Published {
				t.Fatal(p.State, err)
			}
		}
		reader, path := a.Reader(), stories.Address(a.Slug)
		sees := func(selector, want string) {
			t.Helper()
			got := reader.Get(path).OK().Find("#replies, .reply-form, .byline").Find(selector).Map(func(_ int, s *goquery.Selection) string {
				return strings.TrimSpace(s.AttrOr("href", s.AttrOr("lang", s.AttrOr("action", "")))) + " " + strings.TrimSpace(s.Text())
			})
			if have := strings.Join(got, ", "); have != want {
				t.Errorf("%s: %q, want %q", selector, have, want)
			}
			if err := a.DB.Update(t.Context(), func(tx *db.Tx) error { a.Keeper.Touch(tx, stories.TagStory(a.ID)); return nil }); err != nil {
				t.Fatal(err)
			}
			reader.Get(path).OK() // a page that is made again keeps its parts
		}
		profile := func(id string, change func(*members.Profile)) {
			t.Helper()
			var p members.Profile
			a.View(func(tx *db.Tx) (err error) {
				p, err = a.Members.ProfileByID(tx, id)
				return err
			})
			change(&p)
			if _, err := a.Members.SaveProfile(t.Context(), "", p); err != nil {
				t.Fatal(err)
			}
		}
		story := func(change func(*stories.Content)) {
			t.Helper()
			var st stories.Story
			var c stories.Content
			a.View(func(tx *db.Tx) (err error) {
				if st, err = a.Stories.ByID(tx, a.ID); err == nil {
					c, err = a.Stories.Content(tx, st)
				}
				return err
			})
			change(&c)
			if _, err := a.Stories.Save(t.Context(), members.Console(), st.ID, st.Version, c); err != nil {
				t.Fatal(err)
			}
		}
		const written, links = ".reply-head b", ".reply-head b a"
		sees(written, " Ann Lee,  By Replied to,  Mo Derator")
		sees(links, "/authors/by-replied-to By Replied to")
		profile(a.Authors[0], func(p *members.Profile) { p.Name = "Au Revoir" })
		sees(written, " Ann Lee,  Au Revoir,  Mo Derator")
		profile(moderator, func(p *members.Profile) { p.Audience = members.Everyone })
		sees(links, "/authors/by-replied-to Au Revoir, /authors/mo-derator Mo Derator")
		profile(moderator, func(p *members.Profile) { p.Audience = members.NoOne })
		sees(links, "/authors/by-replied-to Au Revoir")
		sees(".by-author", " · Author of the story")
		story(func(c *stories.Content) { c.Authors = []string{moderator} })
		sees(written, " Ann Lee,  By Replied to,  Mo Derator")
		sees(links, "/authors/mo-derator Mo Derator")
		sees(".reply[id='reply-"+stranger+"'] .body", " It stays.")
		story(func(c *stories.Content) { c.Language = "cy" })
		sees(".reply[id='reply-"+stranger+"'] .body", "cy It stays.")
		story(func(c *stories.Content) { c.Slug = "elsewhere" })
		path = "/stories/elsewhere"
		sees("[data-answer='"+stranger+"']", path+"/reply?to="+stranger+" Answer")
		saveSettings(t, a.Site, func(s *community.Settings) { s.Language = "de" })
		sees("#replies-title", " 3 Antworten")
		if err := a.Replies.Withdraw(t.Context(), replies.Sender{Sent: true}, stranger); err != nil {
			t.Fatal(err)
		}
		sees(written, " By Replied to,  Mo Derator")
		sees(".byline a[href='#replies']", "#replies 2 Antworten")
		settleReplies(t, a.Site, func(c *replies.Settings) { c.CloseDays = 14 })
		sees("#reply-title", " Eine Antwort schreiben")
		a.Clock.Advance(15 * 24 * time.Hour)
		a.Keeper.Polish(t.Context())
		sees("#reply-title", "")
	})
}
