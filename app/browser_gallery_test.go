package app_test

import (
	"testing"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
	"waypost/web/gallery"
)

// TestBrowserGallery looks at every scene on a telephone in each language, in which
// nothing may be wider than the screen, and lets axe see it light and dark, from left
// to right and from right to left.
func TestBrowserGallery(t *testing.T) {
	t.Parallel()
	s := site.New(t, inDevelopment)
	tab := browser.New(t, s.URL)
	list := []string{"/_dev/gallery", "/_dev/clock"}
	for _, s := range gallery.Scenes() {
		list = append(list, "/_dev/gallery/"+s.Path())
	}
	for _, address := range list {
		for _, look := range []struct {
			language   string
			width      int
			dark, axed bool
		}{{"en", 390, false, true}, {"de", 390, false, false}, {gallery.Mirrored, 390, true, true}} {
			tab.Size(look.width, 844)
			tab.Dark(look.dark)
			tab.Open(address + "?lang=" + look.language)
			if wider := tab.Overflow(); wider != 0 {
				t.Errorf("%s in %s is %d points wider than %d", address, look.language, wider, look.width)
			}
			if !look.axed {
				continue
			}
			for _, v := range tab.Axe() {
				t.Errorf("axe on %s in %s, dark %v: %s", address, look.language, look.dark, v)
			}
		}
	}
}
