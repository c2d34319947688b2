package app_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"waypost/internal/testkit/site"
)

// strayed are addresses to which signing in leads nobody: it leads to the desk.
func strayed(t *testing.T) []string {
	list := []string{"//evil.example", `/\evil.example`, "https://evil.example/", "/sign-out", "/join", "javascript:alert(1)", "/\t/evil.example", "me/letters"}
	for _, c := range hostile[struct{ Next, Expect string }](t, "redirects.jsonl") {
		if !stays(c.Next) {
			list = append(list, c.Next)
		}
	}
	return list
}

// TestTheFirstSignIn welcomes who was let in after they asked: by the welcome, with the
// name that they gave, and the offer of a passkey to where they wanted; and only once.
func TestTheFirstSignIn(t *testing.T) {
	eachPasskeySite(t, func(t *testing.T, s passkeySite) {
		p := postOf(s.Site)
		owner := s.SignIn()
		mode(t, owner, "approval")
		ann := s.Reader()
		asks(ann, "/join", "ann@example.org").OK()
		_, link, _ := p.last(t, "ann@example.org")
		ann.Get(link).OK().Form("main form").Press("").OK().Form("main form").Set("name", "Ann Lee").Press("").OK()
		owner.Get("/desk/joining").OK().Form("form[action$='/decide']").Press("approve").OK()
		signIn := func(next string) *site.Page {
			asks(ann, "/sign-in?next="+url.QueryEscape(next), "ann@example.org").OK()
			_, link, _ := p.last(t, "ann@example.org")
			return ann.Get(link).OK().Form("main form").Press("").OK()
		}
		const next, onward = "/me/follow?topic=leaving", "?next=%2Fme%2Ffollow%3Ftopic%3Dleaving"
		welcome := signIn(next)
		if form := welcome.Form("main form"); welcome.Path != "/join/welcome"+onward || form.Values.Get("name") != "Ann Lee" || form.Values.Get("stories") != "never" {
			t.Fatalf("the first sign-in leads to %s with %v", welcome.Path, form.Values)
		}
		ann.Post("/sign-out", nil)
		welcome = signIn(next) // who went away without an answer is asked again
		offer := welcome.Form("main form").Set("stories", "weekly").Set("language", "de").Press("").OK()
		if offer.Path != "/me/ways/offer"+onward || offer.Attrs("[data-said]", "data-next")[0] != next {
			t.Fatalf("the welcome leads to %s: %s", offer.Path, offer.Text("main"))
		}
		if to := offer.Form("form[action$=decline]").Send("").Want(http.StatusSeeOther).Header.Get("Location"); to != next {
			t.Errorf("the offer leads to %s", to)
		}
		for query, want := range map[string]string{`SELECT pace FROM subscriptions WHERE list = 'stories'`: "weekly", `SELECT language FROM accounts WHERE name = 'Ann Lee'`: "de",
			`SELECT name FROM profiles WHERE account_id IN (SELECT id FROM accounts WHERE email = 'ann@example.org')`: "Ann Lee"} {
			if got := site.Rows[string](s.Site, query); !slices.Contains(got, want) {
				t.Errorf("%s: %q", query, got)
			}
		}
		for where, want := range map[string]string{"/me/letters": "/me/letters", "": "/desk"} {
			ann.Post("/sign-out", nil)
			if at := signIn(where); at.Path != want {
				t.Errorf("a later sign-in on the way to %q leads to %s", where, at.Path)
			}
		}
		for _, next := range strayed(t) {
			offer := ann.Get("/me/ways/offer?next=" + url.QueryEscape(next)).OK()
			if at := offer.Attrs("[data-said]", "data-next")[0]; at != "/desk" {
				t.Errorf("the offer goes on from %q to %q", next, at)
			}
			if to := ann.Post("/me/ways/offer/decline", url.Values{"next": {next}}).Want(http.StatusSeeOther).Header.Get("Location"); to != "/desk" {
				t.Errorf("not now goes on from %q to %q", next, to)
			}
		}
	})
}

// TestAPasskeyLeadsOn keeps where somebody wanted to go, on this site alone.
func TestAPasskeyLeadsOn(t *testing.T) {
	eachPasskeySite(t, func(t *testing.T, s passkeySite) {
		owner, d := s.SignIn(), s.device()
		s.add(owner, d).OK()
		if got := s.Reader().Get("/desk/stories?page=2").Want(http.StatusUnauthorized).Attrs("[data-passkey-signin] [data-said]", "data-next"); len(got) != 1 || got[0] != "/desk/stories?page=2" {
			t.Errorf("a refused page goes on to %q", got)
		}
		v := s.Reader()
		leads := func(next string) string {
			options := s.script(v, "/sign-in/passkey/options", "{}").OK().Body
			var said struct{ Next string }
			if err := json.Unmarshal(s.signInTo(v, d, options, next).OK().Body, &said); err != nil {
				t.Fatal(err)
			}
			return said.Next
		}
		if to := leads("/desk/stories?page=2"); to != "/desk/stories?page=2" {
			t.Errorf("it leads to %q", to)
		}
		for _, next := range strayed(t) {
			s.Clock.Advance(time.Minute) // within the limit of sign-ins
			if to := leads(next); to != "/desk" {
				t.Errorf("%q leads to %q", next, to)
			}
			if got := s.Reader().Get("/sign-in?next="+url.QueryEscape(next)).OK().Attrs("[data-passkey-signin] [data-said]", "data-next"); got[0] != "" {
				t.Errorf("the page for signing in keeps %q", got)
			}
		}
	})
}

// TestAProviderLeadsOn keeps where somebody wanted to go while they are elsewhere.
func TestAProviderLeadsOn(t *testing.T) {
	eachProviderSite(t, func(t *testing.T, s *providerSite) {
		owner := s.SignIn()
		owner.Get(s.come(owner.Post("/me/ways/links/uni/begin", nil))).Want(http.StatusSeeOther)
		v := s.Reader()
		form := v.Get("/desk/stories?page=2").Want(http.StatusUnauthorized).Form("form[action$='/uni']")
		if to := v.Get(s.come(form.Press(""))).Want(http.StatusSeeOther).Header.Get("Location"); to != "/desk/stories?page=2" {
			t.Errorf("it leads to %q", to)
		}
		for _, next := range strayed(t) {
			s.Clock.Advance(time.Minute)
			to := v.Get(s.come(v.Post("/sign-in/with/uni", url.Values{"next": {next}}))).Want(http.StatusSeeOther).Header.Get("Location")
			if to != "/desk" {
				t.Errorf("%q leads to %q", next, to)
			}
		}
	})
}
