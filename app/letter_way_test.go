package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"waypost/app"
	"waypost/internal/problem"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

// TestJoiningWithoutMail goes the ways of somebody who wants in while letters do not go
// out: every page says so, and what the console prints lets them in.
func TestJoiningWithoutMail(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo, site.With(func(c *app.Config) { c.DataNamed = true }))
		owner := s.SignIn()
		v := s.Reader()
		for _, path := range []string{"/join", "/sign-in", "/subscribe", "/your-data"} {
			if !v.Get(path).OK().Has("main .notice") {
				t.Errorf("%s does not say that letters do not go out", path)
			}
		}
		if p := asks(v, "/join", "ann@example.org").OK(); !strings.Contains(p.Text("main"), "do not go out") || strings.Contains(p.Text("main"), "on its way") {
			t.Errorf("whoever asked is told %q", p.Text("main"))
		}
		subscribe(t, s, "reader@example.org")
		if text := v.Get("/subscribe/sent").OK().Text("main"); strings.Contains(text, "on its way") {
			t.Errorf("whoever subscribed is told %q", text)
		}
		command := "waypost sign-in-link --join --data " + s.Config.Dir.Path() + " ann@example.org"
		if text := owner.Get("/desk/joining").OK().Text("main .notice code"); text != command {
			t.Errorf("an owner is told %q, want %q", text, command)
		}
		if text := v.Get("/sign-in").OK().Text("main code"); !strings.Contains(text, "waypost owner-link --data DIR") || strings.Contains(text, s.Config.Dir.Path()) {
			t.Errorf("anybody reads %q", text)
		}
		_, err := s.SignInLink(t.Context(), "ann@example.org")
		if err == nil || !strings.Contains(s.Words(err), "sign-in-link --join") {
			t.Errorf("the console's refusal says %v", err)
		}
		for _, m := range []string{"approval", "invitation"} { // whoever the console vouches for comes in
			s.Clock.Advance(time.Minute)
			mode(t, owner, m)
			address := m + "@example.org"
			link, err := s.JoinLink(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			path := strings.TrimPrefix(link, s.URL)
			page := s.Reader().Get(path).OK()
			if text := page.Text("main"); strings.Contains(text, "letter") || strings.Contains(text, "code") || strings.Contains(text, "Confirm") {
				t.Errorf("the page of a printed link says %q", text)
			}
			ann := s.Reader()
			if p := ann.Get(path).Form("main form").Press("").OK(); p.Path != "/join/welcome" {
				t.Errorf("a printed link leads to %s: %s", p.Path, p.Text("main"))
			}
			if text := s.Reader().Post(path, url.Values{}).Want(http.StatusGone).Text("main"); strings.Contains(text, "letter") {
				t.Errorf("a printed link that is spent says %q", text)
			}
			if _, err := s.JoinLink(t.Context(), address); !problem.Is(err, problem.Conflict) {
				t.Errorf("a link to join for somebody who is in: %v", err)
			}
			signIn, err := s.SignInLink(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			if text := s.Reader().Get(strings.TrimPrefix(signIn, s.URL)).OK().Text("main"); strings.Contains(text, "letter") || strings.Contains(text, "code") {
				t.Errorf("the page of a printed link says %q", text)
			}
		}
	})
}

// TestASampleSaysWhereLettersLie asks for letters in a sample, in which none leaves.
func TestASampleSaysWhereLettersLie(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, site.With(func(c *app.Config) { c.Demo = true }))
	v := s.Reader()
	where := func(p *site.Page) {
		t.Helper()
		if !p.Has("main .notice a[href='/desk/mail/letters']") || strings.Contains(p.Text("main"), "on its way") {
			t.Errorf("%s does not say where the letter lies: %s", p.Path, p.Text("main"))
		}
	}
	where(asks(v, "/join", "ann@example.org").OK())
	subscribe(t, s, "reader@example.org")
	where(v.Get("/subscribe/sent").OK())
	where(v.Get("/your-data/sent").OK())
	member := s.As(s.Account("ann").ID)
	s.Clock.Advance(time.Hour)
	asked := member.Get("/me/email").Want(http.StatusForbidden)
	where(asked.Form("main form").Press("send").OK())
}

// TestAPasswordIsNotSaidToBeKept sends a form with one when the sign-in is old.
func TestAPasswordIsNotSaidToBeKept(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	s.Clock.Advance(time.Hour)
	p := owner.Post("/desk/mail/servers/new", url.Values{"host": {"mail.example"}, "password": {"open sesame"}}).Want(http.StatusForbidden)
	if text := p.Text("main"); !strings.Contains(text, "all but the password") {
		t.Errorf("it says %q", text)
	}
	p = owner.Post("/desk/mail", url.Values{"name": {"Home"}}).Want(http.StatusForbidden)
	if text := p.Text("main"); strings.Contains(text, "password") {
		t.Errorf("without one it says %q", text)
	}
}
