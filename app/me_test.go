package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

func TestSessionsAreShownAndEnded(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	one, two, three := s.SignIn(), s.SignIn(), s.SignIn()
	list := two.Get("/me/sessions").OK()
	if n := list.Find(".rows li").Length(); n != 3 || !strings.Contains(list.Text(".rows"), "This browser") {
		t.Errorf("%d sessions: %s", n, list.Text("main"))
	}
	two.Post("/me/sessions/unknown/end", nil).Want(http.StatusNotFound)
	list.Form("form[action='/me/sessions/end-others']").Press("").OK()
	one.Get("/desk").Want(http.StatusUnauthorized)
	three.Get("/me/sessions").Want(http.StatusUnauthorized)
	own := two.Get("/me/sessions").OK()
	if own.Has("form[action='/me/sessions/end-others']") {
		t.Error("there are no others to end")
	}
	if p := own.Form("form[action$='/end']").Send(""); p.Header.Get("Location") != "/sign-in" {
		t.Errorf("one's own: %d to %q", p.Status, p.Header.Get("Location"))
	}
	two.Get("/me/sessions").Want(http.StatusUnauthorized)
}

// TestSessionsSayWhereAndWhen: each session in the list says in which browser on which
// device it is, since when, and when it was used last.
func TestSessionsSayWhereAndWhen(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	begun := s.Clock.Now()
	in := func(agent string) *site.Visitor {
		link, err := s.OwnerLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, path, _ := strings.Cut(link, "/sign-in/")
		v := s.Reader()
		v.Post("/sign-in/"+path, v.Get("/sign-in/"+path).OK().Form("main form").Values, "User-Agent", agent).Want(http.StatusSeeOther)
		return v
	}
	telephone := in("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36")
	in("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0")
	in("<b>a thing</b>")
	s.Clock.Advance(26 * time.Hour)
	telephone.Get("/desk").OK()
	s.Clock.Advance(3 * time.Hour)
	own := in("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Gecko/20100101 Firefox/127.0")
	list := own.Get("/me/sessions").OK()
	var got []string
	for i := range list.Find(".rows li").Length() {
		row := fmt.Sprintf(".rows li:nth-child(%d) ", i+1)
		line := list.Text(row + "strong")
		for _, at := range list.Attrs(row+"time", "datetime") {
			when, err := time.Parse(time.RFC3339, at)
			if err != nil {
				t.Fatal(err)
			}
			line += " " + when.Sub(begun).Round(time.Hour).String()
		}
		got = append(got, line)
	}
	slices.Sort(got)
	want := []string{"A browser that says nothing of itself 0s 0s", "Chrome on Android 0s 26h0m0s", "Edge on Windows 0s 0s", "Firefox on macOS 29h0m0s 29h0m0s"}
	if !slices.Equal(got, want) {
		t.Errorf("the list says %q, want %q", got, want)
	}
	if text := list.Text(".rows li:has(strong:contains('Android'))"); !strings.Contains(text, "Last used") || strings.Contains(text, "This browser") {
		t.Errorf("of the telephone is said: %s", text)
	}
}

// TestNoticesAreChosen: members choose among what concerns authors, editors among what
// waits for them too.
func TestNoticesAreChosen(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	member := s.As(s.Account("ann").ID)
	p := member.Get("/me/notices").OK()
	if n, all := p.Find("[name=notice]").Length(), p.Find("[name=notice][checked]").Length(); n != 6 || all != 6 {
		t.Errorf("a member chooses among %d, of which %d come", n, all)
	}
	member.Post("/me/notices", url.Values{"notice": {"review-returned", "review-submitted", "made-up"}}).Want(http.StatusSeeOther)
	if p := member.Get("/me/notices?done=saved").OK(); !p.Has(".done") || !p.Has(`[value="review-returned"][checked]`) || p.Find("[checked]").Length() != 1 {
		t.Errorf("after a choice: %s", p.Text("main"))
	}
	if n := s.SignIn().Get("/me/notices").OK().Find("[name=notice]").Length(); n != 11 {
		t.Errorf("an owner chooses among %d", n)
	}
	member.Ask("DELETE", "/me/notices", nil).Want(http.StatusMethodNotAllowed)
}

// TestFreshSignIn holds up what is dangerous until a code is typed, and sends what was
// typed on its way then.
func TestFreshSignIn(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	p := postOf(s)
	owner := s.SignIn()
	withEmail(t, s, p, owner, "owner@example.org")
	form := owner.Get("/desk/settings").OK().Form("main form").Set("tagline", "Typed a while ago")
	s.Clock.Advance(16 * time.Minute)
	before, session := s.State("sessions", "proofs", "letters", "letter_texts", "limits"), owner.Cookie("waypost")
	held := form.Send("community").Want(http.StatusForbidden)
	sent := held.Form("main form").Press("send").OK()
	_, _, code := p.last(t, "owner@example.org")
	for range 2 {
		sent = sent.Form("main form").Set("code", "000000").Press("code").Want(http.StatusUnprocessableEntity)
	}
	if after := s.State("sessions", "proofs", "letters", "letter_texts", "limits"); difference(before, after)["community"] != "" {
		t.Error("settings were saved without a fresh sign-in")
	}
	on := sent.Form("main form").Set("code", code).Press("code").OK()
	if owner.Cookie("waypost") == session {
		t.Error("the session has the same secret as before")
	}
	on.Form("main form").Press("").OK()
	if got := owner.Get("/desk/settings").OK().Form("main form").Values.Get("tagline"); got != "Typed a while ago" {
		t.Errorf("what was typed is gone: %q", got)
	}
	s.Reader().Ask("GET", "/desk", nil, "Cookie", "waypost="+session).Want(http.StatusUnauthorized)
	s.Clock.Advance(16 * time.Minute)
	owner.Get("/me/email").Want(http.StatusForbidden).Form("main form").Press("send").OK()
	_, _, code = p.last(t, "owner@example.org")
	if to := owner.Post("/me/fresh", map[string][]string{"do": {"code"}, "code": {code}, "next": {"//evil.example"}}).Want(http.StatusSeeOther); to.Header.Get("Location") != "/desk" {
		t.Errorf("it leads on to %q", to.Header.Get("Location"))
	}
}

// TestFreshSignInWithoutAnAddress goes on after a link of the console was opened.
func TestFreshSignInWithoutAnAddress(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	form := owner.Get("/desk/settings").OK().Form("main form").Set("tagline", "Typed a while ago")
	s.Clock.Advance(16 * time.Minute)
	held := form.Send("community").Want(http.StatusForbidden)
	held = held.Form("main form").Press("go-on").OK()
	link, err := s.OwnerLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, path, _ := strings.Cut(link, "/sign-in/")
	owner.Get("/sign-in/" + path).OK().Form("main form").Press("")
	held.Form("main form").Press("go-on").OK().Form("main form").Press("").OK()
	if got := owner.Get("/desk/settings").OK().Form("main form").Values.Get("tagline"); got != "Typed a while ago" {
		t.Errorf("what was typed is gone: %q", got)
	}
}

var emailLink = regexp.MustCompile(`https?://[^\s/]+(/sign-in/(?:email|undo)/[A-Za-z0-9_-]{43})\n`)

// emailLetter is the link in the newest letter to an address.
func (p *post) emailLetter(t *testing.T, to, kind string) string {
	t.Helper()
	letter, _, _ := p.last(t, to)
	found := emailLink.FindStringSubmatch(letter.Text)
	if letter.Kind != kind || found == nil {
		t.Fatalf("the newest letter to %s is %s: %s", to, letter.Kind, letter.Text)
	}
	return found[1]
}

// withEmail gives an account its first address.
func withEmail(t *testing.T, s *site.Site, p *post, v *site.Visitor, address string) {
	t.Helper()
	v.Get("/me/email").OK().Form("main form").Set("email", address).Press("").OK()
	done := v.Get(p.emailLetter(t, address, "new-email")).OK().Form("main form").Press("").OK()
	if !done.Has("main a[href='/desk']") {
		t.Errorf("who is signed in is not led back: %s", done.Text("main"))
	}
	if letter, _, _ := p.last(t, address); strings.Contains(letter.Text, "code") {
		t.Errorf("the letter speaks of a code that it has not: %s", letter.Text)
	}
}

// TestEmailChange goes through the states of an address: asked, confirmed, told, taken
// back; and what ends on the way.
func TestEmailChange(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		p := postOf(s)
		ann := joined(t, s, p, "ann@example.org", "Ann Lee")
		elsewhere := s.Reader()
		asks(elsewhere, "/sign-in", "ann@example.org").OK()
		_, link, _ := p.last(t, "ann@example.org")
		elsewhere.Get(link).OK().Form("main form").Send("").Want(http.StatusSeeOther)
		asks(s.Reader(), "/sign-in", "ann@example.org").OK()
		_, open, _ := p.last(t, "ann@example.org")

		ask := func(v *site.Visitor, to string) string {
			v.Get("/me/email").OK().Form("main form").Set("email", to).Press("").OK()
			return p.emailLetter(t, to, "new-email")
		}
		stale := ask(ann, "other@example.org")
		confirm := ask(ann, "ann@new.example")
		s.Reader().Post(stale, nil).Want(http.StatusGone) // a newer request ends it
		if got := site.Rows[string](s, `SELECT email FROM accounts WHERE email IS NOT NULL`); got[0] != "ann@example.org" {
			t.Errorf("before it is confirmed the address is %q", got)
		}
		for range 3 {
			s.Reader().Get(confirm).OK()
			s.Reader().Head(confirm).OK()
		}
		s.Reader().Get(confirm).OK().Form("main form").Press("").OK()
		s.Reader().Post(confirm, nil).Want(http.StatusGone)
		ann.Get("/me/sessions").OK()                                 // where it was asked for
		elsewhere.Get("/me/sessions").Want(http.StatusUnauthorized)  // other sessions end
		s.Reader().Post(open, nil).Want(http.StatusGone)             // and open links
		undo := p.emailLetter(t, "ann@example.org", "old-email")     // the old one is told
		second := ask(ann, "thief@elsewhere.example")                // somebody in the account goes on
		s.Reader().Get(second).OK().Form("main form").Press("").OK() // and changes it once more
		thiefUndo := p.emailLetter(t, "ann@new.example", "old-email")
		account := site.Rows[string](s, `SELECT id FROM accounts WHERE email IS NOT NULL`)[0]
		for id, at := range map[string]time.Time{"own": s.Clock.Now().Add(-time.Hour), "thief": s.Clock.Now()} { // who told the thief's address
			alter(t, s, `INSERT INTO passkeys (id, account_id, rp_id, credential_id, public_key, name, aaguid, transports, sign_count, verified, backup_eligible, backed_up, created_at)
				VALUES ($1, $2, '127.0.0.1', $1, $3, $1, '', '', 0, TRUE, FALSE, FALSE, $4)`, id, account, []byte(id), at.UnixMilli())
			alter(t, s, `INSERT INTO oidc_links (id, account_id, issuer, subject, name, created_at) VALUES ($1, $2, 'https://elsewhere.example', $1, $1, $3)`, id, account, at.UnixMilli())
		}
		s.Clock.Advance(7*24*time.Hour - time.Minute)
		s.Reader().Get(undo).OK().Form("main form").Press("").OK()
		if got := site.Rows[string](s, `SELECT email FROM accounts WHERE email IS NOT NULL`); got[0] != "ann@example.org" {
			t.Errorf("taken back, the address is %q", got)
		}
		for _, table := range []string{"passkeys", "oidc_links"} {
			if got := site.Rows[string](s, `SELECT id FROM `+table); !slices.Equal(got, []string{"own"}) {
				t.Errorf("taken back, %s are %q", table, got)
			}
		}
		ann.Get("/me/sessions").Want(http.StatusUnauthorized)
		s.Reader().Post(thiefUndo, nil).Want(http.StatusGone)
		asks(s.Reader(), "/sign-in", "ann@example.org").OK()
		_, link, _ = p.last(t, "ann@example.org")
		ann.Get(link).OK().Form("main form").Send("").Want(http.StatusSeeOther)
		confirm = ask(ann, "ann@new.example")
		s.Reader().Get(confirm).OK().Form("main form").Press("").OK()
		undo = p.emailLetter(t, "ann@example.org", "old-email")
		s.Clock.Advance(7*24*time.Hour + time.Minute)
		s.Reader().Post(undo, nil).Want(http.StatusGone)
	})
}

// TestAnAddressIsOneAccounts lets two confirm the same address: the second is refused.
func TestAnAddressIsOneAccounts(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	p := postOf(s)
	ann, ben := joined(t, s, p, "ann@example.org", "Ann Lee"), joined(t, s, p, "ben@example.org", "Ben Oh")
	ben.Get("/me/email").OK().Form("main form").Set("email", "ann@example.org").Press("").OK()
	link := p.emailLetter(t, "ann@example.org", "new-email")
	if page := ben.Get(link).OK().Form("main form").Press("").Want(http.StatusGone); !strings.Contains(page.Text("main"), "Another account") {
		t.Errorf("it says %q", page.Text("main"))
	}
	ann.Get("/me/sessions").OK()
	again := ann.Get("/me/email").OK().Form("main form").Set("email", "no address").Press("").Want(http.StatusUnprocessableEntity)
	if again.Form("main form").Values.Get("email") != "no address" {
		t.Error("what was typed is gone")
	}
}

// TestNobodyIsFloodedByEmailChanges lets several members ask for letters to one address.
func TestNobodyIsFloodedByEmailChanges(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	p := postOf(s)
	refused := 0
	for _, name := range []string{"ann", "ben", "cay"} {
		v := joined(t, s, p, name+"@example.org", name)
		for range 2 {
			page := v.Get("/me/email").OK().Form("main form").Set("email", "victim@elsewhere.example").Press("")
			if page.Status == http.StatusTooManyRequests || page.Status == http.StatusUnprocessableEntity {
				refused++
			}
		}
	}
	if n := site.Rows[int64](s, `SELECT count(*) FROM letters WHERE recipient = 'victim@elsewhere.example'`)[0]; n != 2 || refused != 4 {
		t.Errorf("%d letters were written to the address, and %d requests refused", n, refused)
	}
}
