package loosexml

import (
	"html"
	"strconv"
	"strings"
)

// longestReference is enough for the longest entity name of HTML and for any
// number with a few leading zeros.
const longestReference = 48

// reference resolves the reference at the start of b, which begins with "&": what
// it stands for ("" for a character that XML forbids), how many bytes of b it takes,
// and what a strict parser says about it.
func reference(b []byte) (s string, n int, problem string) {
	n = 1
	for n < len(b) && (letter(b[n]) || digit(b[n]) || b[n] == '#' && n == 1) {
		n++
	}
	if n == 1 || n == len(b) || b[n] != ';' || string(b[:n]) == "&#" {
		return string(b[:n]), n, "a bare & in the text"
	}
	name := string(b[1:n])
	n++
	if name[0] == '#' {
		s, problem = numbered(name[1:])
		return s, n, problem
	}
	switch name {
	case "amp":
		return "&", n, ""
	case "lt":
		return "<", n, ""
	case "gt":
		return ">", n, ""
	case "quot":
		return `"`, n, ""
	case "apos":
		return "'", n, ""
	}
	written := "&" + name + ";"
	if s = html.UnescapeString(written); strings.HasSuffix(s, ";") {
		s = written // unknown, or known only in part
	}
	return s, n, "the unknown entity " + written
}

// numbered is the character of a numeric reference, such as "38" or "x26".
func numbered(number string) (s, problem string) {
	base := 10
	if number[0] == 'x' {
		number, base = number[1:], 16
	}
	r, err := strconv.ParseUint(number, base, 32)
	if err != nil || r > 0x10FFFF || !allowed(rune(r)) {
		return "", "a reference to a character that XML does not allow"
	}
	return string(rune(r)), ""
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func digit(c byte) bool { return c >= '0' && c <= '9' }
