package site

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"waypost/app"
	"waypost/demo"
	"waypost/internal/clock"
	"waypost/internal/datadir"
	"waypost/internal/db"
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

// copyDemo writes the data folder of the sample community.
func copyDemo(t testing.TB, folder string) {
	t.Helper()
	files, err := sample()
	if err != nil {
		t.Fatalf("make the sample community that tests copy: %v", err)
	}
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
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

// sample is the data folder of the sample community on SQLite, by name of file,
// made once in a process.
var sample = sync.OnceValues(func() (map[string][]byte, error) {
	folder, err := os.MkdirTemp("", "waypost-sample-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if err := makeSample(folder); err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	err = fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || name == "waypost.lock" {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(folder, name))
		return err
	})
	return files, err
})

func makeSample(folder string) error {
	dir, err := datadir.Open(folder)
	if err != nil {
		return err
	}
	defer dir.Close()
	a, err := app.Open(context.Background(), app.Config{Dir: dir, DBConns: 2, Base: &url.URL{Scheme: "http", Host: "sample.example"}, PagesMemory: 1 << 20,
		Files: web.Files(), Clock: clock.NewFake(Start()).Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	if err := seedInto(a); err != nil {
		return fmt.Errorf("fill it: %w", err)
	}
	return a.Close() // which writes the journal into the file
}
