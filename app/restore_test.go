package app_test

import (
	"errors"
	"log/slog"
	"path/filepath"
	"testing"

	"waypost/app"
	"waypost/internal/datadir"
	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/transfer/backup"
)

// TestRestoreIsOneAct restores a site with a session: with the rows come the mark of
// the media folder and the end of the sessions. What a restore leaves that was cut off
// just before its commit, a marked folder beside an empty database, is taken up.
func TestRestoreIsOneAct(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo, site.Base(known))
		s.SignIn()
		id := identity(s)[0]
		file := filepath.Join(t.TempDir(), "backup.zip")
		call(t, s, app.CallBackup, app.FileRequest{Path: file})
		s.Stop()

		folder, place := filepath.Join(t.TempDir(), "data"), e.Fresh(t)
		if place.Path != "" {
			place.Path = filepath.Join(folder, app.DatabaseName)
		}
		dir, err := datadir.Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		defer dir.Close()
		c := app.Config{Dir: dir, DatabaseURL: place.URL, DBConns: 2, Log: slog.New(slog.DiscardHandler)}
		cutOff(t, c, file, id)
		if _, err := app.Restore(t.Context(), c, file, nil); err != nil {
			t.Fatalf("restore what was cut off: %v", err)
		}
		if _, err := app.Restore(t.Context(), c, file, nil); err == nil {
			t.Error("a restored place is restored over")
		} else {
			says(t, err, "into an empty place only")
		}
		if err := dir.Close(); err != nil {
			t.Fatal(err)
		}
		copyKey(t, s.Folder, folder)
		again := site.New(t, site.In(folder, place), site.Base(known))
		if n := site.Rows[int64](again, `SELECT count(*) FROM sessions`)[0]; n != 0 {
			t.Errorf("%d sessions outlive the restore", n)
		}
		again.Reader().Get(story).OK()
	})
}

// cutOff restores until all is loaded and marked, and fails there.
func cutOff(t *testing.T, c app.Config, file, id string) {
	t.Helper()
	d, err := app.OpenDatabase(t.Context(), c.Dir, c.DatabaseURL, c.DBConns)
	if err != nil {
		t.Fatal(err)
	}
	cut := errors.New("cut off")
	_, err = backup.Restore(t.Context(), file, d, c.Dir.Media(), backup.RestoreOptions{Loaded: func(*db.Tx) error {
		return errors.Join(c.Dir.MarkRestored(id), cut)
	}})
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(err, cut) {
		t.Fatalf("the restore ends with %v", err)
	}
}
