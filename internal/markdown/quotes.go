package markdown

import (
	"strings"
	"unicode"
)

// lineMarks are the quotation marks of a language: double, then single, each opening and closing.
var lineMarks = map[string][4]string{
	"en": {"“", "”", "‘", "’"},
	"de": {"„", "“", "‚", "‘"},
}

// Quotes sets true quotation marks, dashes and dots in a line of plain text, such as a title, as Story sets them in
// the text below it. Nothing else in the line changes, and what was set truly before stays.
func Quotes(line, language string) string {
	if !strings.ContainsAny(line, `"'.-`) {
		return line
	}
	language, _, _ = strings.Cut(language, "-")
	marks, known := lineMarks[language]
	if !known {
		marks = lineMarks["en"]
	}
	runes := []rune(line)
	var out strings.Builder
	single := false // a single quotation is open
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		opens, closes := opensQuote(runes, i), closesQuote(runes, i)
		switch {
		case r == '"' && opens:
			out.WriteString(marks[0])
		case r == '"':
			out.WriteString(marks[1])
		case r == '\'' && opens && laterClosed(runes[i+1:]):
			single = true
			out.WriteString(marks[2])
		case r == '\'' && single && closes:
			single = false
			out.WriteString(marks[3])
		case r == '\'':
			out.WriteString("’")
		case r == '.' && repeated(runes, i, '.') == 3:
			out.WriteString("…")
			i += 2
		case r == '-' && repeated(runes, i, '-') == 3:
			out.WriteString("—")
			i += 2
		case r == '-' && repeated(runes, i, '-') == 2:
			out.WriteString("–")
			i++
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// opensQuote tells whether a mark stands before a word and behind none.
func opensQuote(line []rune, i int) bool {
	behind := i == 0 || unicode.IsSpace(line[i-1]) || strings.ContainsRune(`([{-–—/"'“„‘‚`, line[i-1])
	return behind && i+1 < len(line) && !unicode.IsSpace(line[i+1])
}

// closesQuote tells whether no word goes on behind a mark.
func closesQuote(line []rune, i int) bool {
	return i+1 == len(line) || !unicode.IsLetter(line[i+1]) && !unicode.IsDigit(line[i+1])
}

// laterClosed tells whether what follows a single mark has one that closes it, so that it is no apostrophe.
func laterClosed(rest []rune) bool {
	for i, r := range rest {
		if r == '\'' && i > 0 && !unicode.IsSpace(rest[i-1]) && closesQuote(rest, i) {
			return true
		}
	}
	return false
}

func repeated(line []rune, i int, r rune) int {
	if i > 0 && line[i-1] == r {
		return 0
	}
	n := 0
	for i+n < len(line) && line[i+n] == r {
		n++
	}
	return n
}
