package app_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
	"waypost/web/gallery"
)

// TestBrowserGallery looks at every scene on a telephone: axe finds nothing in it, in
// the light or, every other time, in the dark, and it is no wider than the screen from
// left to right and from right to left. The first scene of each page is seen in German
// too, whose words are long.
func TestBrowserGallery(t *testing.T) {
	t.Parallel()
	s := site.New(t, inDevelopment)
	tab := browser.New(t, s.URL)
	tab.Size(390, 844)
	open := func(address, language string) {
		tab.Open(address + "?lang=" + language)
		if wider := tab.Overflow(); wider != 0 {
			t.Errorf("%s in %s is %d points wider than 390", address, language, wider)
		}
	}
	page := ""
	for i, address := range append([]string{"/_dev/gallery", "/_dev/clock"}, scenePages()...) {
		tab.Dark(i%2 == 1)
		open(address, gallery.Mirrored)
		if path.Dir(address) != page {
			page = path.Dir(address)
			open(address, "de")
		}
		open(address, "en")
		for _, v := range tab.Axe() {
			t.Errorf("axe on %s, dark %v: %s", address, i%2 == 1, v)
		}
		for _, fault := range tab.Errors() {
			if !slices.ContainsFunc(harmlessFaults, func(part string) bool { return strings.Contains(fault, part) }) {
				t.Errorf("an error in the console of %s: %s", address, fault)
			}
		}
	}
}

// TestBrowserTableOfTheFilter: its seven columns stand in their box on a usual screen, in
// German too.
func TestBrowserTableOfTheFilter(t *testing.T) {
	t.Parallel()
	s := site.New(t, inDevelopment)
	tab := browser.New(t, s.URL)
	tab.Size(1280, 800)
	for _, language := range []string{"en", "de"} {
		tab.Open("/_dev/gallery/desk/replies-filter/usual?lang=" + language)
		if over := browser.Eval[int](tab, `(box => box.scrollWidth - box.clientWidth)(document.querySelector('.scroll'))`); over > 0 {
			t.Errorf("in %s it is %d points too wide", language, over)
		}
	}
}

// harmlessFaults are of a scene that stands alone: a form with something unsaved in it
// would ask before the next page, a letter names no icon, a frame leads to no story, and
// no passkeys are had here.
var harmlessFaults = []string{"beforeunload", "/favicon.ico", "/desk/review/s", "/sign-in/passkey/options"}

func scenePages() []string {
	var list []string
	for _, s := range gallery.Scenes() {
		list = append(list, "/_dev/gallery/"+s.Path())
	}
	return list
}
