package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"waypost/app"
	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/settings"
	"waypost/internal/testkit"
	"waypost/internal/testkit/provider"
	"waypost/internal/testkit/site"
)

// providerSite is a site at which one can sign in by a provider.
type providerSite struct {
	*site.Site
	t   *testing.T
	net *provider.Network
	uni *provider.Provider
}

func eachProviderSite(t *testing.T, test func(t *testing.T, s *providerSite)) {
	t.Helper()
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := &providerSite{t: t, net: &provider.Network{}}
		now := clock.Clock(site.Start)
		s.uni = s.net.New(t, "uni.example", func() time.Time { return now() })
		s.Site = site.New(t, site.Demo, site.On(e), site.With(func(c *app.Config) {
			c.Outbound = s.net.Options()
			c.Providers = []settings.SignInProvider{{Key: "uni", Name: "Uni", Issuer: s.uni.Issuer, ClientID: "waypost", Secret: "s"}}
		}))
		now = s.Clock.Now
		test(t, s)
	})
}

// come presses a button that leads to the provider, and returns the way back.
func (s *providerSite) come(p *site.Page) string {
	s.t.Helper()
	to := p.OK().Header.Get("Refresh")
	_, address, found := strings.Cut(to, "; url=")
	if !found || len(p.Attrs("main a", "href")) != 1 || p.Attrs("main a", "href")[0] != address {
		s.t.Fatalf("it leads on to %q", to)
	}
	return "/sign-in/with/uni/return?" + s.uni.Went(s.t, address).Encode()
}

func TestSignInByAProvider(t *testing.T) {
	eachProviderSite(t, func(t *testing.T, s *providerSite) {
		if p := s.Reader().Get("/sign-in").OK(); !strings.Contains(p.Text("main"), "Sign in with Uni") {
			t.Errorf("the page for signing in does not offer it: %s", p.Text("main"))
		}
		v := s.Reader()
		if p := v.Get(s.come(v.Post("/sign-in/with/uni", nil))); p.Status != http.StatusForbidden || !strings.Contains(p.Text("h1"), "No account here is linked") {
			t.Errorf("somebody unknown: %d %s", p.Status, p.Text("main"))
		}
		owner := s.SignIn()
		back := s.come(owner.Get("/me/ways").OK().Form("form[action$=begin]").Press(""))
		if p := owner.Get(back); p.Status != http.StatusSeeOther || !strings.Contains(p.Follow().Text(".rows strong"), "Uni") {
			t.Fatalf("linking answers %d: %s", p.Status, p.Text("main"))
		}
		if p := owner.Get(back); p.Status != http.StatusGone {
			t.Errorf("the way back a second time answers %d", p.Status)
		}
		if p := s.Reader().Get(s.come(v.Post("/sign-in/with/uni", nil))); p.Status != http.StatusGone {
			t.Errorf("in another browser the way back answers %d", p.Status)
		}
		before := v.Cookie("waypost")
		for range 2 {
			v.Get(s.come(v.Post("/sign-in/with/uni", nil))).Want(http.StatusSeeOther)
			if now := v.Cookie("waypost"); now == before || now == "" {
				t.Errorf("the session is %q before and %q after", before, now)
			}
			before = v.Cookie("waypost")
		}
		v.Get("/desk").OK()
		s.uni.Down = true
		if p := v.Post("/sign-in/with/uni", nil).OK(); p.Header.Get("Refresh") == "" { // it is known by now
			t.Errorf("with the provider down: %s", p.Text("main"))
		}
		v.Post("/sign-in/with/nobody", nil).Want(http.StatusNotFound)
		if len(s.net.Elsewhere) != 0 {
			t.Errorf("asked elsewhere: %q", s.net.Elsewhere)
		}
	})
}

func TestProviderDownTakesNothingAway(t *testing.T) {
	eachProviderSite(t, func(t *testing.T, s *providerSite) {
		s.uni.Down = true
		v := s.Reader()
		v.Get("/sign-in").OK()
		if p := v.Post("/sign-in/with/uni", nil); p.Status != http.StatusServiceUnavailable || !strings.Contains(p.Text("main"), "Uni does not answer") {
			t.Errorf("it answers %d: %s", p.Status, p.Text("main"))
		}
		owner := s.SignIn()
		if p := owner.Post("/me/ways/links/uni/begin", nil); p.Status != http.StatusServiceUnavailable || !strings.Contains(p.Text("main"), "Uni does not answer") {
			t.Errorf("linking answers %d: %s", p.Status, p.Text("main"))
		}
	})
}

// TestLinkingIsFreshAndTold links, waits, and unlinks.
func TestLinkingIsFreshAndTold(t *testing.T) {
	eachProviderSite(t, func(t *testing.T, s *providerSite) {
		owner := s.SignIn()
		err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE accounts SET email = 'tam@a.example', email_key = 'tam@a.example'`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		late := s.come(owner.Post("/me/ways/links/uni/begin", nil))
		s.Clock.Advance(time.Hour)
		if p := owner.Get(late); p.Status != http.StatusGone {
			t.Errorf("an hour later the way back answers %d", p.Status)
		}
		if p := owner.Post("/me/ways/links/uni/begin", nil); p.Status != http.StatusForbidden {
			t.Errorf("an hour later linking answers %d", p.Status)
		}
		owner = s.SignIn()
		other := s.SignIn() // the same account: what is begun in one browser ends there
		back := s.come(owner.Post("/me/ways/links/uni/begin", nil))
		other.Get(back).Want(http.StatusGone)
		owner.Get(s.come(owner.Post("/me/ways/links/uni/begin", nil))).Want(http.StatusSeeOther)
		page := owner.Get("/me/ways").OK()
		owner.Get(page.Attrs("a[href^='/me/ways/links/']", "href")[0]).OK().Form("form[action$=remove]").Press("").OK()
		letters := strings.Join(site.Rows[string](s.Site, `SELECT x.subject FROM letters l JOIN letter_texts x ON x.id = l.text_id WHERE l.kind = 'ways' ORDER BY l.id`), "; ")
		if !strings.Contains(letters, "was linked to yours") || !strings.Contains(letters, "was unlinked from yours") {
			t.Errorf("letters: %q", letters)
		}
		if p := owner.Ask("GET", "/sign-in/with/uni/return?"+url.Values{"state": {"x"}, "code": {"<script>"}, "error": {"<script>"}}.Encode(), nil); p.Status != http.StatusGone || strings.Contains(string(p.Body), "<script>") {
			t.Errorf("a made-up way back answers %d", p.Status)
		}
	})
}

// TestLinksAreNamedAndRemoved links two accounts of one provider, names and removes them.
// The last way in stays, and nobody touches those of others.
func TestLinksAreNamedAndRemoved(t *testing.T) {
	eachProviderSite(t, func(t *testing.T, s *providerSite) {
		s.SignIn() // the first owner, who has the console
		ann, ben := s.Account("ann"), s.Account("ben")
		v := s.As(ann.ID)
		for _, subject := range []string{"at work", "at home"} {
			s.uni.Claims["sub"] = subject
			v.Get(s.come(v.Get("/me/ways").OK().Form("form[action$=begin]").Press(""))).Want(http.StatusSeeOther)
		}
		links := v.Get("/me/ways").OK().Attrs("a[href^='/me/ways/links/']", "href")
		if len(links) != 2 {
			t.Fatalf("the links are %q", links)
		}
		page := v.Get(links[1]).OK()
		if p := page.Form("main form").Set("name", strings.Repeat("x", 81)).Send(""); p.Status != http.StatusUnprocessableEntity || len(p.Find("#name").AttrOr("value", "")) != 81 {
			t.Errorf("a name without end: %d", p.Status)
		}
		if p := page.Form("main form").Set("name", "The one at home").Press("").OK(); !strings.Contains(p.Text("main"), "The one at home") {
			t.Errorf("after it was named: %q", p.Text("main"))
		}
		other := s.As(ben.ID)
		other.Get(links[0]).Want(http.StatusNotFound)
		other.Post(links[0], url.Values{"name": {"mine"}}).Want(http.StatusNotFound)
		other.Post(links[0]+"/remove", nil).Want(http.StatusNotFound)

		if err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE accounts SET email = NULL, email_key = NULL WHERE id = $1`, ann.ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		s.Clock.Advance(time.Hour)
		v.Post(links[0]+"/remove", nil).Want(http.StatusForbidden) // not without a fresh sign-in
		v = s.As(ann.ID)
		v.Get(links[0]).OK().Form("form[action$=remove]").Press("").OK()
		p := v.Get(links[1]).OK().Form("form[action$=remove]").Send("").Want(http.StatusConflict)
		if !strings.Contains(p.Text("main"), "last way into") {
			t.Errorf("the last way in: %q", p.Text("main"))
		}
		s.uni.Claims["sub"] = "at home"
		back := s.Reader()
		back.Get(s.come(back.Post("/sign-in/with/uni", nil))).Want(http.StatusSeeOther)
		if p := v.Get("/me/ways").OK(); !strings.Contains(p.Text("main"), "last used") {
			t.Errorf("it does not say that it was used: %q", p.Text("main"))
		}
	})
}
