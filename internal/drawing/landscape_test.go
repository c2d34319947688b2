package drawing_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"testing"

	"waypost/internal/drawing"
)

// used gives how often each colour occurs in a picture.
func used(img *image.Paletted) map[color.RGBA]int {
	var pixels [256]int
	for _, index := range img.Pix {
		pixels[index]++
	}
	counts := map[color.RGBA]int{}
	for index, n := range pixels {
		if n > 0 {
			counts[img.Palette[index].(color.RGBA)] += n
		}
	}
	return counts
}

// isMix says whether a colour is made of ninths of the base colours, as the
// design asks, counted apart from the package's own palette.
func isMix(b drawing.Base, c color.RGBA) bool {
	near := func(got uint8, sum int) bool { return max(9*int(got)-sum, sum-9*int(got)) <= 5 }
	for ink := range 10 {
		for accent := range 10 - ink {
			for marker := range 10 - ink - accent {
				paper := 9 - ink - accent - marker
				sum := func(p, i, a, m uint8) int {
					return paper*int(p) + ink*int(i) + accent*int(a) + marker*int(m)
				}
				if near(c.R, sum(b.Paper.R, b.Ink.R, b.Accent.R, b.Marker.R)) &&
					near(c.G, sum(b.Paper.G, b.Ink.G, b.Accent.G, b.Marker.G)) &&
					near(c.B, sum(b.Paper.B, b.Ink.B, b.Accent.B, b.Marker.B)) {
					return true
				}
			}
		}
	}
	return false
}

func checkColours(t *testing.T, b drawing.Base, img *image.Paletted) {
	t.Helper()
	for c := range used(img) {
		if c.A != 255 || !isMix(b, c) {
			t.Errorf("%v is no mix of the base colours", c)
		}
	}
}

func TestEveryMotif(t *testing.T) {
	t.Parallel()
	base := drawing.DefaultBase()
	for _, motif := range drawing.Motifs() {
		for seed := range uint64(6) {
			t.Run(fmt.Sprint(motif, seed), func(t *testing.T) {
				t.Parallel()
				img := drawing.Landscape(base, motif, seed, 480, 270)
				if img.Rect != image.Rect(0, 0, 480, 270) {
					t.Fatalf("bounds %v", img.Rect)
				}
				checkColours(t, base, img)
				if used(img)[base.Marker] < 8 {
					t.Error("no blaze on the way")
				}
				// Twice over, a small one says as much.
				first := drawing.Landscape(base, motif, seed, 160, 90)
				if again := drawing.Landscape(base, motif, seed, 160, 90); !bytes.Equal(first.Pix, again.Pix) {
					t.Error("a second drawing differs")
				}
				if other := drawing.Landscape(base, motif, seed+100, 160, 90); bytes.Equal(first.Pix, other.Pix) {
					t.Error("another seed gives the same picture")
				}
			})
		}
	}
}

func TestMotifsDiffer(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, motif := range drawing.Motifs() {
		pixels := string(drawing.Landscape(drawing.DefaultBase(), motif, 1, 160, 90).Pix)
		if other, taken := seen[pixels]; taken {
			t.Errorf("%s looks like %s", motif, other)
		}
		seen[pixels] = motif
	}
	if !slices.IsSorted(drawing.Motifs()) {
		t.Error("motifs are not in order")
	}
}

func TestSamePictureAtEverySize(t *testing.T) {
	t.Parallel()
	for _, motif := range drawing.Motifs() {
		small := drawing.Landscape(drawing.DefaultBase(), motif, 5, 480, 270)
		large := drawing.Landscape(drawing.DefaultBase(), motif, 5, 960, 540)
		same := 0
		for y := range 270 {
			for x := range 480 {
				if small.ColorIndexAt(x, y) == large.ColorIndexAt(2*x, 2*y) {
					same++
				}
			}
		}
		if share := float64(same) / (480 * 270); share < 0.85 {
			t.Errorf("%s: only %.2f of the pixels agree", motif, share)
		}
	}
}

func TestPNGHoldsThePicture(t *testing.T) {
	t.Parallel()
	drawn := drawing.Landscape(drawing.DefaultBase(), "coast", 3, 160, 90)
	data, err := drawing.PNG(drawn)
	if err != nil {
		t.Fatal(err)
	}
	read, err := png.Decode(bytes.NewReader(data))
	if err != nil || read.Bounds() != drawn.Rect {
		t.Fatalf("reading it back: %v", err)
	}
	for y := range 90 {
		for x := range 160 {
			if read.At(x, y) != drawn.At(x, y) {
				t.Fatalf("%d, %d is %v, was %v", x, y, read.At(x, y), drawn.At(x, y))
			}
		}
	}
}

func TestPaletteFitsAnIndexedPicture(t *testing.T) {
	t.Parallel()
	if n := len(drawing.DefaultBase().Palette()); n != 220 {
		t.Errorf("%d colours, want 220", n)
	}
}
