package diff_test

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"waypost/internal/testkit/growth"
	"waypost/web/desk/diff"
)

// prose is a text of so many words out of a few that every text has and, one in three,
// others; none is like another of a different seed.
func prose(words int, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for i := range words {
		switch {
		case i%60 == 59:
			b.WriteString("end.\n\n")
		case r.IntN(3) == 0:
			b.WriteString("w" + strconv.Itoa(r.IntN(1<<30)) + " ")
		default:
			b.WriteString("c" + strconv.Itoa(r.IntN(300)) + " ")
		}
	}
	return b.String()
}

// TestGrowthOfComparisons compares texts that have nothing in common but common words, at
// lengths on both sides of the bound: 20,000 words cost no more than the bound says.
func TestGrowthOfComparisons(t *testing.T) {
	compare := func(words int) func() {
		before, after := prose(words, 1), prose(words, 2)
		return func() { diff.Words(before, after) }
	}
	growth.Check(t, "texts beyond what is compared by word", compare(20_000), compare(20_000*growth.Times))
	long := strings.Repeat(prose(60, 3), 300)
	growth.Check(t, "one word in a long text", func() { diff.Words(long, long+"more") }, func() {
		diff.Words(strings.Repeat(long, growth.Times), strings.Repeat(long, growth.Times)+"more")
	})
}

func TestTextsWithNothingInCommon(t *testing.T) {
	t.Parallel()
	before, after := prose(20_000, 1), prose(20_000, 2)
	c := diff.Words(before, after)
	if !c.Passed || c.Same() {
		t.Errorf("all of it is compared by word: %d words out, %d in", c.Out, c.In)
	}
	if c := diff.Words(prose(2_000, 1), prose(2_000, 2)); c.Passed {
		t.Error("2,000 words are not compared to the end")
	}
	if c := diff.Words(strings.Repeat("x ", 20_000), strings.Repeat("y ", 20_000)); c.Out != 20_000 || c.In != 20_000 {
		t.Errorf("%d words out, %d in", c.Out, c.In)
	}
}
