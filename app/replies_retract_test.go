package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/replies"
)

// retracting is a thread that a member who may take back all she wrote had her part in.
type retracting struct {
	*site.Site
	t       *testing.T
	account string
	owner   *site.Visitor
	ids     map[string]string
}

// quirinasThread lets Quirina Vale reply before she joined, as a member, to who answered
// her, and with what is taken for spam; Ben answers her and writes for himself.
func quirinasThread(t *testing.T, e testkit.Engine) *retracting {
	t.Helper()
	s := site.New(t, site.On(e), site.Demo)
	judging(s, "casino")
	settleReplies(t, s, func(c *replies.Settings) { c.Mode = replies.HoldNone })
	x := &retracting{Site: s, t: t, owner: s.As(s.Account("Olu", members.Owner).ID), ids: map[string]string{}}
	x.owner.Get("/desk").OK()
	x.post("before", "", replies.Draft{Name: "Quirina Vale", Email: "quirina@readers.example", Body: "Written before I joined."})
	x.account = memberOf(t, s, "quirina", "")
	alter(t, s, `UPDATE accounts SET name = 'Quirina Vale' WHERE id = $1`, x.account)
	ben := memberOf(t, s, "ben", "")
	hers, his := replies.Draft{By: members.Actor{AccountID: x.account}}, replies.Draft{By: members.Actor{AccountID: ben}}
	hers.Body = "The first of mine."
	x.post("first", "", hers)
	his.Body, his.Watch = "Ben answers it.", true
	x.post("answer", "first", his)
	his.Watch = false
	hers.Body = "The last of mine."
	x.post("last", "answer", hers)
	hers.Body = "Come to my casino."
	x.post("spam", "", hers)
	his.Body = "Ben for himself."
	x.post("alone", "", his)
	s.Work()
	return x
}

func (x *retracting) post(name, parent string, d replies.Draft) {
	x.t.Helper()
	d.StoryID = site.Rows[string](x.Site, `SELECT id FROM stories WHERE slug = $1`, strings.TrimPrefix(story, "/stories/"))[0]
	d.ParentID = x.ids[parent]
	x.Clock.Advance(time.Minute)
	p, err := x.Replies.Post(x.t.Context(), d)
	if err != nil {
		x.t.Fatal(err)
	}
	x.ids[name] = p.ID
}

// shown are the pages on which names stand, each as what it has of the thread.
func (x *retracting) shown() map[string]string {
	x.t.Helper()
	pages := map[string]string{"the thread": x.Reader().Get(story).OK().Text("#replies")}
	for _, path := range []string{story + "/replies", story + "/replies/feed.atom", "/replies/feed.atom"} {
		pages[path] = string(x.Reader().Get(path).OK().Body)
	}
	for _, state := range []string{"published", "spam"} {
		pages["the queue of "+state] = x.owner.Get("/desk/replies?state=" + state).OK().Text("main")
	}
	return pages
}

// named are those that name Quirina.
func (x *retracting) named() (list []string) {
	for where, text := range x.shown() {
		if strings.Contains(text, "Quirina") {
			list = append(list, where)
		}
	}
	return list
}

// learned counts what the filter learned of her reply that was taken for spam.
func (x *retracting) learned() int64 {
	return site.Rows[int64](x.Site, `SELECT count(*) FROM spam_labels WHERE subject LIKE '%' || $1`, x.ids["spam"])[0]
}

// others are the rows of the replies of everybody else.
func (x *retracting) others() string {
	return fmt.Sprint(site.Rows[string](x.Site, `SELECT r.id || r.name || r.body || coalesce(r.account_id, '') || r.state || r.version FROM replies r
		WHERE r.body NOT LIKE '%mine%' AND r.body NOT LIKE '%casino%' AND r.body NOT LIKE '%joined%' AND r.erased_at IS NULL ORDER BY r.id`))
}

// TestTakingOnesNameOffAllReplies: a member stays one, nobody sees any more who wrote what
// she wrote, and all else is as it was; a backup of before brings the name back nowhere.
func TestTakingOnesNameOffAllReplies(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		x := quirinasThread(t, e)
		if n := len(x.named()); n != 6 {
			t.Fatalf("before, %v name her", x.named())
		}
		v, others := x.As(x.account), x.others()
		list := v.Get("/me/data/replies").OK()
		if n := len(list.Texts(".panel .body")); n != 4 || list.Has("a[href='/replies/"+x.ids["before"]+"']") {
			t.Errorf("the list has %d: %s", n, list.Text("main"))
		}
		form := list.Form("#all form")
		before := x.State("sessions")
		for _, all := range []string{"", "named", "everything"} {
			p := v.Post("/me/data/replies", url.Values{"all": {all}}).Want(http.StatusUnprocessableEntity)
			if !strings.Contains(p.Text("[role=alert]"), "Choose first") || len(p.Texts(".panel .body")) != 4 {
				t.Errorf("%q: %s", all, p.Text("main"))
			}
		}
		if after := x.State("sessions"); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("no choice changed rows: %v", difference(before, after))
		}
		if n := x.letters(); n == 0 {
			t.Error("no letter about what she wrote waits")
		}
		done := form.Set("all", "nameless").Press("").OK()
		if n := x.letters(); n != 0 {
			t.Errorf("%d letters that name her still wait", n)
		}
		if !strings.Contains(done.Text("[role=status]"), "off 4 replies") || done.Has(".panel") {
			t.Errorf("after: %s", done.Text("main"))
		}
		if list := x.named(); len(list) != 0 {
			t.Errorf("at once, %v still name her", list)
		}
		thread := x.shown()["the thread"]
		for _, text := range []string{"Written before", "first of mine", "Ben answers it", "last of mine", "Ben for himself"} {
			if !strings.Contains(thread, text) {
				t.Errorf("the thread is without %q", text)
			}
		}
		if x.others() != others {
			t.Errorf("replies of others were %s and are %s", others, x.others())
		}
		v.Get("/me/data/replies/" + x.ids["first"]).Want(http.StatusNotFound)
		if p := x.owner.Get("/desk/record").OK(); !strings.Contains(p.Text("main"), "Took their name off all their replies") {
			t.Errorf("the record: %s", p.Text("main"))
		}
		x.Work()
		before = x.State("sessions")
		if p := form.Press("").OK(); p.Has("[role=status]") || !p.Has(".empty") {
			t.Errorf("a second time: %s", p.Text("main"))
		}
		if after := x.State("sessions"); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("a second time changed rows: %v", difference(before, after))
		}
		x.restored(t)
	})
}

// letters counts those that wait and tell of what she wrote.
func (x *retracting) letters() (n int) {
	for _, name := range []string{"before", "first", "last"} {
		n += site.Rows[int](x.Site, `SELECT count(*) FROM letters WHERE state = 'waiting' AND unique_key LIKE $1`, "reply:"+x.ids[name]+":%")[0]
	}
	return n
}

// restored starts the site again with a reply of before that has the name, as a backup has
// it, and one that she wrote since.
func (x *retracting) restored(t *testing.T) {
	t.Helper()
	x.post("since", "", replies.Draft{By: members.Actor{AccountID: x.account}, Body: "Said since."})
	alter(t, x.Site, `UPDATE replies SET name = 'Quirina Vale', account_id = $1 WHERE id = $2`, x.account, x.ids["first"])
	x.Stop()
	s := site.New(t, site.In(x.Folder, x.Place))
	s.Work()
	got := fmt.Sprint(site.Rows[string](s, `SELECT body || coalesce(account_id, '') FROM replies WHERE name = 'Quirina Vale'`))
	if got != "[Said since."+x.account+"]" {
		t.Errorf("after a restore she stands over %s", got)
	}
}

// TestRemovingAllOnesReplies: places stay where somebody answered, what the filter learned
// is unlearned, and the member stays.
func TestRemovingAllOnesReplies(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		x := quirinasThread(t, e)
		x.owner.Post("/desk/replies?state=spam", url.Values{"reply": {x.ids["spam"]}, "do": {"approve"}}).Want(http.StatusSeeOther)
		if x.learned() == 0 {
			t.Fatal("the filter learned nothing")
		}
		v, others := x.As(x.account), x.others()
		x.Clock.Advance(time.Hour)
		form := v.Get("/me/data/replies").OK().Form("#all form").Set("all", "removed")
		form.Press("").Want(http.StatusForbidden) // the sign-in is old
		v = x.As(x.account)
		done := v.Get("/me/data/replies").OK().Form("#all form").Set("all", "removed").Press("").OK()
		if !strings.Contains(done.Text("[role=status]"), "4 replies are removed") || done.Has(".panel") {
			t.Errorf("after: %s", done.Text("main"))
		}
		for where, text := range x.shown() {
			for _, gone := range []string{"Quirina", "of mine", "casino", "before I joined"} {
				if strings.Contains(text, gone) {
					t.Errorf("%s still has %q", where, gone)
				}
			}
		}
		page := x.Reader().Get(story).OK()
		if !page.Has("p#reply-"+x.ids["first"]) || page.Has("article#reply-"+x.ids["first"]) {
			t.Errorf("what was answered is no empty place: %s", page.Text("#replies"))
		}
		if page.Has("#reply-"+x.ids["last"]) || !page.Has("#reply-"+x.ids["answer"]) || !page.Has("#reply-"+x.ids["alone"]) {
			t.Errorf("the thread is: %s", page.Text("#replies"))
		}
		if x.others() != others {
			t.Errorf("replies of others were %s and are %s", others, x.others())
		}
		if n := x.learned(); n != 0 {
			t.Errorf("the filter still knows %d decisions on a reply that is gone", n)
		}
		v.Get("/me/data").OK()
	})
}
