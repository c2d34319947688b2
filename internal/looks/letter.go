package looks

import (
	"unicode"
	"unicode/utf8"

	"go.mau.fi/util/confusable"
	"golang.org/x/text/unicode/norm"
)

// Letter is the plain letter or letters that a sign outside ASCII looks like or stands
// for, small and without accents: "a" for the Cyrillic а, "w" for 𝗪, "ae" for æ. It is
// "" of a mark that only changes the sign before it, and of what is not seen; a sign that
// looks like none stays itself.
func Letter(r rune) string {
	if boxed := boxedLetter(r); boxed != 0 {
		return string(boxed)
	}
	out := make([]byte, 0, utf8.UTFMax)
	for _, part := range norm.NFKD.String(string(r)) {
		if part >= utf8.RuneSelf {
			if plain := plainPrototype(part); plain != "" {
				out = append(out, plain...)
				continue
			}
		}
		if unicode.In(part, unicode.Mn, unicode.Me, unicode.Cf) {
			continue
		}
		out = utf8.AppendRune(out, unicode.ToLower(part))
	}
	return string(out)
}

// plainPrototype is the prototype of a sign if it is of ASCII letters and digits once its
// marks are left out; letters that a language writes as two are written so.
func plainPrototype(r rune) string {
	switch r {
	case 'ß', 'ẞ':
		return "ss"
	case 'ð', 'Ð':
		return "d"
	}
	if !unicode.In(r, unicode.L, unicode.N, unicode.So, unicode.Sm) {
		return ""
	}
	out := make([]byte, 0, utf8.UTFMax)
	for _, part := range confusable.GetReplacement(r) {
		switch {
		case unicode.Is(unicode.Mn, part):
		case part < utf8.RuneSelf && (unicode.IsLetter(part) || unicode.IsDigit(part)):
			out = append(out, byte(unicode.ToLower(part)))
		default:
			return ""
		}
	}
	return string(out)
}

// boxedLetter reads letters in circles, squares and flags, which Unicode does not take
// apart; 0 of others.
func boxedLetter(r rune) rune {
	const letters = 26
	for _, first := range []rune{0x1F130, 0x1F150, 0x1F170, 0x1F1E6} {
		if r >= first && r < first+letters {
			return 'a' + r - first
		}
	}
	return 0
}
