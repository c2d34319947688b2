package app_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

// yours is a link to what is held on an address.
var yours = regexp.MustCompile(`/your-data/[A-Za-z0-9_-]{43}`)

// askData asks what is held on an address, as a person does, and returns the page that
// answers.
func askData(t *testing.T, s *site.Site, address string) *site.Page {
	t.Helper()
	form := s.Reader().Get("/your-data").OK().Form("main form").Set("email", address)
	s.Clock.Advance(10 * time.Second)
	return form.Send("").Want(http.StatusSeeOther).Follow().OK()
}

// subscribed subscribes an address and presses the button in the letter.
func subscribed(t *testing.T, s *site.Site, post *post, address string) {
	t.Helper()
	subscribe(t, s, address)
	letter, _, _ := post.last(t, address)
	_, rest, _ := strings.Cut(letter.Text, s.URL+"/subscribe/")
	s.Reader().Get("/subscribe/" + strings.Fields(rest)[0]).OK().Form("main form").Press("").OK()
}

// headersOf is all that an answer says of itself but when.
func headersOf(p *site.Page) string {
	h := p.Header.Clone()
	h.Del("Date")
	return fmt.Sprint(h)
}

// inTables tells which tables have a text in any row.
func inTables(t *testing.T, s *site.Site, text string) (list []string) {
	t.Helper()
	s.View(func(tx *db.Tx) error {
		tables, err := tx.Tables()
		if err != nil {
			return err
		}
		for _, table := range tables {
			found := false
			err := tx.Dump(table, func(row []any) error {
				for _, value := range row {
					if b, ok := value.([]byte); ok {
						value = string(b)
					}
					found = found || strings.Contains(strings.ToLower(fmt.Sprint(value)), text)
				}
				return nil
			})
			if err != nil {
				return err
			}
			if found {
				list = append(list, table.Name)
			}
		}
		return nil
	})
	return list
}

// TestYourData gives somebody without an account what is held on their address, and
// removes it; who asks for another's learns nothing.
func TestYourData(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		s.Work()
		post := postOf(s)
		const ann, ben, cat = "ann@readers.example", "ben@readers.example", "cat@readers.example"
		memberOf(t, s, "mia", "")
		subscribed(t, s, post, ann)
		subscribed(t, s, post, ben)
		alter(t, s, `INSERT INTO imports (id, format, site, file_name, state, started_at, report) VALUES ('i', 'wordpress', 'https://x.example', 'x', 'done', 1, '{}')`)
		alter(t, s, `INSERT INTO imported_replies (site, source_id, item_id, parent_id, kind, state, author, email, url, body, written_at, import_id)
			VALUES ('https://x.example', '1', '1', '0', 'comment', 'approved', 'Ann Lee', 'Ann@Readers.Example', '', 'Well said, all of it', 1, 'i')`)
		want := askData(t, s, cat)
		for _, address := range []string{ann, "mia@readers.example", "nobody@elsewhere.example"} {
			if got := askData(t, s, address); got.Path != want.Path || string(got.Body) != string(want.Body) || headersOf(got) != headersOf(want) {
				t.Errorf("%s is answered otherwise than one that is unknown", address)
			}
		}
		letter, _, _ := post.last(t, "mia@readers.example")
		if !strings.Contains(letter.Text, s.URL+"/me/data") || yours.MatchString(letter.Text) {
			t.Errorf("a member gets: %s", letter.Text)
		}
		letter, _, _ = post.last(t, ann)
		path := yours.FindString(letter.Text)
		if path == "" || !letter.Secret || strings.Contains(strings.ToLower(letter.Text), ann) {
			t.Fatalf("the letter: %+v", letter)
		}
		sent := len(post.letters)
		askData(t, s, ann)
		if s.Work(); len(post.letters) != sent {
			t.Error("a second letter goes out on one day")
		}
		before := s.State()
		for range 3 {
			s.Reader().Get(path).OK()
			s.Reader().Get(path + "/remove").OK()
		}
		if after := s.State(); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("looking changed rows: %v", difference(before, after))
		}
		archive := s.Reader().Get(path).OK().Form("main form").Press("").OK()
		text := unzipped(t, archive.Body)
		if !strings.Contains(text, "Well said, all of it") || !strings.Contains(text, "\x00data/subscriptions.json") || strings.Contains(text, ben) {
			t.Errorf("the archive: %s", text)
		}
		s.Reader().Post(path+"/remove", nil).Want(http.StatusUnprocessableEntity)
		s.Reader().Get(path+"/remove").OK().Form("main form").Set("replies", "nameless").Press("").OK()
		s.Work()
		if left := append(inTables(t, s, ann), inTables(t, s, "ann lee")...); len(left) != 0 {
			t.Errorf("the address or the name is still in %v", left)
		}
		if n := len(site.Rows[string](s, `SELECT body FROM imported_replies WHERE body <> ''`)); n != 1 {
			t.Errorf("%d replies are left", n)
		}
		for _, gone := range []string{path + "/download", path + "/remove"} {
			s.Reader().Post(gone, map[string][]string{"replies": {"named"}}).Want(http.StatusGone)
		}
		spent := func(link string) {
			t.Helper()
			for _, over := range []string{link, link + "/remove"} {
				p := s.Reader().Get(over).Want(http.StatusGone)
				if !strings.Contains(p.Text("main [role=alert]"), "used already, or its time is over") || p.Has("main form") || !p.Has("main a[href='/your-data']") {
					t.Errorf("%s over: %s", over, p.Text("main"))
				}
			}
		}
		spent(path)
		letter, _, _ = post.last(t, cat) // who has joined since, or was closed, uses no old link
		link := yours.FindString(letter.Text)
		memberOf(t, s, "cat", "")
		for _, then := range []string{`SELECT 1`, `UPDATE accounts SET disabled_at = 1 WHERE email_key = 'cat@readers.example'`} {
			alter(t, s, then)
			for _, gone := range []string{link + "/download", link + "/remove"} {
				s.Reader().Post(gone, map[string][]string{"replies": {"named"}}).Want(http.StatusGone)
			}
			spent(link)
		}
		letter, _, _ = post.last(t, "nobody@elsewhere.example")
		s.Clock.Advance(49 * time.Hour)
		s.Reader().Post(yours.FindString(letter.Text)+"/download", nil).Want(http.StatusGone)
		spent(yours.FindString(letter.Text))

		subscribed(t, s, post, ann) // who comes back stays, and an import brings back no more than that
		alter(t, s, `INSERT INTO imported_replies (site, source_id, item_id, parent_id, kind, state, author, email, url, body, written_at, import_id)
			VALUES ('https://y.example', '1', '1', '0', 'comment', 'approved', 'Ann Lee', 'Ann@Readers.Example', '', 'Agreed', 1, 'i')`)
		for range 2 {
			s.Stop()
			s = site.New(t, site.In(s.Folder, s.Place))
			s.Work()
			if here := inTables(t, s, ann); !slices.Contains(here, "subscriptions") || slices.Contains(here, "imported_replies") || len(inTables(t, s, ben)) == 0 {
				t.Errorf("after another start the address is in %v", here)
			}
		}
	})
}
