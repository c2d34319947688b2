package app_test

import (
	"context"
	"database/sql"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

// says fails the test unless an error has these words.
func says(t *testing.T, err error, words ...string) {
	t.Helper()
	for _, w := range words {
		if err == nil || !strings.Contains(err.Error(), w) {
			t.Errorf("the error does not say %q: %v", w, err)
		}
	}
}

func TestFolderIsLocked(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	says(t, site.Refused(t, site.In(s.Folder, s.Place)), "is in use by process", "--data")
	s.Reader().Get(story).OK()
	s.Stop()
	site.New(t, site.In(s.Folder, s.Place)).Reader().Get(story).OK()
}

func TestNewerDataIsRefused(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Stop()
		says(t, site.Refused(t, site.In(s.Folder, s.Place)), "9999", "start the newer program")
	})
}

func TestAnotherKeyIsRefused(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s, other := site.New(t, site.On(e)), site.New(t)
		s.Stop()
		copyKey(t, other.Folder, s.Folder)
		says(t, site.Refused(t, site.In(s.Folder, s.Place)), "key", "WAYPOST_INSTANCE_KEY")
		if err := os.Remove(filepath.Join(s.Folder, "instance.key")); err != nil {
			t.Fatal(err)
		}
		says(t, site.Refused(t, site.In(s.Folder, s.Place)), "instance.key")
	})
}

func TestAnotherMediaFolderIsRefused(t *testing.T) {
	t.Parallel()
	s, other := site.New(t), site.New(t)
	s.Stop()
	media := filepath.Join(s.Folder, "media")
	if err := os.Rename(media, media+".away"); err != nil {
		t.Fatal(err)
	}
	says(t, site.Refused(t, site.In(s.Folder, s.Place)), "media folder", "mounted")
	if err := os.Remove(media); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(other.Folder, "media"), media); err != nil {
		t.Fatal(err)
	}
	says(t, site.Refused(t, site.In(s.Folder, s.Place)), "media folder", "mount")
}

// TestUpgrades starts on the database that each schema left behind and reads it.
func TestUpgrades(t *testing.T) {
	t.Parallel()
	dumps, err := filepath.Glob("../internal/db/testdata/upgrade/*.sql")
	if err != nil || len(dumps) == 0 {
		t.Fatalf("no old databases: %v", err)
	}
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join(t.TempDir(), "data")
			place := testkit.Place{Path: filepath.Join(folder, "waypost.db")}
			loadDump(t, dump, place.Path)
			s := site.New(t, site.In(folder, place), logTo(t.Output()))
			p := s.Reader().Get("/stories/a-year-of-gigs").OK()
			if p.Text("h1") != "A year of gigs" || p.Text("header .brand") != "Wegweiser Köln" || p.Attrs("html", "lang")[0] != "de" {
				t.Errorf("the story reads %q under %q", p.Text("h1"), p.Text("header .brand"))
			}
			for _, address := range []string{"/", "/stories", "/authors/ada", "/topics/detours", "/resources", "/about", "/feed.atom", "/sitemap.xml"} {
				s.Reader().Get(address).OK()
			}
			if to := s.Reader().Get("/2016/05/old-address").Want(http.StatusPermanentRedirect).Header.Get("Location"); to != "/stories/a-year-of-gigs" {
				t.Errorf("the old address leads to %q", to)
			}
			owner := s.SignIn()
			owner.Get(deskOf(t, s, "/stories/a-draft")).OK().Form("#editor").Set("body", "New words.").Press("save").OK()
			again := site.Rows[string](s, `SELECT name FROM instance WHERE name = 'key-fingerprint'`)
			if len(again) != 1 {
				t.Errorf("the database does not know its key: %q", again)
			}
		})
	}
}

// loadDump fills a SQLite file from a dump.
func loadDump(t *testing.T, dump, path string) {
	t.Helper()
	text, err := os.ReadFile(dump)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	d, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.ExecContext(context.Background(), string(text)); err != nil {
		t.Fatal(err)
	}
}
