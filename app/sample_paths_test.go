package app_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"waypost/demo"
	"waypost/internal/db"
	"waypost/internal/testkit/site"
	"waypost/paths"
)

// keepers are the members of the sample community who keep a path, by their handles.
var keepers = map[string]string{"tamsin-oyelaran": "tamsin@example.com", "shanice-amoah": "shanice.amoah@example.org", "sunniva-rao": "sunniva.rao@example.org"}

// pathed looks at the private paths of the sample community.
func pathed(t *testing.T, s *site.Site) {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	if n := site.Rows[int](s, `SELECT count(*) FROM path_keys`)[0]; n != len(keepers) {
		t.Errorf("%d keep a path", n)
	}
	if n := site.Rows[int](s, `SELECT count(*) FROM path_reminders WHERE due_at <= $1`, s.Clock.Now().UnixMilli())[0]; n != 0 {
		t.Errorf("%d reminders are due at once", n)
	}
	for handle, email := range keepers {
		account := site.Rows[string](s, `SELECT id FROM accounts WHERE email = $1`, email)[0]
		want, err := demo.PathOf(handle, s.Clock.Now().In(zone))
		if err != nil {
			t.Fatal(err)
		}
		got := pathOf(t, s, account)
		if len(got.Imports()) != 0 {
			t.Errorf("%s has %+v to take back", handle, got.Imports())
		}
		if a, b := len(got.Steps)+len(got.Entries)+len(got.CheckIns), len(want.Steps)+len(want.Entries)+len(want.CheckIns); a != b || a == 0 {
			t.Errorf("of %s are kept %d of %d", handle, a, b)
		}
		if a, b := asJSON(t, got.Decisions), asJSON(t, want.Decisions); a != b {
			t.Errorf("the decisions of %s are\n%s\nnot\n%s", handle, a, b)
		}
		page := s.As(account).Get("/path").OK().Text("main")
		for _, step := range want.Steps {
			if !strings.Contains(page, step.Title) {
				t.Errorf("the path of %s does not show %q", handle, step.Title)
			}
		}
		for _, step := range want.Steps {
			if said := s.As(account).Get("/path/steps/" + step.ID).OK().Text("main"); strings.Contains(said, "3.0 to 3.0") {
				t.Errorf("of %s it is said that something moved which did not: %q", step.Title, said)
			}
		}
		for _, d := range want.Decisions {
			s.As(account).Get("/path/decisions/" + d.ID).OK()
		}
	}
	pathedAnyTime(t, s, zone)
}

// pathedAnyTime keeps every path on other days, of members who have none.
func pathedAnyTime(t *testing.T, s *site.Site, zone *time.Location) {
	t.Helper()
	without := site.Rows[string](s, `SELECT id FROM accounts WHERE id NOT IN (SELECT member_id FROM path_keys) ORDER BY id`)
	for _, days := range []int{-800, -450, -136, -109, 3, 40, 900} {
		s.Clock.Advance(site.Start().AddDate(0, 0, days).Sub(s.Clock.Now()))
		for handle := range keepers {
			p, err := demo.PathOf(handle, s.Clock.Now().In(zone))
			if err != nil {
				t.Fatal(err)
			}
			err = s.DB.Update(t.Context(), func(tx *db.Tx) error { return s.Paths.KeepIn(tx, without[0], p) })
			if err != nil {
				t.Errorf("%s, %d days on: %v", handle, days, err)
			}
			without = without[1:]
		}
	}
}

func pathOf(t *testing.T, s *site.Site, account string) (p paths.Path) {
	t.Helper()
	err := s.DB.View(t.Context(), func(tx *db.Tx) (err error) {
		p, err = s.Paths.Read(tx, account)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
