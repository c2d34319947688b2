package app_test

import (
	"net/http"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/stories"
)

// author is a member with a page and a published story.
func author(t *testing.T, s *site.Site, name string) (account, address string) {
	t.Helper()
	account = s.Account(name).ID
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		p, err := s.Members.SaveProfileIn(tx, "", members.Profile{Name: name, Bio: "Private words", AccountID: account})
		if err != nil {
			return err
		}
		st, err := s.Stories.CreateIn(tx, members.Console(), stories.Content{Title: "Night shift of " + name, Language: "en", Body: "A text.", Authors: []string{p.ID}})
		if err != nil {
			return err
		}
		address = stories.Address(st.Slug)
		_, err = s.Stories.DoIn(tx, members.Console(), stories.Publish, st.ID, st.Version, s.Clock.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Work()
	return account, address
}

// TestLeavesWithoutTheName takes the data along, leaves, and looks at what readers get.
func TestLeavesWithoutTheName(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		account, story := author(t, s, "quirina")
		reader, v := s.Reader(), s.As(account)
		if text := reader.Get(story).OK().Text("main"); !strings.Contains(text, "quirina") {
			t.Fatalf("before: %s", text)
		}
		reader.Get("/authors/quirina").OK()
		archive := v.Get("/me/data/everything.zip").OK()
		if text := unzipped(t, archive.Body); !strings.Contains(text, "Night shift of quirina") || archive.Header.Get("Cache-Control") != "private, no-store" {
			t.Errorf("the archive: %d bytes, %s", len(archive.Body), archive.Header.Get("Cache-Control"))
		}
		refused := v.Get("/me/leave").OK().Form("main form").Press("")
		refused.Want(http.StatusUnprocessableEntity)
		left := refused.Form("main form").Set("word", "Leave").Press("").OK()
		if v.Cookie("waypost") != "" || !strings.Contains(left.Text("h1"), "left") {
			t.Errorf("still signed in, or: %s", left.Text("h1"))
		}
		v.Get("/me/data").Want(http.StatusUnauthorized)
		s.Work()
		page := reader.Get(story).OK()
		if strings.Contains(string(page.Body), ">quirina<") || !strings.Contains(page.Text("main"), "A former member") {
			t.Errorf("after: %s", page.Text("main"))
		}
		reader.Get("/authors/quirina").Want(http.StatusGone)
		reader.Get("/authors/quirina/feed.atom").Want(http.StatusGone)
		err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
			p, err := s.Members.SaveProfileIn(tx, "", members.Profile{Name: "quirina"})
			if p.Handle == "quirina" {
				t.Error("the handle of who left is given again")
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// TestRemovedStoriesAreGone removes stories with their author.
func TestRemovedStoriesAreGone(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		account, story := author(t, s, "quirina")
		reader := s.Reader()
		for _, path := range []string{"/", "/stories", "/feed.atom", "/authors", story} {
			reader.Get(path).OK() // kept ready with the story in it
		}
		owner := s.SignIn()
		owner.Get("/desk/people/"+account+"/remove").OK().Form("main form").Set("stories", "removed").Set("reason", "Asked for it.").Set("word", "leave").Press("").OK()
		s.Work()
		reader.Get(story).Want(http.StatusGone)
		for _, path := range []string{"/", "/stories", "/feed.atom", "/feed.json", "/authors", "/sitemap.xml"} {
			if strings.Contains(string(reader.Get(path).OK().Body), "quirina") {
				t.Errorf("%s still names who was removed", path)
			}
		}
	})
}

// TestTheLastOwnerStays refuses to leave a community without an owner.
func TestTheLastOwnerStays(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		s.SignIn()
		id := site.Rows[string](s, `SELECT account_id FROM account_roles WHERE role = 'owner'`)[0]
		wish := personal.Wish{Stories: personal.Named, Replies: personal.Named}
		err := s.Leave(t.Context(), members.Actor{AccountID: id}, id, wish)
		if err == nil || !strings.Contains(s.Words(err), "only owner") {
			t.Errorf("the last owner leaves: %v", err)
		}
		s.Account("second", members.Owner)
		if err := s.Leave(t.Context(), members.Actor{AccountID: id}, id, wish); err != nil {
			t.Error(err)
		}
	})
}

// TestLeavingAsksOfWhatThereIs: of replies it asks those alone who wrote some on the blog
// that was brought over.
func TestLeavingAsksOfWhatThereIs(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		account, _ := author(t, s, "quirina")
		v := s.As(account)
		if v.Get("/me/leave").OK().Has("[name=replies]") {
			t.Error("it asks of replies that nobody wrote")
		}
		statement(t, s, `INSERT INTO imports (id, format, site, file_name, state, started_at, report) VALUES ('i', 'wordpress', 'old.example', 'x', 'done', 1, '')`)
		statement(t, s, `INSERT INTO imported_replies (site, source_id, item_id, parent_id, kind, state, author, email, url, body, written_at, import_id)
			VALUES ('old.example', '1', '1', '', 'comment', 'published', 'Q', 'Quirina@people.example', '', 'Said once', 1, 'i')`)
		v.Get("/me/leave").OK().Form("main form").Set("replies", "removed").Set("word", "Leave").Press("").OK()
		s.Work()
		if left := site.Rows[string](s, `SELECT author || email || body FROM imported_replies`); left[0] != "" {
			t.Errorf("of the reply is left %q", left)
		}
	})
}
