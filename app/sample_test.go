package app_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"waypost/demo"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

// TestSampleIsWholeOrNotThere breaks the sample community off at its last step: the
// place is not set up, and the next start fills it.
func TestSampleIsWholeOrNotThere(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		into := demo.Site{DB: s.DB, Community: s.Community, Members: s.Members, Topics: s.Topics, Stories: s.Stories, Resources: s.Resources, Pictures: s.Pictures,
			Joining: s.Joining, News: s.News, Replies: s.Replies, Paths: s.Paths}
		alter(t, s, `ALTER TABLE story_counts RENAME TO away`)
		if err := demo.Seed(t.Context(), into); err == nil {
			t.Fatal("stories are published without being counted")
		}
		alter(t, s, `ALTER TABLE away RENAME TO story_counts`)
		if settings, err := s.Community.Settings(t.Context()); err != nil || settings.SetUp {
			t.Errorf("half a sample community counts as set up: %+v, %v", settings, err)
		}
		if err := demo.Seed(t.Context(), into); err != nil {
			t.Fatal(err)
		}
		s.Reader().Get(story).OK()
		peopled(t, s)
		pathed(t, s)
	})
}

// peopled looks at who is in the sample community and what they are writing.
func peopled(t *testing.T, s *site.Site) {
	t.Helper()
	if n := s.Work(); n == 0 {
		t.Error("nothing follows from the stories")
	}
	roles := map[string]int{}
	for _, role := range site.Rows[string](s, `SELECT role FROM account_roles`) {
		roles[role]++
	}
	if want := map[string]int{"member": 40, "owner": 2, "editor": 4, "organizer": 4, "moderator": 5}; !maps.Equal(roles, want) {
		t.Errorf("the roles are %v, not %v", roles, want)
	}
	if n := site.Rows[int](s, `SELECT count(*) FROM profiles p JOIN accounts a ON a.id = p.account_id WHERE a.name = p.name`)[0]; n != 40 {
		t.Errorf("%d have a page of their name", n)
	}
	for state, want := range map[string]int{"published": 310, "pending": 12, "spam": 13} {
		if n := site.Rows[int](s, `SELECT count(*) FROM replies WHERE state = $1`, state)[0]; n != want {
			t.Errorf("%d replies are %s, not %d", n, state, want)
		}
	}
	const before = `SELECT 1 FROM replies b JOIN reply_checks bc ON bc.reply_id = b.id WHERE b.state = 'published' AND (bc.email = c.email AND c.email <> '' OR b.account_id = r.account_id)`
	if wrong := site.Rows[string](s, `SELECT r.name || ' ' || c.held FROM replies r JOIN reply_checks c ON c.reply_id = r.id
		WHERE r.state = 'pending' AND (c.held = 'first' AND EXISTS (`+before+`) OR c.held = 'reports' AND c.reports < 3 OR c.held NOT IN ('first', 'doubt', 'reports'))`); len(wrong) != 0 {
		t.Errorf("held for what is not so: %v", wrong)
	}
	if n := site.Rows[int](s, `SELECT count(*) FROM replies r JOIN reply_checks c ON c.reply_id = r.id WHERE r.state IN ('pending', 'spam') AND c.reasons LIKE '[{%' AND (r.state = 'spam') = (c.verdict = 'spam' OR c.held = 'repeat')`)[0]; n != 25 {
		t.Errorf("of %d in the queue the filter says why they are there", n)
	}
	if n := site.Rows[int](s, `SELECT count(*) FROM replies a JOIN replies q ON q.id = a.parent_id WHERE a.story_id <> q.story_id OR a.written_at < q.written_at OR a.depth <> q.depth + 1`)[0]; n > 0 {
		t.Errorf("%d stand where they do not belong", n)
	}
	if late := site.Rows[int](s, `SELECT count(*) FROM replies WHERE written_at > $1`, site.Start().UnixMilli())[0]; late > 0 {
		t.Errorf("%d were written after the community was made", late)
	}
	if left := site.Rows[string](s, `SELECT kind FROM letters`); len(left) > 0 {
		t.Errorf("letters were written about what happened long ago: %q", left)
	}
	if late := site.Rows[int](s, `SELECT count(*) FROM accounts WHERE created_at > $1`, site.Start().AddDate(0, 0, -3).UnixMilli())[0]; late > 0 {
		t.Errorf("%d joined as the community was made", late)
	}
	for _, sign := range demo.SignIns() {
		if _, err := s.SignInLink(t.Context(), sign.Email); err != nil {
			t.Errorf("%s: %v", sign.Email, err)
		}
	}
	account := func(email string) string {
		return site.Rows[string](s, `SELECT id FROM accounts WHERE email = $1`, email)[0]
	}
	editor, trusted, waits := s.As(account("dez@example.org")), s.As(account("mei.castellano@example.com")), s.As(account("noor.vaneck@example.com"))
	queue := editor.Get("/desk/review").OK()
	if got := queue.Texts("ul.rows li a"); len(got) != 3 || len(queue.Texts("ul.rows li .state")) != 1 {
		t.Errorf("in the queue are %q", got)
	}
	words := site.Rows[int](s, `SELECT words FROM stories WHERE state = 'in_review'`)
	for _, n := range words {
		if n < 250 || n > 500 {
			t.Errorf("a story that waits has %d words", n)
		}
	}
	if again := queue.Find("ul.rows a").FilterFunction(func(_ int, e *goquery.Selection) bool { return strings.Contains(e.Text(), "valve") }); editor.Get(again.AttrOr("href", "")).OK().Find(".thread li").Length() != 3 {
		t.Error("a story that was handed in twice has no thread that says so")
	}
	if got := trusted.Get("/desk").OK().Text("main"); !strings.Contains(got, "The four hundred and eleventh dinner") {
		t.Errorf("who waits for a review reads %.400q", got)
	}
	if p := s.As(account("adaeze.whitlock@example.org")).Get("/desk").OK(); !p.Has("main section:has(.rows) ~ section.panel a[href='/desk/guide']") {
		t.Error("the guide does not stand below what waits for an owner")
	}
	if got := waits.Get("/desk").OK().Text("main"); !strings.Contains(got, "I laughed at the till, twice.") {
		t.Errorf("whose story was sent back reads %.400q", got)
	}
	if got := editor.Get("/desk/stories").OK().Text("main"); strings.Contains(got, "Prices on the wall") {
		t.Error("somebody's draft is read by another")
	}
}
