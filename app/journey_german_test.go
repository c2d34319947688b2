package app_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"waypost/internal/testkit/site"
	"waypost/web/messages"
)

// bracketed is how a key without a text is shown.
var bracketed = regexp.MustCompile(`\[[a-z]+(\.[a-z0-9_]+)+\]`)

// TestJourneyInGerman looks at every page of a community that speaks German: its
// words are German, down to the last label, whatever the browser asks for.
func TestJourneyInGerman(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	speak(t, s, "de")
	owner := s.SignIn()
	catalogs, err := messages.Load()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	addresses := readersPages()
	for i, address := range slices.Concat(addresses, deskPages(t, s), pathPages) {
		who := owner
		if i < len(addresses) {
			who = s.Reader()
		}
		p := who.Get(address, "Accept-Language", "en")
		if got := p.Attrs("html", "lang"); !slices.Equal(got, []string{"de"}) {
			t.Errorf("%s is in %v", address, got)
		}
		checkGerman(t, p, catalogs["en"], catalogs["de"])
		n++
	}
	if text := owner.Get(story).OK().Text("main"); !strings.Contains(text, "20. September 2026") || !strings.Contains(text, "Der Weg") {
		t.Errorf("the story's page: %.300s", text)
	}
	t.Logf("%d pages", n)
}

// pathPages are those of a path that is empty yet.
var pathPages = []string{"/path", "/path/start", "/path/goal", "/path/steps/new", "/path/entries", "/path/entries/new", "/path/check-in",
	"/path/import", "/path/keep", "/path/help", "/path/decisions/new"}

// speak changes the language of the community.
func speak(t *testing.T, s *site.Site, language string) {
	t.Helper()
	settings, err := s.Community.Settings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	settings.Language = language
	if err := s.Community.Save(context.Background(), "", settings); err != nil {
		t.Fatal(err)
	}
	s.Work()
}

// checkGerman looks through the words of the interface on a page for a key, and for
// English ones that are otherwise in German.
func checkGerman(t *testing.T, p *site.Page, english, german *messages.Catalog) {
	t.Helper()
	if keys := bracketed.FindAllString(string(p.Body), -1); len(keys) > 0 {
		t.Errorf("%s shows the keys %q", p.Path, slices.Compact(keys))
	}
	foreign := map[string]string{}
	for _, key := range english.Keys() {
		if text := english.Forms(key)["other"]; text != german.Forms(key)["other"] && !strings.Contains(text, "{") {
			foreign[text] = key
		}
	}
	delete(foreign, "Learning") // a topic of the sample is called so
	for _, key := range german.Keys() {
		delete(foreign, german.Forms(key)["other"]) // what is a German word too
	}
	interfaceWords := slices.Concat(p.Texts("nav a, label, legend, button, h1, h2, summary, .hint, .skip, figcaption, .kind, th, option, .state, .foot a, title, .empty p"),
		p.Attrs("[aria-label]", "aria-label"), p.Attrs("[title]", "title"), p.Attrs("svg title", "text"))
	for _, words := range interfaceWords {
		if key := foreign[words]; key != "" {
			t.Errorf("%s says %q in English (%s)", p.Path, words, key)
		}
	}
}
