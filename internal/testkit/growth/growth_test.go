package growth_test

import (
	"bytes"
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
