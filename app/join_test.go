package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
)

// post is what was written to people of a site, in order.
type post struct {
	site    *site.Site
	letters []mail.Letter
}

// postOf watches the letters that are written.
func postOf(s *site.Site) *post {
	p := &post{site: s}
	put := s.Proofs.Post
	s.Proofs.Post = func(tx *db.Tx, letters ...mail.Letter) error {
		p.letters = append(p.letters, letters...)
		return put(tx, letters...)
	}
	return p
}

var (
	linkOf = regexp.MustCompile(`https?://[^\s/]+(/(?:sign-in|join/confirm)/[A-Za-z0-9_-]{43})\n`)
	codeOf = regexp.MustCompile(`\n    (\d{3}) (\d{3})\n`)
)

// last is the newest letter to an address, after the jobs are done: its link and code.
func (p *post) last(t *testing.T, to string) (letter mail.Letter, link, code string) {
	t.Helper()
	p.site.Work()
	for i := len(p.letters) - 1; i >= 0; i-- {
		if letter = p.letters[i]; letter.To != to {
			continue
		}
		if found := linkOf.FindStringSubmatch(letter.Text); found != nil {
			link = found[1]
		}
		if found := codeOf.FindStringSubmatch(letter.Text); found != nil {
			code = found[1] + found[2]
		}
		return letter, link, code
	}
	t.Fatalf("no letter to %s among %d", to, len(p.letters))
	return
}

// asks types an address at a door.
func asks(v *site.Visitor, door, address string) *site.Page {
	return v.Get(door).OK().Form("main form").Set("email", address).Press("")
}

// joined is a new member who has joined by the link.
func joined(t *testing.T, s *site.Site, p *post, address, name string) *site.Visitor {
	t.Helper()
	v := s.Reader()
	asks(v, "/join", address).OK()
	_, link, _ := p.last(t, address)
	welcome := v.Get(link).OK().Form("main form").Press("").OK()
	welcome.Form("main form").Set("name", name).Press("")
	return v
}

func TestJoinAndSignIn(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		p := postOf(s)
		v := s.Reader()
		sent := asks(v, "/join", "Ann+list@Example.org").OK()
		if sent.Path != "/sign-in/code" || strings.Contains(string(sent.Body), "Ann") {
			t.Errorf("after asking: %s", sent.Path)
		}
		if n := site.Rows[int](s, `SELECT count(*) FROM accounts WHERE email IS NOT NULL`); n[0] != 0 {
			t.Error("there is an account before the address is confirmed")
		}
		letter, link, code := p.last(t, "Ann+list@Example.org")
		if !strings.HasPrefix(link, "/join/confirm/") || len(code) != 6 || !letter.Secret || letter.Kind != "join" {
			t.Fatalf("the letter has %q and %q: %+v", link, code, letter)
		}
		for range 5 { // a program that looks where the link leads
			s.Reader().Get(link).OK()
			s.Reader().Head(link).OK()
		}
		welcome := v.Get(link).OK().Form("main form").Press("").OK()
		if welcome.Path != "/join/welcome" {
			t.Fatalf("joining leads to %s", welcome.Path)
		}
		again := welcome.Form("main form").Set("name", "Ann \u202eLee").Press("").Want(http.StatusUnprocessableEntity)
		if got := again.Form("main form").Values.Get("name"); got != "Ann \u202eLee" {
			t.Errorf("the name came back as %q", got)
		}
		again.Form("main form").Set("name", "Ann Lee").Send("").Want(http.StatusSeeOther)
		if p := v.Get("/sign-in").Want(http.StatusSeeOther); p.Header.Get("Location") != "/desk" {
			t.Errorf("a member is led to %s", p.Header.Get("Location"))
		}
		s.Reader().Post(link, nil).Want(http.StatusGone)

		other := s.Reader()
		asks(other, "/sign-in", "ann+LIST@example.org").OK()
		letter, link, code = p.last(t, "Ann+list@Example.org")
		if letter.Kind != "sign-in" || !strings.HasPrefix(link, "/sign-in/") {
			t.Fatalf("a member gets %+v", letter)
		}
		wrong := other.Get("/sign-in/code").OK().Form("main form").Set("code", "12"+code[:4]).Press("").Want(http.StatusUnprocessableEntity)
		if !strings.Contains(wrong.Text("main"), "4 more times") {
			t.Errorf("a wrong code: %s", wrong.Text("main"))
		}
		s.Reader().Post("/sign-in/code", map[string][]string{"code": {code}}).Want(http.StatusUnprocessableEntity)
		wrong.Form("main form").Set("code", code[:3]+" "+code[3:]).Send("").Want(http.StatusSeeOther)
		other.Get("/join/welcome").OK()
		s.Clock.Advance(time.Hour)
	})
}

// ownerOf is the owner as an actor.
func ownerOf(t *testing.T, s *site.Site) members.Actor {
	t.Helper()
	id := site.Rows[string](s, `SELECT account_id FROM account_roles WHERE role = 'owner' ORDER BY granted_at`)
	if len(id) == 0 {
		s.SignIn()
		id = site.Rows[string](s, `SELECT account_id FROM account_roles WHERE role = 'owner'`)
	}
	return members.Actor{AccountID: id[0], Roles: []members.Role{members.Owner, members.Member}}
}
