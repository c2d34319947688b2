package app_test

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"waypost/internal/testkit/site"
	"waypost/web/kit"
)

// story is the first story of the sample community.
const story = "/stories/when-the-dream-job-was-not-the-dream"

// addressOf is an address that a route of the sample community answers.
func addressOf(t *testing.T, s *site.Site, pattern string) string {
	t.Helper()
	first := func(query string) string {
		found := site.Rows[string](s, query)
		if len(found) == 0 {
			t.Fatalf("nothing found for %s: %s", pattern, query)
		}
		return found[0]
	}
	switch pattern {
	case "/{$}":
		return "/"
	case "/":
		return "/no/such/address"
	case "/{slug}":
		return "/about"
	case "/static/{name}":
		return s.Public.Renderer.Assets.URL("waypost.css")
	case "/media/{name}":
		return "/media/" + first(`SELECT id || extension FROM pictures ORDER BY id`)
	}
	file := "backup-20260504T093000.000Z.zip"
	if strings.HasPrefix(pattern, "/desk/backups/{name}") {
		if err := os.WriteFile(filepath.Join(s.Folder, "backups", file), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	id := "0123456789abcdef" // of no session
	if people := site.Rows[string](s, `SELECT id FROM accounts ORDER BY id LIMIT 1`); len(people) > 0 && strings.HasPrefix(pattern, "/desk/people") {
		id = people[0]
	}
	if latest := site.Rows[string](s, `SELECT id FROM replies ORDER BY id DESC LIMIT 1`); len(latest) > 0 && (strings.HasPrefix(pattern, "/desk/replies") || strings.HasPrefix(pattern, "/stories/{slug}/replies")) {
		id = latest[0]
	}
	for table, folder := range map[string]string{"stories": "/desk/stories/{id}", "resources": "/desk/resources/{id}", "topics": "/desk/topics/{id}",
		"profiles": "/desk/authors/{id}", "pages": "/desk/pages/{id}", "jobs": "/desk/jobs/{id}"} {
		if strings.HasPrefix(pattern, folder) || table == "stories" && strings.HasPrefix(pattern, "/desk/review/{id}") {
			id = first(`SELECT id FROM ` + table + ` ORDER BY id`)
		}
	}
	return strings.NewReplacer("/stories/{slug}", story, "/topics/{slug}", "/topics/trials", "{handle}", "tamsin-oyelaran",
		"{token}", "no-such-token", "{id}", id, "{version}", "1", "{step}", "mail", "{name}", file, "{kind}", "step", "{n}", "1").Replace(pattern)
}

// public reports that a route needs no role.
func public(r kit.Route) bool { return slices.Contains(r.Roles, kit.Anyone) }

// writes reports that a route takes a method that may change something.
func writes(r kit.Route) bool { return slices.Contains(r.Methods, http.MethodPost) }

func TestRoutesHaveTheirRules(t *testing.T) {
	t.Parallel()
	s := site.New(t)
	if len(s.Routes) < 50 {
		t.Fatalf("the table has %d routes", len(s.Routes))
	}
	if err := kit.CheckRoutes(s.Routes); err != nil {
		t.Error(err)
	}
	for _, r := range s.Routes {
		t.Run(strings.Join(r.Methods, ",")+r.Path, func(t *testing.T) {
			closed := r.Path != "/path/calendar/{token}" && (strings.HasPrefix(r.Path, "/desk") || strings.HasPrefix(r.Path, "/me/") || strings.HasPrefix(r.Path, "/people") || strings.HasPrefix(r.Path, "/path") || r.Path == "/join/welcome")
			ask := r.Path == "/me/follow" && writes(r) // a button on pages that are the same for everybody
			if (closed && !ask) == public(r) {
				t.Errorf("roles %v", r.Roles)
			}
			if writes(r) && slices.Contains(r.Methods, http.MethodGet) {
				t.Error("reads and writes by one line")
			}
			if writes(r) && r.Cache != kit.Private {
				t.Errorf("an answer to a form is %s", r.Cache)
			}
			if r.AnyHost != slices.Contains([]string{"/healthz", "/readyz"}, r.Path) {
				t.Errorf("answers under every name: %v", r.AnyHost)
			}
		})
	}
}

// TestRoutesWithoutARole refuse, whoever asks, and change nothing.
func TestRoutesWithoutARole(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	before := s.State()
	for _, r := range s.Routes {
		if public(r) {
			continue
		}
		address := addressOf(t, s, r.Path)
		if p := s.Reader().Ask(r.Methods[0], address, nil); p.Status != http.StatusUnauthorized {
			t.Errorf("%s %s answers %d to somebody who is not signed in", r.Methods[0], address, p.Status)
		}
		if p := s.Reader().Ask(r.Methods[0], address, nil, "Cookie", "waypost=made-up"); p.Status != http.StatusUnauthorized {
			t.Errorf("%s %s answers %d to a session that never was", r.Methods[0], address, p.Status)
		}
	}
	if after := s.State(); !maps.Equal(before, after) {
		t.Errorf("refused requests changed rows: %v", difference(before, after))
	}
}

func TestRoutesOfOtherRoles(t *testing.T) {
	t.Parallel()
	for _, role := range []string{"editor", "organizer", "moderator", "member"} {
		t.Run(role, func(t *testing.T) {
			t.Parallel()
			s := site.New(t, site.Demo)
			someone := s.SignIn()
			setRole(t, s, role)
			before := s.State("sessions", "audit")
			for _, r := range s.Routes {
				if public(r) || slices.Contains(r.Roles, role) || slices.Contains(r.Roles, "member") {
					continue
				}
				if p := someone.Ask(r.Methods[0], addressOf(t, s, r.Path), nil); p.Status != http.StatusForbidden {
					t.Errorf("%s %s answers %d to a %s", r.Methods[0], r.Path, p.Status, role)
				}
			}
			if after := s.State("sessions", "audit"); !maps.Equal(before, after) {
				t.Errorf("refused requests changed rows: %v", difference(before, after))
			}
			if n := site.Rows[int](s, `SELECT count(*) FROM audit WHERE act = 'access.refused' AND account_id IS NOT NULL`)[0]; n != 10 {
				t.Errorf("of so many refused requests %d are on record", n)
			}
			want := http.StatusForbidden
			if role == "editor" {
				want = http.StatusOK
			}
			someone.Get("/desk/stories").OK() // everybody writes
			someone.Get("/desk/review").Want(want)
		})
	}
}

// TestRoutesRefuseAnEndedSession asks with a cookie that was good until now.
func TestRoutesRefuseAnEndedSession(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	secret := owner.Cookie("waypost")
	owner.Get("/desk").OK().Form("form[action='/sign-out']").Press("")
	before := s.State()
	for _, r := range s.Routes {
		if public(r) {
			continue
		}
		if p := s.Reader().Ask(r.Methods[0], addressOf(t, s, r.Path), nil, "Cookie", "waypost="+secret); p.Status != http.StatusUnauthorized {
			t.Errorf("%s %s answers %d after sign-out", r.Methods[0], r.Path, p.Status)
		}
	}
	if after := s.State(); !maps.Equal(before, after) {
		t.Errorf("refused requests changed rows: %v", difference(before, after))
	}
}

// difference names what is not the same in two states.
func difference(a, b map[string]string) map[string]string {
	d := map[string]string{}
	for table := range a {
		if a[table] != b[table] {
			d[table] = a[table] + " → " + b[table]
		}
	}
	return d
}

// TestErrorsStandInTheDesk asks for what is not there, not allowed or not asked for like
// that: whoever is signed in keeps the menu and the way to sign out, and is told whose it is.
func TestErrorsStandInTheDesk(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	member := s.As(s.Account("Ines").ID)
	for name, c := range map[string]struct {
		page   *site.Page
		status int
		says   string
	}{
		"another's role":    {member.Get("/desk/review"), http.StatusForbidden, "It takes one of these roles: Owner, Editor"},
		"an owner's":        {member.Get("/desk/settings"), http.StatusForbidden, "It takes one of these roles: Owner The owners"},
		"another's story":   {member.Get(addressOf(t, s, "/desk/stories/{id}")), http.StatusNotFound, "somebody else’s"},
		"no page":           {member.Get("/desk/no-such-page"), http.StatusNotFound, "mistyped"},
		"nobody":            {member.Get("/people/nobody-here"), http.StatusNotFound, "mistyped"},
		"a visit of a form": {member.Get("/desk/key-kept"), http.StatusMethodNotAllowed, "Go back"},
		"signing out":       {member.Get("/sign-out"), http.StatusMethodNotAllowed, "Go back"},
	} {
		p := c.page
		if p.Status != c.status || !strings.Contains(p.Text("main"), c.says) {
			t.Errorf("%s answers %d: %q", name, p.Status, p.Text("main"))
		}
		if !p.Has(".sections a[href='/desk/stories']") || !p.Has("form[action='/sign-out']") || !strings.Contains(p.Text(".foot"), "Ines") {
			t.Errorf("%s has lost the menu, the way out or the name", name)
		}
	}
	if p := s.Reader().Get("/desk/no-such-page").Want(http.StatusNotFound); p.Has(".sections") || p.Has("form[action='/sign-out']") {
		t.Error("a stranger is shown the menu")
	}
}
