// Package alphabet puts names in the order in which people look for them, whatever the
// database's collation: as Unicode's (UTS #10) orders what names are made of, which is also
// that of English and German. Its tables for every sign there is would weigh a megabyte.
package alphabet

import (
	"cmp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Compare says which of two names comes first: by their letters, whether small, capital or
// accented; of names with the same letters the one without accents.
func Compare(a, b string) int {
	a, b = strings.ToLower(norm.NFKD.String(a)), strings.ToLower(norm.NFKD.String(b))
	return cmp.Or(strings.Compare(bare(a), bare(b)), strings.Compare(a, b))
}

// spelled are letters that Unicode does not take apart, and those they stand among.
var spelled = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "ł", "l", "ħ", "h")

// signs of ASCII that are neither letters nor digits, the first in order first. All of
// them come before digits, and these before letters.
const signs = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"

// bare has one byte below the digits for each sign, and no accents.
func bare(apart string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsMark(r), unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsSpace(r):
			r = ' '
		case unicode.Is(unicode.Pd, r):
			r = '-'
		case unicode.In(r, unicode.Pi, unicode.Pf):
			r = '\''
		}
		if i := strings.IndexRune(signs, r); i >= 0 {
			return rune(i + 1)
		}
		if unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return rune(len(signs) + 1)
		}
		return r
	}, spelled.Replace(apart))
}
