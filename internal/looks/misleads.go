package looks

import (
	"strings"
	"unicode"
)

// Misleads reports that a text holds what nobody sees and what changes how the rest is
// read: control characters other than the ends of lines and tabs, and the embeddings,
// overrides and isolates of Unicode's bidirectional algorithm (UAX #9). Marks and joiners,
// which scripts and emoji need, are none of them.
func Misleads(text string) bool { return strings.ContainsFunc(text, Misleading) }

// Misleading is Misleads of one character.
func Misleading(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}
