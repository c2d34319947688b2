package markup_test

import (
	"strings"
	"testing"
	"time"

	"waypost/transfer/wxr/markup"
)

// TestGrowth gives texts that a careless reader would go through again and again.
// Eight times the text must take nearer to eight times as long than to sixty-four.
func TestGrowth(t *testing.T) {
	for _, unit := range []string{
		"[a]", "[/a]", "[a][/a]", "[a ", "[a b=\"", "[[a", "[a b='[c d=\"", "[gallery ids=\"1\"]", "[caption]", "[caption]<img>[/caption]",
		"<", "<a ", "<a '", "<a \"<b '", "<!--", "<!-- wp:a -->", "<!-- /wp:a -->", "<!-- wp:embed {} -->", "<pre>", "<code>", "<script></", "</",
		"<div>", "</div>", "<div></section>", "<p>", "\n", "\n\n", " \n", "a\n", "<br>\n", "<b>\n\n", "<li>", "&", "[a]\n<b>",
	} {
		ratio := growth(unit)
		for again := 0; ratio > 24 && again < 4; again++ {
			ratio = min(ratio, growth(unit)) // a busy machine slows one run, not all
		}
		if ratio > 24 {
			t.Errorf("%q: eight times the text takes %.1f times as long", unit, ratio)
		}
	}
}

// growth compares the best of some runs, as other work on the machine only adds.
func growth(unit string) float64 {
	best := func(bytes int) time.Duration {
		text := strings.Repeat(unit, bytes/len(unit))
		least := time.Hour
		for range 2 {
			start := time.Now()
			markup.Clean(text, base)
			least = min(least, time.Since(start))
		}
		return least
	}
	return float64(best(128<<10)) / float64(best(16<<10))
}
