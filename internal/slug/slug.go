// Package slug makes the readable part of an address out of a title.
package slug

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Max is the longest slug, in bytes.
const Max = 80

// spelled are letters that Unicode does not take apart but readers write out.
var spelled = strings.NewReplacer("ß", "ss", "æ", "ae", "ø", "o", "ð", "d", "þ", "th", "ł", "l", "đ", "d", "œ", "oe", "ı", "i", "&", " and ")

// Make folds a title to letters, digits and single hyphens: accents are dropped,
// letters of other scripts stay, with the marks they are spelled with. It returns ""
// when nothing is left. What it gives is Valid, unless it is a year.
func Make(title string) string {
	var b strings.Builder
	gap := true
	for _, r := range fold(title) {
		switch {
		case small(r), unicode.IsMark(r) && !gap:
			hyphen := gap && b.Len() > 0
			if b.Len()+len(string(r))+len("-") > Max {
				return norm.NFC.String(b.String())
			}
			if hyphen {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return norm.NFC.String(b.String())
}

// fold takes a title apart and drops capitals, accents and apostrophes.
func fold(title string) string {
	apart := strings.ToLower(norm.NFD.String(title))
	return spelled.Replace(strings.Map(func(r rune) rune {
		if accent(r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, apart))
}

// accent reports a mark, or an invisible joiner, that is not part of one script's
// spelling. The voicing marks of Japanese are: without them "が" would be "か".
func accent(r rune) bool {
	return unicode.Is(unicode.Inherited, r) && r != '\u3099' && r != '\u309A'
}

// small reports a letter that is not a capital, or a digit.
func small(r rune) bool {
	return unicode.IsDigit(r) || unicode.IsLetter(r) && unicode.ToLower(r) == r
}

// Valid reports that a slug has the form Make gives: lower-case letters of any
// script with their marks, digits, hyphens inside. Four digits alone are no slug:
// they are a year in an address.
func Valid(s string) bool {
	if s == "" || len(s) > Max || !norm.NFC.IsNormalString(s) || strings.HasSuffix(s, "-") || year(s) {
		return false
	}
	gap := true
	for _, r := range s {
		switch {
		case small(r), unicode.IsMark(r) && !gap:
			gap = false
		case r == '-' && !gap:
			gap = true
		default:
			return false
		}
	}
	return true
}

func year(s string) bool { return len(s) == 4 && strings.Trim(s, "0123456789") == "" }

// Numbered is the slug with "-n" behind it, shortened to fit.
func Numbered(s string, n int) string {
	suffix := "-" + strconv.Itoa(n)
	for len(s)+len(suffix) > Max {
		r := []rune(s)
		s = string(r[:len(r)-1])
	}
	return strings.TrimRight(s, "-") + suffix
}
