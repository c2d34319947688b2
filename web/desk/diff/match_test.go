package diff

import (
	"math/rand/v2"
	"testing"
)

// TestMatchesAreLongest holds the matches of random lists against the table of a longest
// common subsequence.
func TestMatchesAreLongest(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		a, b := letters(r), letters(r)
		steps := mostSteps
		pairs, whole := match(a, b, &steps)
		n, last := 0, -1
		for i, j := range pairs {
			if j < 0 {
				continue
			}
			if j <= last || a[i] != b[j] {
				t.Fatalf("%v and %v are paired as %v", a, b, pairs)
			}
			n, last = n+1, j
		}
		if want := longest(a, b); n != want || !whole {
			t.Fatalf("%v and %v have %d in common, found are %d", a, b, want, n)
		}
	}
}

func letters(r *rand.Rand) []int {
	list := make([]int, r.IntN(24))
	for i := range list {
		list[i] = r.IntN(5)
	}
	return list
}

func longest(a, b []int) int {
	row := make([]int, len(b)+1)
	for i := range a {
		before := 0
		for j := range b {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(row[j], above)
			}
			before = above
		}
	}
	return row[len(b)]
}
