package app_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waypost/app"
	"waypost/internal/datadir"
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/personal"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
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

		folder, place := emptyPlace(t, e)
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

// emptyPlace is a folder and a database that a backup can be restored into.
func emptyPlace(t *testing.T, e testkit.Engine) (folder string, place testkit.Place) {
	t.Helper()
	folder, place = filepath.Join(t.TempDir(), "data"), e.Fresh(t)
	if place.Path != "" {
		place.Path = filepath.Join(folder, app.DatabaseName)
	}
	return folder, place
}

// startedFrom is a site that has ended, started elsewhere from a backup with the list of
// those who were removed since.
func startedFrom(t *testing.T, e testkit.Engine, s *site.Site, file string) *site.Site {
	t.Helper()
	folder, place := emptyPlace(t, e)
	dir, err := datadir.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile(filepath.Join(s.Folder, "media", "erased"))
	if err != nil {
		t.Fatal(err)
	}
	err = os.WriteFile(app.Erased(dir), list, 0o600)
	if err == nil {
		_, err = app.Restore(t.Context(), app.Config{Dir: dir, DatabaseURL: place.URL, DBConns: 2, Log: slog.New(slog.DiscardHandler)}, file, nil)
	}
	if err = errors.Join(err, dir.Close()); err != nil {
		t.Fatal(err)
	}
	copyKey(t, s.Folder, folder)
	return site.New(t, site.In(folder, place))
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

// TestRestoreForgetsWhoLeftSince restores a backup from before somebody left and somebody
// without an account had everything removed: with the list of those who were removed
// beside it, the first start removes them again, from the rows and from the pictures.
func TestRestoreForgetsWhoLeftSince(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		a := leaver(t, site.On(e))
		a.exec(`DELETE FROM pictures WHERE id = 'picture'`) // planted without a file
		reader := site.Rows[string](a.Site, `SELECT email_key FROM subscriptions WHERE id = 'subscription'`)[0]
		file := filepath.Join(t.TempDir(), "backup.zip")
		call(t, a.Site, app.CallBackup, app.FileRequest{Path: file})
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		traces, then := a.traces(), unzipped(t, data)
		for word, c := range traces {
			if !strings.Contains(then, word) && c.column() != "a secret letter to ana" && !strings.Contains(c.where, "on the path of") { // which are sealed
				t.Errorf("the backup lacks what stands in %s, so nothing is proved of it", c.where)
			}
		}
		a.leave()
		address, err := mail.ParseAddress(reader)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.LeaveAddress(t.Context(), address, personal.Wish{Stories: personal.Removed, Replies: personal.Removed}); err != nil {
			t.Fatal(err)
		}
		traces[reader] = canary{where: "the address of a subscriber"}
		a.Work()
		a.Stop()

		again := startedFrom(t, e, a.Site, file)
		alter(t, again, `UPDATE jobs SET state = 'done' WHERE id = 'job'`) // planted to fail
		again.Work()
		a.without(again, traces)
		if n := site.Rows[int64](again, `SELECT count(*) FROM accounts WHERE email LIKE 'bo%' OR id = $1`, a.ids[bo])[0]; n == 0 {
			t.Error("somebody is gone who had not left")
		}
		if n := site.Rows[int64](again, `SELECT count(*) FROM invitations WHERE ended_at IS NULL`)[0]; n != 0 {
			t.Errorf("%d invitations outlive the restore", n)
		}
	})
}

// TestRestoreKeepsOutWhoWasKeptOut restores a backup in which somebody is a member who
// was removed since, and whose address is kept out.
func TestRestoreKeepsOutWhoWasKeptOut(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		owner, bo := s.Account("ann", members.Owner).ID, memberOf(t, s, "bo", "")
		file := filepath.Join(t.TempDir(), "backup.zip")
		call(t, s, app.CallBackup, app.FileRequest{Path: file})
		wish := personal.Wish{Stories: personal.Removed, Replies: personal.Removed, Barred: true}
		if err := s.Leave(t.Context(), members.Actor{AccountID: owner, Roles: []members.Role{members.Owner}}, bo, wish); err != nil {
			t.Fatal(err)
		}
		s.Work()
		s.Stop()
		again := startedFrom(t, e, s, file)
		again.Work()
		if n := site.Rows[int64](again, `SELECT count(*) FROM accounts WHERE id = $1`, bo)[0]; n != 0 {
			t.Error("who was removed is back")
		}
		if n := site.Rows[int64](again, `SELECT count(*) FROM barred`)[0]; n != 1 {
			t.Errorf("%d addresses are kept out, not theirs alone", n)
		}
	})
}

// TestRestoreOfAnOlderSchema restores backups from before there were letters, proofs and
// invitations.
func TestRestoreOfAnOlderSchema(t *testing.T) {
	t.Parallel()
	for _, schema := range []int64{1, 2, 4, 7} {
		old := testkit.Open(t, testkit.Engines()[0].Fresh(t))
		if err := old.Migrate(t.Context(), schema); err != nil {
			t.Fatal(err)
		}
		err := old.Update(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO instance (name, value) VALUES ('id', 'x')`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "backup.zip")
		if _, err := backup.Write(t.Context(), old, nil, file, backup.Options{}); err != nil {
			t.Fatal(err)
		}
		dir, err := datadir.Open(filepath.Join(t.TempDir(), "data"))
		if err != nil {
			t.Fatal(err)
		}
		_, err = app.Restore(t.Context(), app.Config{Dir: dir, DBConns: 2, Log: slog.New(slog.DiscardHandler)}, file, nil)
		if err = errors.Join(err, dir.Close()); err != nil {
			t.Errorf("schema %d: %v", schema, err)
		}
	}
}
