package markup_test

import (
	"fmt"
	"strings"
	"testing"

	"waypost/internal/testkit/growth"
	"waypost/transfer/wxr/markup"
)

// TestGrowth gives texts that a careless reader would go through again and again.
// Four times the text must take nearer to four times as long than to sixteen.
func TestGrowth(t *testing.T) {
	for _, unit := range []string{
		"[a]", "[/a]", "[a][/a]", "[a ", "[a b=\"", "[[a", "[a b='[c d=\"", "[gallery ids=\"1\"]", "[caption]", "[caption]<img>[/caption]",
		"<", "<a ", "<a '", "<a \"<b '", "<!--", "<!-- wp:a -->", "<!-- /wp:a -->", "<!-- wp:embed {} -->", "<pre>", "<code>", "<script></", "</",
		"<div>", "</div>", "<div></section>", "<p>", "\n", "\n\n", " \n", "a\n", "<br>\n", "<b>\n\n", "<li>", "&", "[a]\n<b>",
	} {
		const size = 32 << 10
		short, long := strings.Repeat(unit, size/len(unit)), strings.Repeat(unit, growth.Times*size/len(unit))
		growth.Check(t, fmt.Sprintf("%q", unit),
			func() { markup.Clean(short, base) },
			func() { markup.Clean(long, base) })
	}
}
