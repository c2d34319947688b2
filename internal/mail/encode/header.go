package encode

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// HeaderText makes any text fit for a header: control characters and ends of lines
// become blanks, broken UTF-8 a replacement. The outbox refuses what would come out changed,
// so whoever puts words of people into a subject calls this first.
func HeaderText(text string) string {
	fine := true
	for _, r := range text {
		if breaks(r) || r == utf8.RuneError {
			fine = false
			break
		}
	}
	if fine {
		return text
	}
	text = strings.Map(func(r rune) rune {
		if breaks(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return strings.Join(strings.Fields(text), " ")
}

// breaks reports whether a character may end a line for one reader or another, or is
// not for showing.
func breaks(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
}
