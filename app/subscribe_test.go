package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

// subscribe asks for letters at an address, as a person does, and lets the letter that
// confirms it be written.
func subscribe(t *testing.T, s *site.Site, address string) {
	t.Helper()
	form := s.Reader().Get("/subscribe").OK().Form("main form").Set("email", address)
	s.Clock.Advance(10 * time.Second)
	if p := form.Press("").OK(); p.Path != "/subscribe/sent" {
		t.Fatalf("led to %s", p.Path)
	}
	s.Work()
}

// links are the paths in the letters of a kind, read as their sender wrote them.
func confirmations(t *testing.T, s *site.Site) int {
	t.Helper()
	return len(site.Rows[string](s, `SELECT id FROM letters WHERE kind = 'subscribe'`))
}

// TestSubscribingIsConfirmed: nothing is kept as a subscription before a letter's button
// is pressed; one letter a day goes to an address, whoever asks; looking changes nothing.
func TestSubscribingIsConfirmed(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		s.Work()
		post := postOf(s)
		for _, path := range []string{"/", "/stories/when-the-dream-job-was-not-the-dream"} {
			if p := s.Reader().Get(path); p.Status == http.StatusOK && !p.Has(`a[href="/subscribe"]`) {
				t.Errorf("%s does not lead to where readers subscribe", path)
			}
		}
		for range 3 {
			subscribe(t, s, "ann@readers.example")
		}
		if n := confirmations(t, s); n != 1 || len(site.Rows[string](s, `SELECT id FROM subscriptions`)) != 0 {
			t.Errorf("%d letters, %d subscriptions", n, len(site.Rows[string](s, `SELECT id FROM subscriptions`)))
		}
		letter, _, _ := post.last(t, "ann@readers.example")
		_, rest, ok := strings.Cut(letter.Text, s.URL+"/subscribe/")
		if !ok || !letter.Secret || letter.List != "" {
			t.Fatalf("the letter holds no link: %+v", letter)
		}
		path := "/subscribe/" + strings.Fields(rest)[0]
		for range 5 {
			s.Reader().Get(path).OK()
			s.Reader().Head(path).OK()
		}
		if n := len(site.Rows[string](s, `SELECT id FROM subscriptions`)); n != 0 {
			t.Errorf("scanners made %d subscriptions", n)
		}
		p := s.Reader().Get(path).OK().Form("main form").Press("").OK()
		if !strings.HasPrefix(p.Path, "/letters/") || p.Header.Get("Set-Cookie") != "" {
			t.Errorf("led to %s with the cookie %q", p.Path, p.Header.Get("Set-Cookie"))
		}
		s.Reader().Post(path, nil).Want(http.StatusGone) // a link is spent once
		publishNew(t, s, "One", "tamsin-oyelaran", "leaving")
		s.Work()
		if got := site.Rows[string](s, `SELECT recipient FROM letters WHERE list = 'stories'`); len(got) != 1 || got[0] != "ann@readers.example" {
			t.Errorf("letters to %v", got)
		}
		s.Reader().Post(unsubscribe(t, s, "ann@readers.example"), url.Values{"List-Unsubscribe": {"One-Click"}}).OK()
		publishNew(t, s, "Two", "tamsin-oyelaran", "leaving")
		s.Work()
		if n := len(site.Rows[string](s, `SELECT id FROM letters WHERE list = 'stories'`)); n != 0 { // the first had not left
			t.Errorf("%d letters after they were ended", n)
		}
	})
}

// TestSubscribingWeekly keeps the pace that was chosen with the address.
func TestSubscribingWeekly(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		post := postOf(s)
		form := s.Reader().Get("/subscribe").OK().Form("main form").Set("email", "ann")
		if got := form.Values.Get("pace"); got != "at-once" {
			t.Errorf("before a choice the pace is %q", got)
		}
		form = form.Set("pace", "weekly").Press("").Want(http.StatusUnprocessableEntity).Form("main form").Set("email", "ann@readers.example")
		s.Clock.Advance(10 * time.Second)
		form.Press("").OK()
		letter, _, _ := post.last(t, "ann@readers.example")
		_, rest, _ := strings.Cut(letter.Text, s.URL+"/subscribe/")
		begun := s.Reader().Get("/subscribe/" + strings.Fields(rest)[0]).OK().Form("main form").Press("").OK()
		if got := site.Rows[string](s, `SELECT pace FROM subscriptions`); !slices.Contains(got, "weekly") || !strings.Contains(begun.Text("main"), "one letter a week") {
			t.Errorf("the pace is %q: %s", got, begun.Text("main"))
		}
	})
}

// TestAnUnconfirmedAddressGoes types an address wherever one can be typed, and looks for
// it four days later: nobody has confirmed it.
func TestAnUnconfirmedAddressGoes(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		post, owner := postOf(s), s.SignIn()
		if err := s.Schedule(t.Context()); err != nil {
			t.Fatal(err)
		}
		const ann, ben = "ann@readers.example", "ben@readers.example"
		subscribe(t, s, ann)
		askData(t, s, ann)
		asks(s.Reader(), "/join", ann).OK()
		mode(t, owner, "invitation")
		asks(s.Reader(), "/sign-in", ben).OK()
		s.Work()
		for at := range post.letters {
			if at%2 == 0 { // some have left, others never will
				alter(t, s, `UPDATE letters SET state = 'accepted', finished_at = created_at WHERE kind = '`+post.letters[at].Kind+`'`)
			}
		}
		for range 16 {
			s.Clock.Advance(6 * time.Hour)
			s.Work()
		}
		if left := append(inTables(t, s, ann), inTables(t, s, ben)...); len(left) != 0 {
			t.Errorf("an address that nobody confirmed is still in %q", left)
		}
	})
}

func TestWhoCannotSubscribe(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	s.Work()
	for _, address := range []string{"", "ann", "ann@", "ann@localhost", "a b@readers.example", "ann@readers.example\r\nBcc: ben@readers.example"} {
		form := s.Reader().Get("/subscribe").OK().Form("main form").Set("email", address)
		s.Clock.Advance(10 * time.Second)
		if p := form.Press(""); p.Status != http.StatusUnprocessableEntity && p.Status != http.StatusSeeOther {
			t.Errorf("%q answers %d", address, p.Status)
		}
	}
	s.Reader().Post("/subscribe", url.Values{"email": {"ann@readers.example"}}).Want(http.StatusUnprocessableEntity) // never shown
	form := s.Reader().Get("/subscribe").OK().Form("main form").Set("email", "ann@readers.example")
	form.Values.Set("website", "https://adverts.example/")
	form.Press("").OK()
	s.Work()
	if n := confirmations(t, s); n != 0 {
		t.Errorf("%d letters to what no person asked for", n)
	}
	id := memberOf(t, s, "away", "")
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE accounts SET disabled_at = 1 WHERE id = $1`, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	subscribe(t, s, "away@readers.example")
	if n := confirmations(t, s); n != 0 {
		t.Errorf("%d letters to a disabled account", n)
	}
}
