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
	"waypost/web"
)

// seed puts the sample community into the site and does the jobs that follow.
func (s *Site) seed() {
	s.t.Helper()
	if err := seedInto(s.App); err != nil {
		s.t.Fatal(err)
	}
}

func seedInto(a *app.App) error {
	ctx := context.Background()
	site := demo.Site{DB: a.DB, Community: a.Community, Members: a.Members, Topics: a.Topics, Stories: a.Stories, Resources: a.Resources, Pictures: a.Pictures}
	if err := demo.Seed(ctx, site); err != nil {
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
