package app_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit/site"
	"waypost/members"
)

// dangerous are the routes that ask who is there of everybody whose sign-in is old, with
// what is sent to them.
var dangerous = map[string]string{
	"POST /desk/settings":                 "name=x",
	"POST /desk/replies/settings":         "mode=none",
	"POST /desk/joining":                  "mode=open",
	"POST /desk/invitations":              "days=1&role=owner&uses=1",
	"POST /desk/backups/everything":       "",
	"POST /desk/backups/{name}/download":  "",
	"POST /desk/backups/{name}/delete":    "",
	"POST /desk/mail":                     "address=me%40elsewhere.example",
	"POST /desk/mail/signing":             "act=stop",
	"GET /desk/mail/servers/new":          "",
	"POST /desk/mail/servers/new":         "host=mail.example",
	"GET /desk/mail/servers/{id}":         "",
	"POST /desk/mail/servers/{id}":        "host=mail.example",
	"POST /desk/mail/servers/{id}/raise":  "",
	"POST /desk/mail/servers/{id}/delete": "",
	"POST /desk/mail/servers/{id}/try":    "",
	"POST /desk/people/{id}/author":       "author=nobody",
	"POST /desk/people/{id}/roles":        "role=owner",
	"POST /desk/people/{id}/access":       "do=disable",
	"POST /desk/people/{id}/trust":        "trusted=yes",
	"POST /desk/people/barred/{id}/end":   "",
	"POST /desk/review/{id}/trust":        "account=x&trust=yes",
	"GET /desk/people/{id}/remove":        "",
	"POST /desk/people/{id}/remove":       "",
	"GET /me/email":                       "",
	"POST /me/email":                      "email=other%40people.example",
	"GET /me/ways/passkeys/new":           "",
	"POST /me/ways/passkeys/{id}/remove":  "",
	"POST /me/ways/links/{key}/begin":     "",
	"POST /me/ways/links/{id}/remove":     "",
	"GET /me/data/everything.zip":         "",
	"POST /me/data/replies":               "all=removed",
	"GET /me/data/replies/{id}":           "",
	"POST /me/data/replies/{id}":          "body=x",
	"GET /me/leave":                       "",
	"GET /path/path.json":                 "",
	"GET /path/resume.json":               "",
	"POST /path/feed":                     "act=make",
	"POST /path/erase":                    "sure=yes",
	"POST /desk/paths":                    "act=on",
	"POST /me/leave":                      "",
}

// unasked are the other routes by which those who run the community, or a member's ways
// into their account, change something: each with why an old sign-in is enough.
var unasked = map[string]string{
	"POST /desk/set-up":                  "only before there is a community",
	"POST /desk/guide/{step}/leave":      "leaves a step of the guide out",
	"POST /desk/guide/{step}/take":       "takes it back in",
	"POST /desk/key-kept":                "a note to oneself",
	"POST /desk/jobs/{id}/retry":         "tries work again that was asked for",
	"POST /desk/authors/new":             "content",
	"POST /desk/authors/{id}":            "content",
	"POST /desk/pages/new":               "content",
	"POST /desk/pages/preview":           "content",
	"POST /desk/pages/{id}":              "content",
	"POST /desk/pages/{id}/delete":       "content",
	"POST /desk/import":                  "content",
	"POST /desk/backups":                 "a backup on the machine itself; to have it takes a download",
	"POST /desk/mail/letters/retry":      "letters that were written already, to whom they were written",
	"POST /desk/mail/letters/seen":       "a note to oneself",
	"POST /desk/mail/letters/{id}/retry": "a letter that was written already, to whom it was written",
	"POST /desk/joining/{id}/decide":     "lets somebody in who proved their address, as a member",
	"POST /desk/invitations/{id}/end":    "takes away",
	"POST /me/ways/offer/decline":        "a note to oneself",
	"POST /me/ways/passkeys/options":     "answers a script, which it refuses by words of its own",
	"POST /me/ways/passkeys":             "likewise",
	"POST /me/ways/passkeys/{id}":        "a name",
	"POST /me/ways/links/{id}":           "a name",
	"POST /me/sessions/{id}/end":         "takes away",
	"POST /me/sessions/end-others":       "takes away",
	"POST /me/fresh":                     "is what asks",
	"POST /me/letters":                   "letters of new stories, which one click ends",
	"POST /me/follow":                    "likewise",
	"POST /me/notices":                   "letters about stories",
	"POST /me/profile":                   "content",
}

// TestEveryChangeIsDangerousOrNot: a new route by which somebody may come to more than
// they had is named in one of the two tables, so that somebody has thought about it.
func TestEveryChangeIsDangerousOrNot(t *testing.T) {
	t.Parallel()
	s := site.New(t)
	running := slices.Concat(members.Holders(members.RunCommunity), members.Holders(members.ManagePeople), members.Holders(members.ApproveJoiners))
	there := map[string]bool{}
	for _, r := range s.Routes {
		for _, method := range r.Methods {
			route := method + " " + r.Path
			there[route] = true
			_, asks := dangerous[route]
			_, not := unasked[route]
			others := slices.ContainsFunc(r.Roles, func(role string) bool { return !slices.Contains(running, role) })
			concerned := strings.HasPrefix(r.Path, "/me/") || strings.HasPrefix(r.Path, "/desk/") && !others
			switch {
			case asks && not:
				t.Errorf("%s is named as dangerous and as harmless", route)
			case method != http.MethodGet && concerned && !asks && !not:
				t.Errorf("%s is named neither as dangerous nor as harmless", route)
			}
		}
	}
	for route := range unasked {
		if !there[route] {
			t.Errorf("%s is no route", route)
		}
	}
}

// TestOldSignInsAreAskedBeforeDanger lets an hour pass. Then nothing dangerous is done or
// shown before who is there has shown it once more, and what was typed is kept.
func TestOldSignInsAreAskedBeforeDanger(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.As(s.Account("ann", members.Owner).ID)
	s.Clock.Advance(time.Hour)
	before := s.State("audit", "sessions")
	for route, body := range dangerous {
		method, path, _ := strings.Cut(route, " ")
		if !hasRoute(s, method, path) {
			t.Errorf("%s is no route", route)
		}
		for _, name := range []string{"{id}", "{name}", "{key}"} {
			path = strings.ReplaceAll(path, name, s.IDs.New())
		}
		var p *site.Page
		if method == http.MethodGet {
			p = owner.Get(path)
		} else {
			p = owner.Ask(method, path, strings.NewReader(body), "Content-Type", "application/x-www-form-urlencoded", "Origin", s.URL)
		}
		if p.Status != http.StatusForbidden || !p.Has("form[action='/me/fresh']") {
			t.Errorf("%s answers %d and does not ask", route, p.Status)
			continue
		}
		if body == "" && method == http.MethodPost {
			body = "do="
		}
		if kept := p.Attrs("form[action='/me/fresh'] input[name=kept]", "value"); len(kept) == 0 || slices.ContainsFunc(kept, func(k string) bool { return k != body }) {
			t.Errorf("%s keeps %q of %q", route, kept, body)
		}
	}
	if after := s.State("audit", "sessions"); !maps.Equal(before, after) {
		t.Errorf("rows changed: %v", difference(before, after))
	}
	if p := owner.Post("/desk/invitations", url.Values{"role": {"member"}, "uses": {"1"}, "days": {"1"}}); p.Status != http.StatusOK {
		t.Errorf("an invitation that gives no role answers %d", p.Status)
	}
}

// TestPasswordsAreNotKept sends the password of a mail server with a sign-in that is old:
// it stands in no page, and is asked for again instead of being left as it was.
func TestPasswordsAreNotKept(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	p := postOf(s)
	owner := s.SignIn()
	withEmail(t, s, p, owner, "owner@example.org")
	owner.Get("/desk/mail/servers/new").OK().Form("main form").Set("host", "mail.home.example").Set("user", "hello").Set("password", "old words").Press("").OK()
	sealed := func() string { return string(site.Rows[[]byte](s, `SELECT password FROM mail_servers`)[0]) }
	form := owner.Get("/desk/mail/servers/"+site.Rows[string](s, `SELECT id FROM mail_servers`)[0]).OK().Form("main form").Set("per_minute", "7").Set("password", "new words")
	was := sealed()
	s.Clock.Advance(16 * time.Minute)
	page := form.Press("").Want(http.StatusForbidden)
	step := func(next *site.Page) {
		t.Helper()
		for _, words := range []string{"new words", "new+words", "new%20words"} {
			if strings.Contains(string(next.Body), words) {
				t.Errorf("%s holds the password", next.Path)
			}
		}
		page = next
	}
	step(page)
	step(page.Form("main form").Press("send").OK())
	_, _, code := p.last(t, "owner@example.org")
	step(page.Form("main form").Set("code", code).Press("code").OK())
	step(page.Form("main form").Press("").Want(http.StatusUnprocessableEntity))
	again := page.Form("main form")
	if text := page.Text("#password-fault, .field:has(#password)"); !strings.Contains(text, "Type the password again") || again.Values.Get("per_minute") != "7" || sealed() != was {
		t.Errorf("it says %q, keeps %v, and the password changed: %v", text, again.Values, sealed() != was)
	}
	again.Set("password", "new words").Press("").OK()
	if n := site.Rows[int](s, `SELECT per_minute FROM mail_servers`)[0]; sealed() == was || n != 7 {
		t.Errorf("typed again, the password changed: %v, and %d letters go in a minute", sealed() != was, n)
	}
}

func hasRoute(s *site.Site, method, path string) bool {
	for _, r := range s.Routes {
		for _, m := range r.Methods {
			if r.Path == path && m == method {
				return true
			}
		}
	}
	return false
}

// TestStartsOfSignInsAreLimited begins to sign in again and again from one network: it has
// to wait, with words, and leaves no row more; another network does not.
func TestStartsOfSignInsAreLimited(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, site.Localhost, site.With(behindProxy))
	begin := func(network string) *site.Page {
		return s.Reader().Ask(http.MethodPost, "/sign-in/passkey/options", strings.NewReader("{}"), "Content-Type", "application/json", "Accept", "application/json",
			"Origin", s.URL, "X-Forwarded-For", network)
	}
	rows := func() (n int64) {
		s.View(func(tx *db.Tx) error { return tx.QueryRow(`SELECT count(*) FROM passkey_challenges`).Scan(&n) })
		return n
	}
	for range 120 {
		begin("198.51.100.7").OK()
	}
	full := rows()
	p := begin("198.51.100.7").Want(http.StatusTooManyRequests)
	if p.Header.Get("Retry-After") == "" || !strings.Contains(message(t, p), "minute") {
		t.Errorf("says %s, Retry-After %q", p.Body, p.Header.Get("Retry-After"))
	}
	if n := rows(); n != full {
		t.Errorf("%d rows are there, %d before", n, full)
	}
	begin("198.51.100.8").OK()
	s.Clock.Advance(time.Minute)
	begin("198.51.100.7").OK()
}
