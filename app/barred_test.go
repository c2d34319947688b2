package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"waypost/internal/personal"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/members/joining"
)

// TestRemovedAndKeptOut removes a member and keeps their address out: they are signed out,
// and neither an old link nor an invitation lets them in until an owner takes it back.
func TestRemovedAndKeptOut(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		p, owner := postOf(s), s.SignIn()
		owner.Get("/desk/people/barred").OK()
		secret, err := s.Joining.Invite(t.Context(), ownerOf(t, s), joining.NewInvite{Role: members.Member, Uses: 9, Days: 90})
		if err != nil {
			t.Fatal(err)
		}
		ben := joined(t, s, p, "ben@example.org", "Ben Ash")
		account := site.Rows[string](s, `SELECT id FROM accounts WHERE email = 'ben@example.org'`)[0]
		asks(s.Reader(), "/sign-in", "ben@example.org").OK()
		_, old, _ := p.last(t, "ben@example.org")

		form := owner.Get("/desk/people/"+account+"/remove").OK().Form("main form").Set("word", "leave").Set("bar", "yes")
		if page := form.Send("").Want(http.StatusUnprocessableEntity); page.Text("#reason-fault") == "" || !page.Has("[name=bar][checked]") {
			t.Errorf("without a reason: %.400q", page.Text("main"))
		}
		ben.Get("/me/sessions").OK()
		form.Set("reason", "Sold coaching to four members").Press("").OK()

		ben.Get("/me/sessions").Want(http.StatusUnauthorized)
		s.Reader().Post(old, nil).Want(http.StatusGone)
		n := len(p.letters)
		s.Clock.Advance(25 * time.Hour)
		for _, path := range []string{"/join", "/sign-in", "/join?invitation=" + secret} {
			asks(s.Reader(), path, "BEN@example.org").OK()
			s.Work()
		}
		if len(p.letters) != n {
			t.Errorf("who is kept out is written %+v", p.letters[n:])
		}
		owner = s.SignIn() // of the last quarter of an hour
		list := owner.Get("/desk/people/barred").OK()
		if got := list.Text("ul.rows"); !strings.Contains(got, "Sold coaching to four members") || strings.Contains(string(list.Body), "ben@") {
			t.Errorf("the list of who is kept out reads %q", got)
		}
		s.As(s.Account("ed", members.Editor).ID).Get("/desk/people/barred").Want(http.StatusForbidden)
		record := owner.Get("/desk/record?kind=people").OK()
		if got := record.Text("table"); !strings.Contains(got, "Kept an address out") || strings.Contains(got, "Ben Ash") || !strings.Contains(got, "Removed a membersomeone who left") {
			t.Errorf("the record reads %q", got)
		}
		if got := record.Text("table"); !strings.Contains(got, "Made an invitationMember") {
			t.Errorf("a role has no word in the record: %q", got)
		}
		if record.Has("a[href$='/left']") {
			t.Error("the record leads to a page of whom there is nothing any more")
		}

		if got := list.Form("ul.rows form").Press("").OK().Text("main"); !strings.Contains(got, "Nobody is kept out") {
			t.Errorf("afterwards the list reads %q", got)
		}
		nan, wish := s.Account("nan").ID, personal.Wish{Stories: personal.Removed, Replies: personal.Removed, Barred: true}
		alter(t, s, `UPDATE accounts SET email = NULL, email_key = NULL WHERE id = $1`, nan)
		if err := s.Leave(t.Context(), ownerOf(t, s), nan, wish); err != nil || site.Rows[int64](s, `SELECT count(*) FROM barred`)[0] != 0 {
			t.Errorf("who has no address is removed with %v, and the hash of none is kept out", err)
		}
		alter(t, s, `INSERT INTO barred (hash, id, barred_by, barred_at, reason)
			WITH RECURSIVE n (i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < 1103) SELECT 'h' || i, 'o' || i, '', 1, 'Case ' || i FROM n`)
		first := owner.Get("/desk/people/barred").OK()
		rest := owner.Get(first.Find(".pager a").AttrOr("href", "")).OK()
		if got := rest.Text("ul.rows"); first.Find("ul.rows li").Length() != 100 || rest.Find("ul.rows li").Length() != 3 || !strings.Contains(got, "Case 1001") || rest.Has(".pager") {
			t.Errorf("the next page of who is kept out reads %q", got)
		}
		if got := owner.Get("/desk/record?kind=people").OK().Text("table"); !strings.Contains(got, "Let an address in again") {
			t.Errorf("the record reads %q", got)
		}
		s.Clock.Advance(25 * time.Hour)
		joined(t, s, p, "ben@example.org", "Ben Ash").Get("/me/sessions").OK()
	})
}
