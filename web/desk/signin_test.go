package desk_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/web/kit"
)

func TestEveryRouteRefusesWithoutASession(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, route := range s.desk.Routes() {
		if slices.Contains(route.Roles, kit.Anyone) {
			continue
		}
		path := strings.NewReplacer("{id}", "x", "{version}", "1").Replace(route.Path)
		for _, method := range route.Methods {
			a := s.get(path)
			if method == http.MethodPost {
				a = s.post(path, "title", "a")
			}
			if a.Code != http.StatusUnauthorized || a.Header().Get("Cache-Control") != "private, no-store" {
				t.Errorf("%s %s: %d, %s", method, path, a.Code, a.Header().Get("Cache-Control"))
			}
			if method == http.MethodGet && !strings.Contains(a.page.Find("code").Text(), "waypost owner-link") {
				t.Errorf("%s does not say how to sign in", path)
			}
		}
	}
}

func TestPostsFromElsewhereChangeNothing(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	before := rows(t, s)
	for _, route := range s.desk.Routes() {
		if !slices.Contains(route.Methods, http.MethodPost) {
			continue
		}
		path := strings.NewReplacer("{id}", "x", "{version}", "1", "{token}", "x").Replace(route.Path)
		for _, header := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://elsewhere.test"}, {"Origin", "null"}} {
			r := httptest.NewRequest(http.MethodPost, host+path, strings.NewReader("name=Taken&title=Taken&body=x"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(header[0], header[1])
			if a := s.send(r); a.Code != http.StatusForbidden {
				t.Errorf("POST %s with %s: %d", path, header, a.Code)
			}
		}
	}
	if after := rows(t, s); after != before {
		t.Errorf("rows: %v, then %v", before, after)
	}
}

// rows counts what a post could have written.
func rows(t *testing.T, s *site) [6]int {
	t.Helper()
	var n [6]int
	err := s.desk.DB.View(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT (SELECT count(*) FROM stories), (SELECT count(*) FROM topics), (SELECT count(*) FROM pages),
			(SELECT count(*) FROM profiles), (SELECT count(*) FROM sessions), (SELECT count(*) FROM audit)`).Scan(&n[0], &n[1], &n[2], &n[3], &n[4], &n[5])
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	secret, err := s.desk.Members.OwnerLink(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	link := "/sign-in/" + secret
	for range 5 {
		a := s.get(link).sees(200, "form[method=post] button")
		if a.Header().Get("Referrer-Policy") != "no-referrer" || a.Header().Get("Cache-Control") != "private, no-store" || a.Header().Get("Set-Cookie") != "" {
			t.Fatalf("headers of the link's page: %v", a.Header())
		}
	}
	s.send(httptest.NewRequest(http.MethodHead, host+link, nil)).sees(200)
	if to := s.post(link).to(); to != "/desk/set-up" {
		t.Errorf("a new community's owner is led to %s", to)
	}
	c := s.cookie
	if c == nil || c.Name != "waypost" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
		t.Fatalf("cookie %+v", c)
	}
	s.get("/desk/set-up").sees(200, `form[action="/desk/set-up"]`)
	s.cookie = nil
	s.post(link).sees(http.StatusGone, "[role=alert]")
	if s.cookie != nil {
		t.Error("a spent link signed somebody in")
	}
	s.cookie = c
	s.post("/sign-out").sees(303)
	s.cookie = c
	s.get("/desk").sees(http.StatusUnauthorized)
}

// TestSignInWithAnyBrowser cuts a name of a browser in the middle of a letter, and
// takes bytes that are none.
func TestSignInWithAnyBrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, agent := range []string{strings.Repeat("é", 150) + "é", "x" + strings.Repeat("é", 150), "bad \xff"} {
		secret, err := s.desk.Members.OwnerLink(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, host+"/sign-in/"+secret, nil)
		r.Header.Set("User-Agent", agent)
		s.send(r).sees(303)
		var stored string
		err = s.desk.DB.View(context.Background(), func(tx *db.Tx) error { return tx.QueryRow(`SELECT device FROM sessions`).Scan(&stored) })
		if err != nil || !utf8.ValidString(stored) {
			t.Errorf("%q is kept as %q, %v", agent, stored, err)
		}
	}
}

func TestCookieOfHTTPS(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.desk.Secure = true
	s.signIn()
	if c := s.cookie; c.Name != "__Host-waypost" || !c.Secure || c.Domain != "" {
		t.Errorf("cookie %+v", c)
	}
}

func TestSigningInEndsTheEarlierSession(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	old := s.cookie
	s.signIn()
	if s.cookie.Value == old.Value {
		t.Fatal("the session has the same secret as before")
	}
	s.cookie = old
	s.get("/desk").sees(http.StatusUnauthorized)
}

func TestAnExpiredSessionKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.clock.Advance(31 * 24 * time.Hour)
	text := "What I typed\r\nfor an hour <b>& more</b>"
	a := s.post("/desk/stories/new", "title", "Kept", "body", text, "do", "save").sees(http.StatusUnauthorized, `form[action="/desk/stories/new"] textarea[name=body]`)
	if got := a.value("body"); got != strings.ReplaceAll(text, "\r\n", "\n") && got != text {
		t.Errorf("the page gives back %q", got)
	}
	if a.value("title") != "Kept" || a.value("do") != "save" {
		t.Error("the form cannot be sent again as it was")
	}
	s.signIn()
	s.post("/desk/stories/new", "title", a.value("title"), "body", a.value("body"), "format", "markdown", "do", a.value("do")).sees(303)
}

// TestADeadDatabaseKeepsWhatWasTyped loses the settings, which a handler meets, and then
// the sessions, which the gate does.
func TestADeadDatabaseKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	for _, table := range []string{"community", "sessions"} {
		err := s.desk.DB.Update(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(`ALTER TABLE ` + table + ` RENAME TO ` + table + `_away`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		a := s.post("/desk/stories/new", "title", "Kept", "body", "What I typed\r\nfor an hour", "do", "save").sees(http.StatusInternalServerError, "textarea[name=body]")
		if !strings.Contains(a.value("body"), "for an hour") || a.value("title") != "Kept" {
			t.Errorf("without %s the page gives back %q", table, a.value("body"))
		}
	}
}

// TestStrangersFillNoMemory sends more than anybody types: it is not read, and so
// not given back.
func TestStrangersFillNoMemory(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	form := "body=" + strings.Repeat("x", 5<<20)
	for _, length := range []int64{int64(len(form)), -1} {
		r := httptest.NewRequest(http.MethodPost, host+"/desk/stories/new", strings.NewReader(form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.ContentLength = length
		if a := s.send(r).sees(http.StatusUnauthorized); a.Body.Len() > 64<<10 {
			t.Errorf("the answer to %d bytes has %d", length, a.Body.Len())
		}
	}
}

func TestSetUp(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.signIn()
	if to := s.get("/desk").to(); to != "/desk/set-up" {
		t.Fatalf("the desk of a new community leads to %s", to)
	}
	fields := []string{"name", "Lantern", "tagline", "A light each", "language", "en", "time_zone", "Europe/Berlin", "version", "0", "your_name", "Ada Ferry"}
	a := s.post("/desk/set-up", append(fields, "accent", "#f0e0a0")...).sees(422, ".summary a[href='#accent']", "#accent[aria-invalid]", "#accent-fault")
	if a.value("tagline") != "A light each" || a.value("accent") != "#f0e0a0" {
		t.Error("typed text is gone")
	}
	if !strings.Contains(a.page.Find("#accent-fault").Text(), "#") {
		t.Error("the refusal does not name the nearest colour")
	}
	s.post("/desk/set-up", append(fields[:len(fields)-4:len(fields)-4], "accent", "#2b6349", "version", "0", "your_name", "", "time_zone", "Nowhere/Land")...).
		sees(422, "#your_name[aria-invalid]")
	if n := rows(t, s); n[3] != 0 || n[5] != 2 { // the account and the sign-in
		t.Errorf("a set-up that was refused left rows: %v", n)
	}
	s.post("/desk/set-up", append(fields, "accent", "#2B6349")...).sees(303)
	s.get("/desk?done=set-up").sees(200, "[role=status]", ".empty", `a[href="/desk/stories/new"]`)
	s.get("/desk/authors").sees(200, ".rows a")
	if to := s.get("/desk/set-up").to(); to != "/desk/settings" {
		t.Errorf("a second set-up leads to %s", to)
	}
}
