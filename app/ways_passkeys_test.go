package app_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/authenticator"
	"waypost/internal/testkit/site"
)

// passkeySite is a site at a name, and what its script would send.
type passkeySite struct {
	*site.Site
	t *testing.T
}

func eachPasskeySite(t *testing.T, test func(t *testing.T, s passkeySite)) {
	t.Helper()
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		test(t, passkeySite{site.New(t, site.Demo, site.Localhost, site.On(e)), t})
	})
}

func (s passkeySite) device() *authenticator.Device {
	return authenticator.New(s.t, s.URL, "localhost")
}

// script posts JSON as the page's script does.
func (s passkeySite) script(v *site.Visitor, path, body string, header ...string) *site.Page {
	s.t.Helper()
	header = append([]string{"Content-Type", "application/json", "Accept", "application/json", "Origin", s.URL, "Sec-Fetch-Site", "same-origin"}, header...)
	return v.Ask(http.MethodPost, path, strings.NewReader(body), header...)
}

func (s passkeySite) add(v *site.Visitor, d *authenticator.Device) *site.Page {
	s.t.Helper()
	options := s.script(v, "/me/ways/passkeys/options", "{}").OK().Body
	return s.script(v, "/me/ways/passkeys", `{"name":"My key","credential":`+string(d.Create(options))+`}`)
}

func (s passkeySite) signIn(v *site.Visitor, d *authenticator.Device) *site.Page {
	s.t.Helper()
	options := s.script(v, "/sign-in/passkey/options", "{}").OK().Body
	return s.signInTo(v, d, options, "")
}

// signInTo signs in by what the browser made of options, and wants to go on to a path.
func (s passkeySite) signInTo(v *site.Visitor, d *authenticator.Device, options []byte, next string) *site.Page {
	s.t.Helper()
	body, err := json.Marshal(map[string]any{"credential": json.RawMessage(d.Get(options)), "next": next})
	if err != nil {
		s.t.Fatal(err)
	}
	return s.script(v, "/sign-in/passkey", string(body))
}

func message(t *testing.T, p *site.Page) string {
	t.Helper()
	var said struct{ Message string }
	if err := json.Unmarshal(p.Body, &said); err != nil || said.Message == "" {
		t.Fatalf("%s answers %d without a sentence: %s", p.Path, p.Status, p.Body)
	}
	return said.Message
}

func TestPasskeyOverHTTP(t *testing.T) {
	eachPasskeySite(t, func(t *testing.T, s passkeySite) {
		owner, d := s.SignIn(), s.device()
		s.add(owner, d).OK()
		v := s.Reader()
		if p := s.signIn(v, d).OK(); !strings.Contains(string(p.Body), `"next":"/desk"`) {
			t.Errorf("signing in answers %s", p.Body)
		}
		first := v.Cookie("waypost")
		v.Get("/desk").OK()
		s.signIn(v, d).OK()
		if second := v.Cookie("waypost"); second == first || first == "" {
			t.Errorf("the session before the sign-in is %q, after it %q", first, second)
		}
		if p := s.Reader().Get("/desk", "Cookie", "waypost="+first); p.Status != http.StatusUnauthorized {
			t.Errorf("the session before still answers %d", p.Status)
		}
		answer := `{"credential":` + string(d.Get(s.script(v, "/sign-in/passkey/options", "{}").OK().Body)) + `}`
		if p := s.script(s.Reader(), "/sign-in/passkey", answer); p.Status != http.StatusGone {
			t.Errorf("in another browser it answers %d", p.Status)
		}
		s.script(v, "/sign-in/passkey", answer).OK()
		if p := s.script(v, "/sign-in/passkey", answer); p.Status != http.StatusGone || message(t, p) != "That took too long, or was used already. Try once more." {
			t.Errorf("replayed it answers %d: %s", p.Status, p.Body)
		}
		foreign := d.But(func(d *authenticator.Device) { d.Origin = "http://localhost:1" })
		if p := s.signIn(s.Reader(), foreign); p.Status != http.StatusUnauthorized || message(t, p) != "This passkey opens no account here. Sign in another way." {
			t.Errorf("from another origin it answers %d: %s", p.Status, p.Body)
		}
		if p := s.script(s.Reader(), "/sign-in/passkey", answer, "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site"); p.Status != http.StatusForbidden {
			t.Errorf("sent by another site it answers %d", p.Status)
		}
	})
}

// TestPasskeysAreChangedFreshly lets an hour pass since the sign-in.
func TestPasskeysAreChangedFreshly(t *testing.T) {
	eachPasskeySite(t, func(t *testing.T, s passkeySite) {
		owner, d := s.SignIn(), s.device()
		s.add(owner, d).OK()
		s.Clock.Advance(time.Hour)
		if p := s.script(owner, "/me/ways/passkeys/options", "{}"); p.Status != http.StatusUnauthorized || message(t, p) != "This changes how you get in, so sign in once more first." {
			t.Errorf("options after an hour: %d %s", p.Status, p.Body)
		}
		if p := s.script(owner, "/me/ways/passkeys", `{"credential":`+string(s.device().Create([]byte(`{"challenge":"AAAA","user":{"id":"eA"}}`)))+`}`); p.Status != http.StatusUnauthorized {
			t.Errorf("adding after an hour: %d", p.Status)
		}
		page := owner.Get("/me/ways").OK()
		one := page.Attrs(".rows a", "href")[0]
		if p := owner.Post(one+"/remove", nil); p.Status != http.StatusForbidden {
			t.Errorf("removing after an hour: %d", p.Status)
		}
		s.signIn(owner, d).OK()
		renamed := owner.Get(one).Form("main form").Set("name", "Other").Press("")
		if got := renamed.Text(".rows strong"); got != "Other" {
			t.Errorf("renamed to %q", got)
		}
		if p := owner.Get(one).OK().Form("form[action$=remove]").Press("").OK(); !strings.Contains(p.Text("[role=status]"), "removed") {
			t.Errorf("removed: %s", p.Text("main"))
		}
		if acts := site.Rows[string](s.Site, `SELECT act FROM audit WHERE act LIKE 'passkey.%' ORDER BY act`); len(acts) != 2 {
			t.Errorf("recorded: %q", acts)
		}
	})
}

// TestPasskeyLetters gives the owner an address, and takes away the console's way in by
// making somebody else the first owner.
func TestPasskeyLetters(t *testing.T) {
	eachPasskeySite(t, func(t *testing.T, s passkeySite) {
		owner, d := s.SignIn(), s.device()
		s.change(`UPDATE accounts SET email = 'tam@a.example', email_key = 'tam@a.example'`)
		s.add(owner, d).OK()
		one := owner.Get("/me/ways").OK().Attrs(".rows a", "href")[0]
		owner.Get(one).Form("form[action$=remove]").Press("").OK()
		letters := site.Rows[string](s.Site, `SELECT l.recipient || ': ' || x.subject FROM letters l JOIN letter_texts x ON x.id = l.text_id ORDER BY l.id`)
		if len(letters) != 2 || !strings.HasPrefix(letters[0], "tam@a.example: A passkey was added to your account at ") ||
			!strings.HasPrefix(letters[1], "tam@a.example: A passkey was removed from your account at ") {
			t.Errorf("letters: %q", letters)
		}
	})
}

func (s passkeySite) change(query string, args ...any) {
	s.t.Helper()
	err := s.DB.Update(s.t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(query, args...)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestTheOfferIsRemembered offers a passkey once.
func TestTheOfferIsRemembered(t *testing.T) {
	eachPasskeySite(t, func(t *testing.T, s passkeySite) {
		if p := s.SignIn().Get("/me/ways/offer").OK().Form("form[action$=decline]").Press(""); p.Path != "/desk" {
			t.Errorf("not now leads to %s", p.Path)
		}
		link, err := s.OwnerLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		v := s.Reader()
		if p := v.Get(strings.TrimPrefix(link, s.URL)).OK().Form("main form").Press(""); p.Path != "/desk" {
			t.Errorf("the next sign-in leads to %s", p.Path)
		}
	})
}
