package app_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit/site"
)

// exportsIn names the exports that wait in a site's media folder.
func exportsIn(t *testing.T, s *site.Site) []string {
	t.Helper()
	names, err := fs.Glob(os.DirFS(filepath.Join(s.Folder, "media")), ".import-*")
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestExportsAreNotLeftBehind sweeps up exports that no job will ever read, and those
// alone.
func TestExportsAreNotLeftBehind(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	lay := func(name string, age time.Duration) {
		path := filepath.Join(s.Folder, "media", name)
		at := s.Clock.Now().Add(-age)
		if err := errors.Join(os.WriteFile(path, []byte("<rss>"), 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	const day = 24 * time.Hour
	for name, age := range map[string]time.Duration{".import-old": 9 * day, ".import-young": time.Hour, ".import-waits": 9 * day, ".import-failed": 9 * day} {
		lay(name, age)
	}
	if err := s.Schedule(t.Context()); err != nil { // before there is a job that runs, which a start takes back
		t.Fatal(err)
	}
	for file, state := range map[string]string{"old": "done", "waits": "running", "failed": "failed"} {
		alter(t, s, `INSERT INTO jobs (id, kind, payload, state, attempt, due_at, error, created_at, finished_at, leased_until)
			VALUES ($1, 'app.export-taken', $2, $3, 1, 0, '', 0, $4, $4)`, file, `{"file":"`+file+`"}`, state, s.Clock.Now().Add(day).UnixMilli())
	}
	s.Clock.Advance(2 * time.Minute)
	s.Work()
	if left := exportsIn(t, s); !slices.Equal(left, []string{".import-failed", ".import-waits", ".import-young"}) {
		t.Errorf("left are %q", left)
	}
}

// TestExportThatIsGone does the job of an export whose file a restored backup did not
// bring, and of one with a name that no database takes.
func TestExportThatIsGone(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	form := s.SignIn().Get("/desk/import").OK().Form("form[enctype]").Attach("export", "blog\u0085 of Ines.xml", []byte("<rss></rss>"))
	form.Send("import").Want(303)
	for _, name := range exportsIn(t, s) {
		if err := os.Remove(filepath.Join(s.Folder, "media", name)); err != nil {
			t.Fatal(err)
		}
	}
	s.Work()
	runs := site.Rows[string](s, `SELECT state || ' ' || file_name FROM imports`)
	if len(runs) != 1 || runs[0] != "refused blog of Ines.xml" {
		t.Errorf("imports are %q", runs)
	}
}

// TestExportThatCannotBeTaken sends one when no job can be written.
func TestExportThatCannotBeTaken(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	form := s.SignIn().Get("/desk/import").OK().Form("form[enctype]").Attach("export", "blog.xml", []byte("<rss></rss>"))
	alter(t, s, `ALTER TABLE jobs RENAME TO jobs_away`)
	if p := form.Send("import"); p.Status < 500 || !strings.Contains(p.Text("main"), "give this number") || !p.Has(".sections") {
		t.Errorf("the answer is %d", p.Status)
	}
	if left := exportsIn(t, s); len(left) > 0 {
		t.Errorf("left are %q", left)
	}
}
