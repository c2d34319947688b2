package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"waypost/internal/datadir"
	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

// TestFirstStartGoesOn takes up a first start that was cut off after each of its
// steps: the id of the community, the mark in the media folder, the fingerprint.
func TestFirstStartGoesOn(t *testing.T) {
	t.Parallel()
	cuts := map[string]func(d *datadir.Dir) error{
		"after the id":   func(d *datadir.Dir) error { return d.Media().Remove(".waypost-instance") },
		"half a mark":    func(d *datadir.Dir) error { return d.Media().WriteFile(".waypost-instance", []byte("0"), 0o644) },
		"after the mark": func(*datadir.Dir) error { return nil },
	}
	for name, cut := range cuts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
				s := site.New(t, site.On(e))
				whole := identity(s)
				alter(t, s, `DELETE FROM instance WHERE name = 'key-fingerprint'`)
				s.Stop()
				dir, err := datadir.Open(s.Folder)
				if err != nil {
					t.Fatal(err)
				}
				if err := errors.Join(cut(dir), dir.Close()); err != nil {
					t.Fatal(err)
				}
				again := site.New(t, site.In(s.Folder, s.Place))
				if known := identity(again); !slices.Equal(known, whole) {
					t.Errorf("the database knows %q, not %q", known, whole)
				}
				if mark, err := os.ReadFile(filepath.Join(s.Folder, "media", ".waypost-instance")); err != nil || string(mark) != whole[0]+"\n" {
					t.Errorf("the media folder is marked %q: %v", mark, err)
				}
			})
		})
	}
}

// identity is what a database knows of its installation: id and fingerprint.
func identity(s *site.Site) []string {
	return site.Rows[string](s, `SELECT value FROM instance ORDER BY name`)
}

// alter changes rows behind the program's back.
func alter(t *testing.T, s *site.Site, statement string, args ...any) {
	t.Helper()
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(statement, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestStartLeavesOtherNodesImports marks an import as cut off only where nobody else
// can be at it.
func TestStartLeavesOtherNodesImports(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		alter(t, s, `INSERT INTO imports (id, format, site, file_name, state, started_at, report) VALUES ('i', 'wordpress', 'old.example', '', 'running', 0, '')`)
		if err := s.Schedule(t.Context()); err != nil {
			t.Fatal(err)
		}
		want := "running"
		if s.DB.Engine() == db.SQLite {
			want = "interrupted"
		}
		if got := site.Rows[string](s, `SELECT state FROM imports`); !slices.Equal(got, []string{want}) {
			t.Errorf("the import is %q, not %s", got, want)
		}
	})
}
