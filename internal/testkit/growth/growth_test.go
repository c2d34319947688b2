package growth_test

import (
	"bytes"
	"runtime"
	"testing"

	"waypost/internal/testkit/growth"
)

// countTwins compares each byte with all before it, as a careless parser does.
func countTwins(text []byte) (n int) {
	for i := range text {
		n += bytes.Count(text[:i], text[i:i+1])
	}
	return n
}

func TestGrowthTellsASquareFromALine(t *testing.T) {
	short, long := make([]byte, 20_000), make([]byte, growth.Times*20_000)
	square := growth.Ratio(func() { countTwins(short) }, func() { countTwins(long) })
	if square <= 2*growth.Times {
		t.Errorf("a square grows by %.1f only", square)
	}
	growth.Check(t, "a line",
		func() { bytes.Count(bytes.Repeat(short, 1000), []byte("a")) },
		func() { bytes.Count(bytes.Repeat(long, 1000), []byte("a")) })
}

func TestGrowthOfMemoryIsWhatLives(t *testing.T) {
	var kept, garbage []byte
	const size = 32 << 20
	most := growth.MostLive(func() {
		for range 8 {
			garbage = make([]byte, size)
			runtime.GC()
		}
		garbage = nil
		kept = make([]byte, size)
	})
	if most < size || most > 2*size+size/2 {
		t.Errorf("found %d bytes of %d and as much again for a moment", most, size)
	}
	runtime.KeepAlive(kept)
	runtime.KeepAlive(garbage)
}
