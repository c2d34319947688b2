package app_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/stories"
)

// publishNew publishes a new story by one author under one topic, both of the sample
// community, or by somebody new where there is none.
func publishNew(t *testing.T, s *site.Site, title, author, topic string) stories.Story {
	t.Helper()
	actor := members.Console()
	var authors, filed []string
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		if author == "" {
			a, err := s.Members.SaveProfileIn(tx, "", members.Profile{Name: "Tamsin Oyelaran"})
			authors = []string{a.ID}
			return err
		}
		a, err := s.Members.ProfileByHandle(tx, author)
		if err != nil {
			return err
		}
		x, err := s.Topics.BySlug(tx, topic)
		authors, filed = []string{a.ID}, []string{x.ID}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	st, err := s.Stories.Create(t.Context(), actor, stories.Content{Title: title, Standfirst: "Why I & “she” left <early>.", Language: "en", Body: strings.Repeat("Word ", 700),
		Authors: authors, Topics: filed})
	if err != nil {
		t.Fatal(err)
	}
	if st, err = s.Stories.Do(t.Context(), actor, stories.Publish, st.ID, st.Version, time.Time{}); err != nil {
		t.Fatal(err)
	}
	return st
}

// memberOf makes an account with an address.
func memberOf(t *testing.T, s *site.Site, name, language string) string {
	t.Helper()
	var id string
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		address := name + "@readers.example"
		a, err := s.Members.CreateAccount(tx, "", members.NewAccount{Name: name, Email: address, EmailKey: address, Language: language})
		id = a.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// addressed gives the owner an address, as joining does to others.
func addressed(t *testing.T, s *site.Site) {
	t.Helper()
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE accounts SET email = 'owner@readers.example', email_key = 'owner@readers.example' WHERE email IS NULL`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// unsubscribe is the path that a letter to somebody says ends such letters.
func unsubscribe(t *testing.T, s *site.Site, to string) string {
	t.Helper()
	found := site.Rows[string](s, `SELECT unsubscribe FROM letters WHERE recipient = $1 ORDER BY id DESC`, to)
	if len(found) == 0 {
		t.Fatalf("no letter to %s", to)
	}
	return strings.TrimPrefix(found[0], s.URL)
}

func TestANewStoryReachesThoseWhoWantIt(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		s.Work()
		owner := s.SignIn()
		addressed(t, s)
		p := owner.Get("/me/letters").OK()
		if p.Form("main form").Values.Get("stories") != "never" {
			t.Errorf("a member gets letters before they chose any")
		}
		p.Form("main form").Set("stories", "at-once").Press("").OK()
		st := publishNew(t, s, "A door & a “key”", "tamsin-oyelaran", "leaving")
		s.Work()
		letters := site.Rows[string](s, `SELECT t.subject || ' | ' || t.text || ' | ' || t.html FROM letters l JOIN letter_texts t ON t.id = l.text_id WHERE l.list = 'stories'`)
		if len(letters) != 1 {
			t.Fatalf("%d letters", len(letters))
		}
		for _, want := range []string{"A door & a “key”", "Why I & “she” left <early>.", "By Tamsin Oyelaran · 3 minutes", s.URL + "/stories/" + st.Slug, "left &lt;early&gt;"} {
			if !strings.Contains(letters[0], want) {
				t.Errorf("the letter lacks %q: %s", want, letters[0])
			}
		}
		for _, never := range []string{"<img", "<link", "src=", "url("} {
			if strings.Contains(letters[0], never) {
				t.Errorf("the letter asks for something: %q", never)
			}
		}
	})
}

// TestOneClickEndsLetters is the conversation of RFC 8058: scanners look and change
// nothing, one POST without a cookie ends the letters, and the next is no error.
func TestOneClickEndsLetters(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		owner := s.SignIn()
		addressed(t, s)
		owner.Post("/me/letters", url.Values{"stories": {"at-once"}, "followed": {"at-once"}}).Want(http.StatusSeeOther)
		owner.Post("/me/follow", url.Values{"author": {"tamsin-oyelaran"}}).Want(http.StatusSeeOther)
		publishNew(t, s, "One", "tamsin-oyelaran", "leaving")
		s.Work()
		path := unsubscribe(t, s, "owner@readers.example")
		before := s.State("sessions")
		for range 5 {
			if p := s.Reader().Get(path).OK(); len(p.Texts("main button.primary")) != 1 || p.Header.Get("Set-Cookie") != "" {
				t.Errorf("the page has the buttons %q and sets %q", p.Texts("main button"), p.Header.Get("Set-Cookie"))
			}
			s.Reader().Head(path).OK()
		}
		if after := s.State("sessions"); !maps.Equal(before, after) {
			t.Errorf("scanners changed %v", difference(before, after))
		}
		going := func() string {
			return strings.Join(site.Rows[string](s, `SELECT list FROM subscriptions WHERE pace <> 'never' ORDER BY list`), " ")
		}
		for range 2 {
			p := s.Reader().Ask("POST", path, strings.NewReader("List-Unsubscribe=One-Click"), "Content-Type", "application/x-www-form-urlencoded").Want(http.StatusOK)
			if p.Header.Get("Set-Cookie") != "" || going() != "followed" {
				t.Errorf("after one click %q go on, and %q is set", going(), p.Header.Get("Set-Cookie"))
			}
		}
		multipart := "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n"
		s.Reader().Ask("POST", path, strings.NewReader(multipart), "Content-Type", "multipart/form-data; boundary=b").Want(http.StatusOK)
		s.Reader().Ask("POST", path, nil).Want(http.StatusOK)

		// Undo, on the page itself; then all.
		p := s.Reader().Post(path, nil).Want(http.StatusOK)
		p.Form("main form").Press("undo").Want(http.StatusOK)
		if going() != "followed stories" {
			t.Errorf("after undo %q go on", going())
		}
		s.Reader().Post(path, url.Values{"act": {"weekly"}}).Want(http.StatusOK)
		if pace := site.Rows[string](s, `SELECT pace FROM subscriptions WHERE list = 'stories'`); pace[0] != "weekly" {
			t.Errorf("weekly instead: %v", pace)
		}
		s.Reader().Post(path, url.Values{"act": {"all"}}).Want(http.StatusOK)
		if going() != "" {
			t.Errorf("after all were ended %q go on", going())
		}
		for _, forged := range []string{path + "x", path[:len(path)-1], "/letters/x", "/letters/x.y"} {
			if p := s.Reader().Get(forged).Want(http.StatusNotFound); !p.Has("main a[href='/your-data']") {
				t.Errorf("a forged link: %s", p.Text("main"))
			}
			if s.Reader().Post(forged, nil).Status != http.StatusNotFound {
				t.Errorf("%s opens something", forged)
			}
		}
	})
}

func TestFollowing(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	reader := s.Reader()
	const led = "/me/follow?author=tamsin-oyelaran"
	if p := reader.Get("/authors/tamsin-oyelaran").OK().Form("form.follow").Press(""); p.Path != led || p.Status != http.StatusUnauthorized {
		t.Errorf("a reader is led to %s, which answers %d", p.Path, p.Status)
	}
	if n := len(site.Rows[string](s, `SELECT kind FROM follows`)); n != 0 {
		t.Errorf("%d follow something", n)
	}
	owner := s.SignIn()
	addressed(t, s)
	if p := owner.Get(led).OK(); !p.Has("button[value=follow]") {
		t.Error("the page has no button to follow")
	}
	p := owner.Get("/topics/leaving").OK().Form("form.follow").Press("").OK()
	if !p.Has("button[value=unfollow]") || !p.Has(".done") {
		t.Error("the page does not say that this is followed")
	}
	if p := owner.Get("/me/letters").OK(); strings.Join(p.Texts(".rows a"), " ") != "Leaving" {
		t.Errorf("followed: %q", p.Texts(".rows a"))
	}
	ann := memberOf(t, s, "ann", "de")
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO follows (account_id, kind, subject_id, created_at) SELECT $1, 'author', id, 0 FROM profiles WHERE handle = 'tamsin-oyelaran'`, ann)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	publishNew(t, s, "One", "tamsin-oyelaran", "leaving")
	s.Work()
	if got := site.Rows[string](s, `SELECT recipient || ' ' || list FROM letters ORDER BY recipient`); strings.Join(got, ",") != "owner@readers.example followed" {
		t.Errorf("letters: %v", got) // ann follows, but never chose to get letters
	}
	owner.Post("/me/follow", url.Values{"topic": {"leaving"}, "act": {"unfollow"}}).Want(http.StatusSeeOther)
	owner.Post("/me/follow", url.Values{"topic": {"no-such"}}).Want(http.StatusNotFound)
	publishNew(t, s, "Two", "tamsin-oyelaran", "leaving")
	s.Work()
	if n := len(site.Rows[string](s, `SELECT id FROM letters`)); n != 1 {
		t.Errorf("%d letters after following ended", n)
	}
}
