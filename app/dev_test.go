package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/app"
	"waypost/internal/testkit/site"
	"waypost/web/gallery"
	"waypost/web/kit"
)

// inDevelopment is a program as --dev starts it.
var inDevelopment = site.With(func(c *app.Config) { c.Dev = true })

// devPages are the addresses that are there in development alone.
func devPages() []string {
	return slices.Concat([]string{"/_dev/gallery", "/_dev/clock"}, gallery.Pictures(), scenePages())
}

// TestReadersFindNothingOfDevelopment asks a program that runs without --dev.
func TestReadersFindNothingOfDevelopment(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	reader := s.Reader()
	for _, address := range devPages() {
		if p := reader.Get(address); p.Status != http.StatusNotFound {
			t.Errorf("%s answers %d", address, p.Status)
		}
	}
	before := s.Config.Clock()
	if p := reader.Post("/_dev/clock", url.Values{"by": {"1h"}}); p.Status != http.StatusNotFound || !s.Config.Clock().Equal(before) {
		t.Errorf("the clock answers %d", p.Status)
	}
	for _, r := range s.Routes {
		if strings.HasPrefix(r.Path, "/_dev") {
			t.Errorf("%s is in the table of routes", r.Path)
		}
	}
}

func TestGalleryPages(t *testing.T) {
	t.Parallel()
	s := site.New(t, inDevelopment)
	if err := kit.CheckRoutes(s.Routes); err != nil {
		t.Error(err)
	}
	reader := s.Reader()
	index := reader.Get("/_dev/gallery?lang=de").OK()
	links := index.Attrs("main .rows a", "href")
	if len(links) != len(gallery.Scenes()) {
		t.Errorf("the index has %d links to %d scenes", len(links), len(gallery.Scenes()))
	}
	for _, address := range append(links, devPages()...) {
		p := reader.Get(address).OK()
		if got := p.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s may be kept: %q", address, got)
		}
	}
	home := "/_dev/gallery/public/home/usual"
	for query, want := range map[string]string{"": "ltr", "?lang=de": "ltr", "?lang=rtl": "rtl", "?lang=en-Arab": "rtl", "?lang=nothing": "ltr"} {
		if got := reader.Get(home+query).OK().Attrs("html", "dir"); len(got) != 1 || got[0] != want {
			t.Errorf("%s%s runs %v", home, query, got)
		}
	}
	for _, address := range []string{"/_dev/gallery/public/home/nothing", "/_dev/gallery/public/nothing/usual", "/_dev/gallery/public", "/_dev/other"} {
		reader.Get(address).Want(http.StatusNotFound)
	}
}

// TestDevelopmentClock moves the clock over the time of a scheduled story and back.
func TestDevelopmentClock(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, inDevelopment)
	owner := s.SignIn()
	editor := owner.Get("/desk/stories/new").OK()
	at := site.Start().Add(30 * time.Hour)
	form := editor.Form("#editor").Set("title", "For tomorrow").Set("body", "It comes out when it is time.").Set("slug", "for-tomorrow")
	form.Set("authors", site.Rows[string](s, `SELECT id FROM profiles ORDER BY id LIMIT 1`)...).Set("at", at.Format("2006-01-02T15:04")).Press("schedule").OK()

	reader := s.Reader()
	move := func(by string) *site.Page { return reader.Post("/_dev/clock", url.Values{"by": {by}}) }
	for _, wrong := range []string{"tomorrow", "-1h", "0s", "900000h", "1h\x00"} {
		if p := move(wrong); p.Status < 400 || p.Status >= 500 {
			t.Errorf("the clock is moved by %q: %d", wrong, p.Status)
		}
	}
	move("24h").Want(http.StatusSeeOther)
	reader.Get("/stories/for-tomorrow").Want(http.StatusNotFound)
	if text := reader.Get("/_dev/clock").OK().Text("main p"); !strings.Contains(text, "3 November 2026") || !strings.Contains(text, "24h0m0s ahead") {
		t.Errorf("a day later the clock says %q", text)
	}
	move("7h").Want(http.StatusSeeOther)
	reader.Get("/stories/for-tomorrow").OK()
	if text := reader.Get("/").OK().Text(".lead"); !strings.Contains(text, "For tomorrow") {
		t.Errorf("the front page leads with %q", text)
	}
	move("").Want(http.StatusSeeOther)
	if now := s.Config.Clock(); !now.Equal(site.Start()) {
		t.Errorf("back to now is %v", now)
	}
	if p := reader.Ask(http.MethodPost, "/_dev/clock", strings.NewReader("by=1h"), "Content-Type", "application/x-www-form-urlencoded", "Origin", "https://elsewhere.example",
		"Sec-Fetch-Site", "cross-site"); p.Status != http.StatusForbidden {
		t.Errorf("another site moves the clock: %d", p.Status)
	}
}
