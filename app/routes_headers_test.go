package app_test

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/stories"
	"waypost/web/kit"
)

// setRole makes every owner a member who has one other role, or none.
func setRole(t *testing.T, s *site.Site, role string) {
	t.Helper()
	err := s.DB.Update(context.Background(), func(tx *db.Tx) error {
		query, args := `UPDATE account_roles SET role = $1 WHERE role = 'owner'`, []any{role}
		if role == "member" {
			query, args = `DELETE FROM account_roles WHERE role = 'owner'`, nil
		}
		_, err := tx.Exec(query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// policy is what pages may load and do. Three kinds of address differ.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

var cacheRules = map[kit.Cache]string{
	kit.Kept: "public, no-cache", kit.Forever: "public, max-age=31536000, immutable", kit.Private: "private, no-store", kit.Unstored: "no-store",
	kit.Redirects: "public, no-cache",
}

// checkHeaders holds an answer against what every answer has.
func checkHeaders(t *testing.T, p *site.Page) {
	t.Helper()
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := p.Header.Get(name); got != want {
			t.Errorf("%s: %d with %s: %q, want %q", p.Path, p.Status, name, got, want)
		}
	}
	secret := slices.ContainsFunc([]string{"/sign-in/", "/join", "/letters/", "/subscribe/", "/your-data/"}, func(begins string) bool { return strings.HasPrefix(p.Path, begins) })
	if got := p.Header.Get("Referrer-Policy"); got != "same-origin" && !(secret && got == "no-referrer") {
		t.Errorf("%s: %d with Referrer-Policy: %q", p.Path, p.Status, got)
	}
	if p.Header.Get("Cache-Control") == "" {
		t.Errorf("%s: %d without Cache-Control", p.Path, p.Status)
	}
	if got := p.Header.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'; ") || strings.Contains(got, "unsafe") {
		t.Errorf("%s: %d with Content-Security-Policy: %q", p.Path, p.Status, got)
	}
	if p.Header.Get("Set-Cookie") != "" && p.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("%s: a cookie that others may keep: %q", p.Path, p.Header.Get("Cache-Control"))
	}
}

// wantPolicy is the policy of what a route answers.
func wantPolicy(path string) string {
	switch {
	case strings.HasPrefix(path, "/media/"):
		return "default-src 'none'; sandbox"
	case slices.Contains([]string{"/desk/stories/new", "/desk/stories/{id}", "/desk/pages/new", "/desk/pages/{id}", "/desk/review/{id}"}, path):
		return policy + "; frame-src 'self'"
	case path == "/desk/review/{id}/preview": // the frame itself
		return strings.NewReplacer("script-src 'self'", "script-src 'none'", "connect-src 'self'", "connect-src 'none'", "form-action 'self'", "form-action 'none'",
			"frame-ancestors 'none'", "frame-ancestors 'self'").Replace(policy) + "; sandbox allow-same-origin"
	}
	return policy
}

func TestHeadersOfEveryRoute(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	for _, r := range s.Routes {
		asking := owner
		if public(r) {
			asking = s.Reader()
		}
		p := asking.Ask(r.Methods[0], addressOf(t, s, r.Path), nil)
		checkHeaders(t, p)
		if writes(r) {
			if got := p.Header.Get("Cache-Control"); got != "private, no-store" {
				t.Errorf("POST %s: Cache-Control: %q", r.Path, got)
			}
			continue
		}
		want := http.StatusOK
		switch r.Path {
		case "/", "/desk/mail/servers/{id}", "/desk/mail/letters/{id}", "/desk/mail/letters/{id}/page", "/letters/{token}", "/me/follow",
			"/me/ways/links/{id}", "/me/ways/passkeys/{id}", "/people/{handle}", "/sign-in/with/{key}/return",
			"/replies/{id}", "/replies/{id}/edit", "/me/data/replies/{id}", "/replies/{id}/report", "/letters/answers/{token}",
			"/stories/{slug}/replies/{id}", "/desk/replies/{id}/answer", "/desk/replies/{id}/block": // there is none
			want = http.StatusNotFound
		case "/your-data/{token}", "/your-data/{token}/remove", "/your-data/{token}/replies", "/your-data/{token}/replies/{id}": // its time is over
			want = http.StatusGone
		case "/desk/set-up":
			want = http.StatusSeeOther
		case "/path/resume.json": // of no step
			want = http.StatusUnprocessableEntity
		}
		if strings.HasPrefix(r.Path, "/path/") && strings.Contains(r.Path, "{") { // the owner keeps none
			want = http.StatusNotFound
		}
		if p.Status != want {
			t.Errorf("GET %s answers %d", r.Path, p.Status)
			continue
		}
		if got := p.Header.Get("Content-Security-Policy"); got != wantPolicy(r.Path) {
			t.Errorf("GET %s: Content-Security-Policy: %q", r.Path, got)
		}
		if got := p.Header.Get("Cache-Control"); want == http.StatusOK && got != cacheRules[r.Cache] {
			t.Errorf("GET %s: Cache-Control: %q, want %q", r.Path, got, cacheRules[r.Cache])
		}
	}
}

// TestHeadersOfErrors looks at the answers that no handler gives.
func TestHeadersOfErrors(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	r := s.Reader()
	for want, p := range map[int]*site.Page{
		http.StatusNotFound:              r.Get("/stories/no-such-story"),
		http.StatusMethodNotAllowed:      r.Ask("DELETE", "/stories", nil),
		http.StatusUnauthorized:          r.Get("/desk"),
		http.StatusForbidden:             r.Ask("POST", "/sign-out", nil, "Sec-Fetch-Site", "cross-site"),
		http.StatusMisdirectedRequest:    r.Get("/", "Host", "elsewhere.example"),
		http.StatusRequestEntityTooLarge: r.Ask("POST", "/sign-out", strings.NewReader(strings.Repeat("x", 5000))),
		http.StatusBadRequest:            s.SignIn().Ask("POST", "/desk/topics/new", strings.NewReader("%"), "Content-Type", "application/x-www-form-urlencoded"),
		http.StatusTemporaryRedirect:     r.Get("//stories//x"),
		http.StatusPermanentRedirect:     r.Get("/stories/"),
		http.StatusNotModified:           r.Get("/stories", "If-None-Match", "*"),
	} {
		if p.Status != want {
			t.Errorf("%s answers %d, want %d", p.Path, p.Status, want)
		}
		if want != http.StatusNotModified {
			checkHeaders(t, p)
		}
	}
}

// TestKeptRoutesKnowNobody asks as a reader and as an owner: no cookie is read or set.
func TestKeptRoutesKnowNobody(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	reader, owner := s.Reader(), s.SignIn()
	first := site.Rows[string](s, `SELECT id FROM stories WHERE slug = 'when-the-dream-job-was-not-the-dream'`)[0]
	mo := members.Actor{AccountID: s.Account("Mo Derator", members.Moderator).ID, Roles: []members.Role{members.Moderator}}
	(&answered{s, stories.Story{ID: first}, mo}).shown(t, "Priya N.", "I had the same chair once.", "")
	for _, r := range s.Routes {
		if r.Cache != kit.Kept || r.Path == "/" {
			continue
		}
		address := addressOf(t, s, r.Path)
		theirs := owner.Get(address, "Accept-Language", "de").OK()
		ours := reader.Get(address, "Cookie", "waypost=made-up", "Accept-Language", "fr").OK()
		if !bytes.Equal(theirs.Body, ours.Body) {
			t.Errorf("%s differs for an owner", address)
		}
		if !maps.EqualFunc(withoutDate(theirs.Header), withoutDate(ours.Header), slices.Equal) {
			t.Errorf("%s: headers differ for an owner: %v, %v", address, theirs.Header, ours.Header)
		}
		for _, p := range []*site.Page{theirs, ours} {
			if p.Header.Get("Set-Cookie") != "" || strings.Contains(p.Header.Get("Vary"), "Cookie") {
				t.Errorf("%s deals in cookies: %v", address, p.Header)
			}
		}
	}
}

func withoutDate(h http.Header) http.Header {
	h = h.Clone()
	h.Del("Date")
	return h
}

func TestHeadIsGetWithoutABody(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	for _, r := range s.Routes {
		if writes(r) {
			continue
		}
		address := addressOf(t, s, r.Path)
		get, head := owner.Get(address), owner.Head(address)
		if head.Status != get.Status || len(head.Body) != 0 {
			t.Errorf("HEAD %s answers %d with %d bytes, GET %d", address, head.Status, len(head.Body), get.Status)
		}
		a, b := withoutDate(get.Header), withoutDate(head.Header)
		if get.Status == http.StatusSeeOther { // its few words are counted only when they are sent
			a.Del("Content-Length")
		}
		if !maps.EqualFunc(a, b, slices.Equal) {
			t.Errorf("HEAD %s: headers %v, GET %v", address, b, a)
		}
	}
}

func TestHeadersUnderHTTPS(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, site.Base("https://community.example"))
	for _, path := range []string{"/", story, "/desk", "/healthz", "/no-such-page", s.Public.Renderer.Assets.URL("waypost.css")} {
		p := s.Reader().Get(path, "Host", "community.example")
		if p.Header.Get("Strict-Transport-Security") == "" {
			t.Errorf("%s: %d without Strict-Transport-Security", path, p.Status)
		}
	}
	link, err := s.OwnerLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p := s.Reader().Ask("POST", strings.TrimPrefix(link, "https://community.example"), nil, "Host", "community.example", "Origin", "https://community.example")
	cookie, err := http.ParseSetCookie(p.Header.Get("Set-Cookie"))
	if err != nil {
		t.Fatalf("signing in answers %d, %v: %v", p.Status, p.Header, err)
	}
	if cookie.Name != "__Host-waypost" || !cookie.Secure || !cookie.HttpOnly || cookie.Path != "/" || cookie.Domain != "" || cookie.SameSite != http.SameSiteLaxMode {
		t.Errorf("the cookie: %v", cookie)
	}
}
