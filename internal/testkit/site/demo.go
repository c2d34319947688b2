package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"waypost/app"
	"waypost/demo"
	"waypost/internal/clock"
	"waypost/internal/datadir"
	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/web"
)

// seedInto puts what readers see of the sample community into a site, and does the jobs
// that follow.
func seedInto(a *app.App) error {
	ctx := context.Background()
	site := demo.Site{DB: a.DB, Community: a.Community, Members: a.Members, Topics: a.Topics, Stories: a.Stories, Resources: a.Resources, Pictures: a.Pictures}
	if err := demo.SeedPages(ctx, site); err != nil {
		return err
	}
	_, err := a.Jobs.Work(ctx)
	return err
}

// copyDemo makes the data folder of the sample community, and on PostgreSQL its
// database, which on SQLite lies in the folder.
func (s *Site) copyDemo(e *testkit.Engine) {
	s.t.Helper()
	made, err := files(nil), error(nil)
	if e != nil && e.Name == string(db.Postgres) {
		s.Place.URL = sampleOnPostgres.Copy(s.t)
		made = besidePostgres
	} else if made, err = sampleOnSQLite(); err != nil {
		s.t.Fatalf("make the sample community that tests copy: %v", err)
	}
	for name, content := range made {
		path := filepath.Join(s.Folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			s.t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
}

// adopt marks the texts of the copy as rendered for this site. The copy was made
// under another address, which they name as little as this one; but each reading
// would render and draw them once more, and most of a test would be that.
func (s *Site) adopt() error {
	return s.DB.Update(context.Background(), func(tx *db.Tx) error {
		version, err := s.Stories.Renderer(tx)
		if err != nil {
			return err
		}
		for _, table := range []string{"story_texts", "story_figures"} {
			if _, err := tx.Exec(`UPDATE `+table+` SET renderer = $1`, version); err != nil {
				return err
			}
		}
		return nil
	})
}

// files are the contents of a data folder by name.
type files map[string][]byte

// The sample community, made once in a process on each engine.
var (
	sampleOnSQLite   = sync.OnceValues(func() (files, error) { return makeSample("") })
	sampleOnPostgres = testkit.NewTemplate(func(address string) (err error) {
		besidePostgres, err = makeSample(address)
		return err
	})
	besidePostgres files // is set when the template has been made
)

func makeSample(databaseURL string) (files, error) {
	folder, err := os.MkdirTemp("", "waypost-sample-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if err := fillSample(folder, databaseURL); err != nil {
		return nil, err
	}
	made := files{}
	err = fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || name == "waypost.lock" {
			return err
		}
		made[name], err = os.ReadFile(filepath.Join(folder, name))
		return err
	})
	return made, err
}

func fillSample(folder, databaseURL string) error {
	dir, err := datadir.Open(folder)
	if err != nil {
		return err
	}
	defer dir.Close()
	a, err := app.Open(context.Background(), app.Config{Dir: dir, DatabaseURL: databaseURL, DBConns: 2, Base: &url.URL{Scheme: "http", Host: "sample.example"},
		PagesMemory: 1 << 20, Files: web.Files(), Clock: clock.NewFake(Start()).Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	if err := seedInto(a); err != nil {
		return fmt.Errorf("fill it: %w", errors.Join(err, a.Close()))
	}
	return a.Close() // which writes SQLite's journal into the file
}
