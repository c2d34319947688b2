package app_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/news"
)

// TestAnAuthorIsGivenToAMember lets a member who writes here under a page of their own be
// somebody whom an import brought: stories, versions, followers and old addresses of both
// are theirs then.
func TestAnAuthorIsGivenToAMember(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		account, own := author(t, s, "quirina")
		old := publishNew(t, s, "Before the move", "", "")
		s.View(func(tx *db.Tx) error {
			a, err := s.Members.ProfileByID(tx, old.Authors[0])
			if err == nil && (a.AccountID != "" || a.Handle != "tamsin-oyelaran-2") {
				t.Errorf("the author of before has the account %q and the handle %s", a.AccountID, a.Handle)
			}
			return err
		})
		follower, reader, owner := memberOf(t, s, "fan", ""), s.Reader(), s.SignIn()
		var was string
		err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
			page, err := s.Members.ProfileByHandle(tx, "quirina")
			if err == nil {
				err = s.News.Follow(tx, follower, news.Subject{Kind: news.Author, ID: page.ID})
			}
			if err == nil {
				was = page.ID
				err = importedAs(tx, page.ID)
			}
			if err == nil {
				err = s.Community.Redirect(tx, "/authors/quirina-of-old", community.Target{Kind: "author", ID: page.ID})
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{own, "/stories/" + old.Slug, "/authors", "/authors/quirina", "/authors/tamsin-oyelaran-2"} {
			reader.Get(path).OK() // kept ready with the old bylines
		}

		form := owner.Get("/desk/people/" + account + "/author").OK()
		if !strings.Contains(form.Text("datalist"), "Tamsin Oyelaran") || !strings.Contains(form.Text("main"), "@quirina") {
			t.Errorf("the form shows neither whom to choose nor the page there is: %s", form.Text("main"))
		}
		p := form.Form("main form").Set("author", "@nobody").Send("").Want(http.StatusUnprocessableEntity)
		if p.Find("#author").AttrOr("value", "") != "@nobody" || !strings.Contains(p.Text("#author-fault"), "@nobody") {
			t.Errorf("refused: %s", p.Text("main"))
		}
		form.Form("main form").Set("author", "quirina").Send("").Want(http.StatusUnprocessableEntity) // has an account
		form.Form("main form").Set("author", "@Tamsin-Oyelaran-2").Press("").OK()
		s.Work()

		page := reader.Get("/authors/quirina").OK()
		for _, path := range []string{own, "/stories/" + old.Slug} {
			if page.Find(`a[href="`+path+`"]`).Length() == 0 {
				t.Errorf("their page does not list %s", path)
			}
			if story := reader.Get(path).OK(); story.Find(`a[href="/authors/quirina"]`).Length() == 0 {
				t.Errorf("%s is not by them: %s", path, story.Text("header"))
			}
		}
		for _, path := range []string{"/authors/tamsin-oyelaran-2", "/authors/quirina-of-old"} {
			if to := reader.Get(path).Want(http.StatusPermanentRedirect).Header.Get("Location"); to != "/authors/quirina" {
				t.Errorf("%s leads to %s", path, to)
			}
		}
		if list := reader.Get("/authors").OK(); strings.Count(list.Text("main"), "quirina") != 1 {
			t.Errorf("the list of authors: %s", list.Text("main"))
		}
		s.View(func(tx *db.Tx) error {
			a, err := s.Members.ProfileByHandle(tx, "quirina")
			if err != nil || a.ID != old.Authors[0] || a.AccountID != account || a.Name != "quirina" {
				t.Errorf("the page is %+v: %v", a, err)
			}
			follows, err := s.News.IsFollowing(tx, follower, news.Subject{Kind: news.Author, ID: a.ID})
			if err != nil || !follows {
				t.Errorf("who followed them does not any more: %v", err)
			}
			return err
		})
		if n := site.Rows[int64](s, `SELECT count(*) FROM story_revisions WHERE document LIKE '%' || $1 || '%'`, was)[0]; n != 0 {
			t.Errorf("%d versions name a page that is gone", n)
		}
		if got := site.Rows[string](s, `SELECT subject_id FROM imported WHERE source_id = 'quirina-of-old'`); !slices.Equal(got, old.Authors) {
			t.Errorf("a later import would file under %q", got)
		}
		if n := site.Rows[int64](s, `SELECT count(*) FROM story_revisions WHERE document LIKE '%' || (SELECT subject_id FROM follows WHERE account_id = $1) || '%'`, follower)[0]; n < 2 {
			t.Errorf("%d versions name the author", n)
		}
		s.As(account).Get("/desk/stories").OK()
	})
}

// importedAs notes that an import brought a profile.
func importedAs(tx *db.Tx, profile string) error {
	if _, err := tx.Exec(`INSERT INTO imports (id, format, site, file_name, state, started_at, report) VALUES ('i', 'wordpress', 'x.example', '', 'done', 0, '{}')`); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO imported (site, kind, source_id, subject_id, hash, version, import_id) VALUES ('x.example', 'author', 'quirina-of-old', $1, 'x', 1, 'i')`, profile)
	return err
}

// TestAGivenPageStaysPrivate gives an author to a member whom nobody finds: the stories
// bring readers, and they see no more than before.
func TestAGivenPageStaysPrivate(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	account, old := memberOf(t, s, "ann", ""), publishNew(t, s, "Before the move", "", "")
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		_, err := s.Members.SaveProfileIn(tx, "", members.Profile{Name: "Ann Quill", Handle: "ann-quill", Bio: "For nobody yet", Pronouns: "she/her", AccountID: account})
		if err != nil {
			return err
		}
		a, err := s.Members.ProfileByID(tx, old.Authors[0])
		if err == nil {
			a.Place = "Brackmouth"
			_, err = s.Members.SaveProfileIn(tx, "", a)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.SignIn().Get("/desk/people/"+account+"/author").OK().Form("main form").Set("author", "tamsin-oyelaran-2").Press("").OK()
	page := s.Reader().Get("/authors/ann-quill").OK().Text("main")
	if strings.Contains(page, "For nobody yet") || strings.Contains(page, "she/her") || !strings.Contains(page, "Brackmouth") {
		t.Errorf("readers see %s", page)
	}
}

// TestAnAuthorIsGivenToWhoHasNoPage links the page as it is.
func TestAnAuthorIsGivenToWhoHasNoPage(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	account, old := memberOf(t, s, "ann", ""), publishNew(t, s, "Before the move", "", "")
	s.SignIn().Get("/desk/people/"+account+"/author").OK().Form("main form").Set("author", "tamsin-oyelaran-2").Press("").OK()
	s.View(func(tx *db.Tx) error {
		a, err := s.Members.ProfileByHandle(tx, "tamsin-oyelaran-2")
		if a.ID != old.Authors[0] || a.AccountID != account {
			t.Errorf("the page is %+v", a)
		}
		return err
	})
	s.As(s.Account("ed", members.Editor).ID).Get("/desk/people/" + account + "/author").Want(http.StatusForbidden)
}
