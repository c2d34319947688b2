package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"waypost/app"
	"waypost/internal/adminsock"
	"waypost/internal/datadir"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/transfer/backup"
)

// known is the address by which readers know a site that moves.
const known = "http://community.example"

// call asks a site what a command would.
func call(t *testing.T, s *site.Site, name string, request any) any {
	t.Helper()
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := s.Admin()[name](t.Context(), body, func(adminsock.Progress) {})
	if err != nil {
		t.Fatalf("%s: %s", name, s.Words(err))
	}
	return answer
}

func sound(t *testing.T, s *site.Site) {
	t.Helper()
	report := call(t, s, app.CallCheck, nil).(backup.Report)
	if !report.Sound() {
		t.Errorf("not sound: %+v", report.Findings)
	}
}

// restored is a site made of a backup in another place, with the key of the first.
func restored(t *testing.T, e testkit.Engine, file, keyFrom string) *site.Site {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "data")
	place := e.Fresh(t)
	if place.Path != "" {
		place.Path = filepath.Join(folder, "waypost.db")
	}
	dir, err := datadir.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	_, err = app.Restore(t.Context(), app.Config{Dir: dir, DatabaseURL: place.URL, DBConns: 2, Log: slog.New(slog.DiscardHandler)}, file, func(int64, int64) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := dir.Close(); err != nil {
		t.Fatal(err)
	}
	copyKey(t, keyFrom, folder)
	return site.New(t, site.In(folder, place), site.Base(known))
}

// TestBackupMovesTheSite takes a site from each engine to the other and compares it page by page.
func TestBackupMovesTheSite(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, from testkit.Engine) {
		s := site.New(t, site.On(from), site.Demo, site.Base(known))
		pages := crawl(t, s)
		file := filepath.Join(t.TempDir(), "backup.zip")
		call(t, s, app.CallBackup, app.FileRequest{Path: file})
		other := restored(t, from.After(), file, s.Folder)
		sound(t, other)
		moved := crawl(t, other)
		if a, b := slices.Sorted(maps.Keys(pages)), slices.Sorted(maps.Keys(moved)); !slices.Equal(a, b) {
			t.Errorf("addresses differ: %d, %d", len(a), len(b))
		}
		for address, body := range pages {
			if !bytes.Equal(body, moved[address]) {
				t.Errorf("%s differs: %d bytes, %d after the move", address, len(body), len(moved[address]))
			}
		}
		other.SignIn().Get("/desk").OK()
		t.Logf("%d addresses compared", len(pages))
	})
}

// crawl reads everything public that links lead to from the front page and the map.
func crawl(t *testing.T, s *site.Site) map[string][]byte {
	t.Helper()
	reader, pages := s.Reader(), map[string][]byte{}
	waiting := []string{"/", "/sitemap.xml", "/robots.txt"}
	for len(waiting) > 0 {
		address := waiting[0]
		waiting = waiting[1:]
		if pages[address] != nil || strings.HasPrefix(address, "/me/") { // members' own
			continue
		}
		p := reader.Get(address).OK()
		pages[address] = p.Body
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			waiting = append(waiting, linksOf(t, p)...)
		}
	}
	return pages
}

// TestBackupUnderLoad takes a backup while people save, and restores it: what was
// acknowledged before it began is in it, and nothing is half there.
func TestBackupUnderLoad(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo, site.RealTime, site.Running)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var acknowledged atomic.Int64
		var writers sync.WaitGroup
		for w := range 4 {
			owner := s.SignIn()
			writers.Go(func() {
				for n := 0; ctx.Err() == nil; n++ {
					form := newStory(s, owner, fmt.Sprintf("Load %d %d", w, n), strings.Repeat("Words under load. ", 50))
					if form.Send("publish").Status == http.StatusSeeOther {
						acknowledged.Add(1)
					}
				}
			})
		}
		file := filepath.Join(t.TempDir(), "backup.zip")
		eventually(t, "the first stories under load", func() bool { return acknowledged.Load() > 8 })
		before := acknowledged.Load()
		call(t, s, app.CallBackup, app.FileRequest{Path: file})
		stop()
		writers.Wait()
		other := restored(t, e.After(), file, s.Folder)
		other.Work()
		sound(t, other)
		n := site.Rows[int64](other, `SELECT count(*) FROM stories WHERE title LIKE 'Load %' AND state = 'published'`)[0]
		if n < before {
			t.Errorf("%d stories were acknowledged before the backup began, %d are in it", before, n)
		}
		t.Logf("%d stories before, %d in all", before, acknowledged.Load())
	})
}
