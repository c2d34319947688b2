package drawing_test

import (
	"image"
	"testing"

	"waypost/internal/drawing"
)

// TestGrowthOfFiles bounds the bytes of a picture at each size that the sample
// community shows. To compress this many is most of the work of drawing them,
// and all of it done in one goroutine.
func TestGrowthOfFiles(t *testing.T) {
	base := drawing.DefaultBase()
	for _, motif := range drawing.Motifs() {
		checkBytes(t, motif+", a cover", drawing.Landscape(base, motif, 2, 1600, 900), 75_000)
		for seed := range uint64(6) {
			checkBytes(t, motif, drawing.Landscape(base, motif, seed, 480, 270), 20_000)
		}
	}
	for seed := range uint64(60) {
		checkBytes(t, "a portrait", drawing.Portrait(base, seed), 8<<10)
	}
}

func checkBytes(t *testing.T, what string, img *image.Paletted, most int) {
	t.Helper()
	data, err := drawing.PNG(img)
	if err != nil || len(data) > most {
		t.Errorf("%s of %v: %d bytes (%v)", what, img.Rect.Size(), len(data), err)
	}
}
