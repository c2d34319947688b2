package images_test

import (
	"bytes"
	"context"
	"image"
	"testing"

	"waypost/internal/images"
	"waypost/internal/testkit/growth"
)

// mostMemory is what docs promise for one picture, in bytes.
const mostMemory = 200_000_000

// TestGrowthOfMemory prepares pictures just inside the limits, and those that
// try to get around them. It does not run beside other tests, whose memory
// would be counted.
func TestGrowthOfMemory(t *testing.T) {
	heavy := []struct {
		name string
		make func() []byte // one at a time, as they are heavy to make as well
	}{
		{"24 megapixels", func() []byte { return asJPEG(t, quarters(6000, 4000)) }},
		{"24 megapixels, flat", func() []byte { return asPNG(t, quarters(4000, 6000)) }},
		{"16 bits a colour", func() []byte { return asPNG(t, image.NewNRGBA64(image.Rect(0, 0, 3860, 3860))) }},
		{"very tall", func() []byte { return asPNG(t, image.NewGray(image.Rect(0, 0, 300, 79_900))) }},
		{"very wide", func() []byte { return asPNG(t, image.NewGray(image.Rect(0, 0, 79_900, 300))) }},
	}
	for _, c := range heavy {
		accepted, grown := growthOf(t, hostileCase{c.name, c.make()})
		if !accepted {
			t.Errorf("%s: refused", c.name)
		}
		t.Logf("%s: %d MB", c.name, grown/1_000_000)
	}
	row := asPNG(t, image.NewGray(image.Rect(0, 0, 20_000_000, 1)))
	growthOf(t, hostileCase{"a single row", row})
	for _, c := range append(ownCases(t), outsideCases(t)...) {
		growthOf(t, c)
	}
}

func growthOf(t *testing.T, c hostileCase) (accepted bool, grown uint64) {
	t.Helper()
	p := images.New(images.Limits{})
	var out images.Encoded
	var err error
	grown = growth.MostLive(func() {
		out, err = p.Prepare(context.Background(), bytes.NewReader(c.data))
	})
	if grown > mostMemory {
		t.Errorf("%s: took %d MB", c.name, grown/1_000_000)
	}
	return acceptable(t, c.name, out, err), grown
}

// TestGrowthIsGivenBack counts what the process keeps from the system without
// need, behind a heavy picture.
func TestGrowthIsGivenBack(t *testing.T) {
	heavy := asPNG(t, quarters(4000, 6000))
	if _, err := prepare(heavy); err != nil {
		t.Fatal(err)
	}
	if spare := growth.Metric("/memory/classes/heap/free:bytes"); spare > 32<<20 {
		t.Errorf("%d MiB lie about", spare>>20)
	}
	if alive := growth.Metric("/gc/heap/live:bytes"); alive > 32<<20 {
		t.Errorf("%d MiB are held", alive>>20)
	}
}
