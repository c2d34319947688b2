package app_test

import (
	"bytes"
	"fmt"
	"image/png"
	"testing"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
)

// TestBrowserPictures takes the pictures of the documents: each page on a desk and on
// a telephone, light and dark. They are kept when WAYPOST_SCREENSHOTS names a folder,
// and always looked at enough to know that something is on them.
func TestBrowserPictures(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	for _, page := range []struct{ name, address, part string }{
		{"home", "/", ""}, {"story", story, ""}, {"path", story, ".trail"}, {"topic", "/topics/trials", ""}, {"desk-editor", deskOf(t, s, story), ""},
	} {
		tab.Open(page.address)
		for _, look := range screens {
			tab.Size(look.width, look.height)
			tab.Dark(look.dark)
			if page.part != "" {
				browser.Eval[bool](tab, fmt.Sprintf(`(document.documentElement.style.scrollBehavior = 'auto', document.querySelector(%q).scrollIntoView(), true)`, page.part))
			}
			ready(tab)
			name := fmt.Sprintf("%s-%d-%s", page.name, look.width, map[bool]string{false: "light", true: "dark"}[look.dark])
			checkPicture(t, name, tab.Picture(name), look.dark)
		}
	}
}

// ready waits until fonts and pictures are shown.
func ready(tab *browser.Tab) {
	browser.Eval[bool](tab, `Promise.all([document.fonts.ready, ...[...document.images].filter(i => i.loading !== 'lazy').map(i => i.decode().catch(() => {}))]).then(() => true)`)
}

// checkPicture asks that a picture has many colours and the brightness of its theme.
func checkPicture(t *testing.T, name string, picture []byte, dark bool) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	colours, corner := map[[3]uint32]bool{}, uint32(0)
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y += 3 {
		for x := b.Min.X; x < b.Max.X; x += 3 {
			r, g, bl, _ := img.At(x, y).RGBA()
			colours[[3]uint32{r, g, bl}] = true
		}
	}
	r, g, bl, _ := img.At(b.Min.X+2, b.Max.Y-2).RGBA()
	corner = (r + g + bl) / 3 >> 8
	if len(colours) < 20 || (corner < 100) != dark {
		t.Errorf("%s has %d colours and a corner of brightness %d", name, len(colours), corner)
	}
}
