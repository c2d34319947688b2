package images_test

import (
	"bytes"
	"context"
	"image"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"waypost/internal/images"
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
	grown = mostLive(func() {
		out, err = p.Prepare(context.Background(), bytes.NewReader(c.data))
	})
	if grown > mostMemory {
		t.Errorf("%s: took %d MB", c.name, grown/1_000_000)
	}
	return acceptable(t, c.name, out, err), grown
}

// mostLive collects garbage all through the work and gives the most that was
// found alive, less what was alive before, in bytes. So garbage that nobody
// had time to collect on a busy machine is not taken for memory in need.
func mostLive(work func()) uint64 {
	before := live()
	var most uint64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, live())
			select {
			case <-tick.C:
			case <-stop:
				return
			}
		}
	}()
	work()
	close(stop)
	<-stopped
	return max(most, before) - before
}

func live() uint64 {
	runtime.GC()
	return metric("/gc/heap/live:bytes")
}

func metric(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// TestGrowthIsGivenBack counts what the process keeps from the system without
// need, behind a heavy picture.
func TestGrowthIsGivenBack(t *testing.T) {
	heavy := asPNG(t, quarters(4000, 6000))
	if _, err := prepare(heavy); err != nil {
		t.Fatal(err)
	}
	if spare := metric("/memory/classes/heap/free:bytes"); spare > 32<<20 {
		t.Errorf("%d MiB lie about", spare>>20)
	}
	if alive := metric("/gc/heap/live:bytes"); alive > 32<<20 {
		t.Errorf("%d MiB are held", alive>>20)
	}
}
