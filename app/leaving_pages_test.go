package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/internal/testkit"
	"waypost/internal/testkit/postbox"
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

// TestWhoLeftIsInNoLetter lets letters to others wait, has the one leave of whom they
// speak, and looks at what goes out once there is a mail server.
func TestWhoLeftIsInNoLetter(t *testing.T) {
	t.Parallel()
	review := []string{"Quirina Vale handed", "Quirina Vale took", "Quirina Vale wrote", "Beside it"}
	wishes := []struct {
		stories personal.Choice
		with    map[string]int
		without []string
	}{
		{personal.Named, map[string]int{"Subject: Night shift": 1, "By Quirina Vale": 2}, review},
		{personal.Nameless, map[string]int{"Subject: Night shift": 1, "By A former member": 2}, append(review, "By Quirina")},
		{personal.Removed, nil, []string{"Quirina", "Night shift"}},
	}
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		for _, wish := range wishes {
			t.Run(string(wish.stories), func(t *testing.T) {
				letters := sentAfterLeaving(t, site.New(t, site.On(e), site.Demo), wish.stories)
				for word, want := range wish.with {
					if n := strings.Count(letters, word); n != want {
						t.Errorf("%q is sent %d times, not %d: %s", word, n, want, letters)
					}
				}
				for _, word := range wish.without {
					if strings.Contains(letters, word) {
						t.Errorf("a letter has %q: %s", word, letters)
					}
				}
			})
		}
	})
}

// sentAfterLeaving is what letters say that waited when Quirina left: of a story of hers,
// at once and in a week, and of drafts of hers in the review.
func sentAfterLeaving(t *testing.T, s *site.Site, wish personal.Choice) string {
	t.Helper()
	s.SignIn()
	addressed(t, s)
	for i, pace := range []string{"at-once", "weekly"} {
		statement(t, s, `INSERT INTO subscriptions (id, list, pace, ended_pace, email, email_key, language, proof, since, confirmed_at, changed_at)
			VALUES ($1, 'stories', $1, '', $2, $2, '', 'letter', 0, 0, $3)`, pace, pace+"@readers.example", i)
	}
	if err := s.DB.Update(t.Context(), s.News.ScheduleWeek); err != nil {
		t.Fatal(err)
	}
	account, _ := author(t, s, "Quirina Vale")
	by := members.Actor{AccountID: account, ProfileID: site.Rows[string](s, `SELECT id FROM profiles WHERE account_id = $1`, account)[0], Roles: []members.Role{members.Member}}
	for _, verbs := range [][]stories.Verb{{stories.Submit}, {stories.Submit, stories.Return}} {
		st, err := s.Stories.Create(t.Context(), by, stories.Content{Title: "A draft", Language: "en", Body: "A text."})
		for _, verb := range verbs {
			if err == nil {
				st, err = s.Stories.Take(t.Context(), by, st.ID, st.Version, stories.Step{Verb: verb})
			}
			if err == nil && verb == stories.Submit {
				err = s.Stories.Comment(t.Context(), by, st.ID, "Beside it.")
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	s.Clock.Advance(5 * 24 * time.Hour) // past a Friday
	s.Work()
	waiting := strings.Join(site.Rows[string](s, `SELECT l.kind || ' ' || t.subject || ' ' || t.text FROM letters l JOIN letter_texts t ON t.id = l.text_id`), " ")
	for _, word := range []string{"new-story Night shift", "week ", "By Quirina Vale", "Quirina Vale handed in", "Quirina Vale took", "Quirina Vale wrote", "Beside it"} {
		if !strings.Contains(waiting, word) {
			t.Fatalf("no letter waits with %q: %s", word, waiting)
		}
	}
	err := s.Leave(t.Context(), members.Actor{AccountID: account}, account, personal.Wish{Stories: wish, Replies: wish})
	if err != nil {
		t.Fatal(err)
	}
	box := postbox.Open(t, postbox.Options{})
	sendThrough(t, s, box)
	send(t, s)
	var sent strings.Builder
	for _, l := range box.Letters() {
		r := l.Read(t)
		fmt.Fprintf(&sent, "To: %s\nSubject: %s\n%s\n", l.To, r.Subject(), r.Parts["text/plain"])
	}
	return sent.String()
}
