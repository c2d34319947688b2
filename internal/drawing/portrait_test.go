package drawing_test

import (
	"bytes"
	"image"
	"testing"

	"waypost/internal/drawing"
)

func TestPortraits(t *testing.T) {
	t.Parallel()
	base := drawing.DefaultBase()
	seen := map[string]uint64{}
	for seed := range uint64(60) {
		img := drawing.Portrait(base, seed)
		if img.Rect != image.Rect(0, 0, drawing.PortraitSize, drawing.PortraitSize) {
			t.Fatalf("bounds %v", img.Rect)
		}
		checkColours(t, base, img)
		if other, taken := seen[string(img.Pix)]; taken {
			t.Errorf("seeds %d and %d give one face", other, seed)
		}
		seen[string(img.Pix)] = seed
		if seed%10 == 0 && !bytes.Equal(img.Pix, drawing.Portrait(base, seed).Pix) {
			t.Errorf("seed %d: a second drawing differs", seed)
		}
	}
}

func TestIcon(t *testing.T) {
	t.Parallel()
	base := drawing.DefaultBase()
	for _, size := range []int{16, 32, 180} {
		img := drawing.Icon(base, size)
		checkColours(t, base, img)
		counts := used(img)
		for name, n := range map[string]int{
			"paper": counts[base.Paper], "accent": counts[base.Accent], "marker": counts[base.Marker],
		} {
			if n < size*size/20 {
				t.Errorf("%d px: %d pixels in %s", size, n, name)
			}
		}
		if img.At(0, 0) != base.Paper || img.At(size-1, size-1) != base.Paper {
			t.Errorf("%d px: the mark touches the corner", size)
		}
	}
}
