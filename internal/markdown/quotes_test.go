package markdown_test

import (
	"testing"

	"waypost/internal/markdown"
)

func TestQuotesOfALine(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"en", `"A year," she said`, "“A year,” she said"},
		{"en", `Don't call it a "gap year"`, "Don’t call it a “gap year”"},
		{"en", `The '90s and the players' room`, "The ‘90s and the players’ room"},
		{"en", `Rock 'n' roll ('really')`, "Rock ‘n’ roll (‘really’)"},
		{"en", `"He said 'no'"`, "“He said ‘no’”"},
		{"en-GB", "Wait... a -- b --- c ---- d ..... e", "Wait… a – b — c ---- d ..... e"},
		{"de", `Warum "Traumberuf" nicht 'reicht'`, "Warum „Traumberuf“ nicht ‚reicht‘"},
		{"de-AT", `Wie geht's, "Chef"?`, "Wie geht’s, „Chef“?"},
		{"fr", `L'année "sabbatique"`, "L’année “sabbatique”"},
		{"en", "“Set” already – it’s fine", "“Set” already – it’s fine"},
		{"en", `6" and <b>"x"</b>`, `6” and <b>”x”</b>`},
		{"", `"`, "”"},
		{"en", "", ""},
	} {
		if got := markdown.Quotes(c[1], c[0]); got != c[2] {
			t.Errorf("%s %s: %s, want %s", c[0], c[1], got, c[2])
		}
	}
}
