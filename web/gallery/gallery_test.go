package gallery_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"waypost/web"
	"waypost/web/gallery"
	"waypost/web/messages"
)

const base = "https://brackmouth.example"

func opened(t *testing.T, files fs.FS) *gallery.Gallery {
	t.Helper()
	words, err := messages.Load()
	if err != nil {
		t.Fatal(err)
	}
	return gallery.New(files, words, false, base)
}

// TestEveryPageIsShown asks that each page's template has scenes, and that each has
// one of the usual or of the only kind.
func TestEveryPageIsShown(t *testing.T) {
	t.Parallel()
	shown := map[string][]string{}
	for _, s := range gallery.Scenes() {
		if slices.Contains(shown[s.Page], s.State) {
			t.Errorf("two scenes of %s", s.Path())
		}
		shown[s.Page] = append(shown[s.Page], s.State)
		if found, ok := gallery.Find(s.Path()); !ok || found.Page != s.Page {
			t.Errorf("%s is not found", s.Path())
		}
	}
	for _, folder := range []string{"public", "desk", "mail"} {
		names, err := fs.Glob(web.Files(), "templates/"+folder+"/*.html")
		if err != nil || len(names) == 0 {
			t.Fatalf("no templates in %s: %v", folder, err)
		}
		for _, name := range names {
			page := strings.TrimSuffix(strings.TrimPrefix(name, "templates/"), ".html")
			if len(shown[page]) == 0 {
				t.Errorf("%s is not in the gallery: add its scenes, with every state that its template tells apart", page)
			}
		}
	}
	if _, ok := gallery.Find("public/home/nothing"); ok {
		t.Error("a scene that is not there is found")
	}
}

// missing is a key without a text, as it would be shown.
var missing = regexp.MustCompile(`\[[a-z]+(?:\.[a-z0-9_]+)+\]`)

// TestScenes shows every scene in every language.
func TestScenes(t *testing.T) {
	t.Parallel()
	g := opened(t, web.Files())
	if len(g.Languages()) < 3 || !slices.Contains(g.Languages(), gallery.Mirrored) {
		t.Fatalf("languages: %v", g.Languages())
	}
	for _, s := range gallery.Scenes() {
		for _, language := range g.Languages() {
			body, err := g.Show(s, language)
			if err != nil {
				t.Errorf("%s in %s: %v", s.Path(), language, err)
				continue
			}
			for _, key := range missing.FindAllString(string(body), -1) {
				t.Errorf("%s in %s: no text for %s", s.Path(), language, key)
			}
			for _, fault := range markupFaults(body) {
				t.Errorf("%s in %s: %s", s.Path(), language, fault)
			}
			direction := fmt.Sprintf(`dir="%s"`, g.Renderer.Catalogs[language].Direction)
			if !strings.Contains(string(body[:200]), direction) {
				t.Errorf("%s in %s does not say %s", s.Path(), language, direction)
			}
		}
	}
	t.Logf("%d scenes in %d languages", len(gallery.Scenes()), len(g.Languages()))
}

func TestPictures(t *testing.T) {
	t.Parallel()
	for _, address := range gallery.Pictures() {
		if body, err := gallery.Picture(address); err != nil || !strings.HasPrefix(string(body), "\x89PNG") {
			t.Errorf("%s: %d bytes, %v", address, len(body), err)
		}
	}
	if _, err := gallery.Picture("/media/other.png"); err == nil {
		t.Error("a picture that is not there is drawn")
	}
}
