package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"waypost/app"
	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/transfer/backup"
)

// TestBackupsAtTheDesk makes a backup by the button, takes it along, and deletes it.
func TestBackupsAtTheDesk(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		owner := s.SignIn()
		keep := `.guide form[action="/desk/guide/keep/leave"]`
		if owner.Get("/desk/guide").OK().Find(keep).Length() != 1 {
			t.Error("the guide has no open step to keep a copy")
		}
		page := owner.Get("/desk/backups").OK()
		page.Form(`form[action="/desk/key-kept"]`).Press("").OK()
		making := page.Form(`form[action="/desk/backups/everything"]`).Press("").OK()
		if making.Header.Get("Refresh") == "" || making.Find(`form[action="/desk/backups"]`).Length() != 0 {
			t.Error("the page does not say that a backup is being made")
		}
		if again := owner.Post("/desk/backups", nil).Want(http.StatusConflict); !strings.Contains(again.Text("[role=alert]"), "already") {
			t.Errorf("asked twice: %s", again.Text("main"))
		}
		s.Work()
		ready := owner.Get(making.Path).OK()
		if ready.Header.Get("Refresh") != "" {
			t.Error("the page still waits")
		}
		file := ready.Form(".panel[role=status] form").Send("").OK()
		path := filepath.Join(t.TempDir(), "downloaded.zip")
		if err := os.WriteFile(path, file.Body, 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := backup.Verify(t.Context(), path, nil)
		if err != nil || !m.WithMedia || len(m.Media) == 0 || !strings.HasPrefix(file.Header.Get("Content-Disposition"), `attachment; filename="backup-`) {
			t.Errorf("downloaded is %s with %d pictures: %v", file.Header.Get("Content-Disposition"), len(m.Media), err)
		}
		if owner.Get("/desk/guide").OK().Find(keep).Length() != 0 {
			t.Error("the guide does not see that key and backup are kept")
		}
		gone := owner.Get(owner.Get("/desk/backups").OK().Find(".rows a").AttrOr("href", "")).OK().Form("main form").Press("").OK()
		if gone.Find(".rows li").Length() != 0 {
			t.Error("the backup is still listed")
		}
		acts := strings.Join(site.Rows[string](s, `SELECT act FROM audit WHERE act LIKE 'backup.%' ORDER BY at, id`), " ")
		if acts != "backup.made backup.downloaded backup.deleted" {
			t.Errorf("on record are %s", acts)
		}
	})
}

// TestBackupsAskWhoItIs lets nobody download or delete one whose sign-in is older.
func TestBackupsAskWhoItIs(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	owner.Post("/desk/backups", nil).Want(http.StatusSeeOther)
	s.Work()
	name := strings.TrimSuffix(strings.TrimPrefix(owner.Get("/desk/backups").OK().Find(".rows a").AttrOr("href", ""), "/desk/backups/"), "/delete")
	s.Clock.Advance(20 * time.Minute)
	for _, act := range []string{"everything", name + "/download", name + "/delete"} {
		owner.Post("/desk/backups/"+act, nil).Want(http.StatusForbidden)
	}
	owner.Post("/desk/backups", nil).Want(http.StatusSeeOther) // makes one and shows nothing of it
	if _, err := os.Stat(filepath.Join(s.Folder, "backups", name)); err != nil {
		t.Error(err)
	}
}

// TestBackupsThatFail says what to do, and goes on when that was done.
func TestBackupsThatFail(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	folder, away := filepath.Join(s.Folder, "backups"), filepath.Join(s.Folder, "away")
	ask := func() string {
		owner.Post("/desk/backups", nil).Want(http.StatusSeeOther)
		s.Work()
		return owner.Get("/desk/backups").OK().Text("main [role=alert]")
	}
	move := func(from, to string) {
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	move(folder, away)
	if said := ask(); !strings.Contains(said, "cannot be read or written") {
		t.Errorf("without a folder: %s", said)
	}
	move(away, folder)
	picture := filepath.Join(s.Folder, "media", site.Rows[string](s, `SELECT id || extension FROM pictures ORDER BY id`)[0])
	move(picture, away)
	if said := ask(); !strings.Contains(said, filepath.Base(picture)) || !strings.Contains(said, "waypost check") {
		t.Errorf("without a picture: %s", said)
	}
	move(away, picture)
	if said := ask(); said != "" {
		t.Errorf("when all is well: %s", said)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) != 1 {
		t.Errorf("the folder holds %q", left)
	}
	for key, err := range map[string]error{"desk.backups.fault_full": fmt.Errorf("write: %w", syscall.ENOSPC), "desk.backups.fault_folder": &fs.PathError{Op: "open", Err: syscall.EACCES},
		"desk.backups.fault_failed": errors.New("else")} {
		if got, _ := app.BackupFault(err); got != key {
			t.Errorf("%v is %s, not %s", err, got, key)
		}
	}
}

// TestBackupsEndWithTheirTerm deletes what is older than the term, and keeps the newest.
func TestBackupsEndWithTheirTerm(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	form := owner.Get("/desk/settings").OK().Form("main form")
	form.Set("backup_days", "30").Press("community").OK()
	for range 2 {
		owner.Post("/desk/backups", nil).Want(http.StatusSeeOther)
		s.Work()
		s.Clock.Advance(time.Hour)
	}
	count := func() int { return s.SignIn().Get("/desk/backups").OK().Find(".rows li").Length() }
	sweep := func(after time.Duration) {
		s.Clock.Advance(after)
		if err := s.Schedule(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.Clock.Advance(2 * time.Minute)
		s.Work()
	}
	if sweep(24 * time.Hour); count() != 2 {
		t.Errorf("%d are left of two that are young", count())
	}
	if sweep(40 * 24 * time.Hour); count() != 1 {
		t.Errorf("%d are left when the term is over", count())
	}
	if n := len(site.Rows[string](s, `SELECT id FROM audit WHERE act = 'backup.deleted' AND account_id IS NULL`)); n != 1 {
		t.Errorf("%d deletions are on record", n)
	}
}

// TestRestoredBackupsMakeNoOther restores a backup that the desk made, which holds the job
// that made it: nothing is made under its name again.
func TestRestoredBackupsMakeNoOther(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo, site.Base(known))
		s.SignIn().Post("/desk/backups", nil).Want(http.StatusSeeOther)
		s.Work()
		files, err := filepath.Glob(filepath.Join(s.Folder, "backups", "backup-*.zip"))
		if err != nil || len(files) != 1 {
			t.Fatalf("the desk made %q: %v", files, err)
		}
		s.Stop()
		again := restored(t, e, files[0], s.Folder)
		again.Clock.Advance(time.Hour) // the lease of a job that ran is over
		again.Work()
		if left, _ := filepath.Glob(filepath.Join(again.Folder, "backups", "*")); len(left) != 0 {
			t.Errorf("the restored site made %q", left)
		}
		if text := again.SignIn().Get("/desk/backups").OK().Text("main"); strings.Contains(text, "being made") {
			t.Errorf("the restored site says %q", text)
		}
	})
}

// TestBackupsThatCannotBeNoted reports no failure of a file that is there and whole.
func TestBackupsThatCannotBeNoted(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := site.New(t, site.Demo, site.With(func(c *app.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) }))
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "backup.zip")
	m := call(t, s, app.CallBackup, app.FileRequest{Path: file}).(backup.Manifest)
	if read, err := backup.Verify(t.Context(), file, nil); err != nil || read.Rows() != m.Rows() || m.Rows() == 0 {
		t.Errorf("the file holds %d rows, told are %d: %v", read.Rows(), m.Rows(), err)
	}
	if !strings.Contains(log.String(), "no note of it was written") {
		t.Errorf("the log says %q", log.String())
	}
}
