// Package looks tells when two names look alike: "аdaeze", of which the first letter is
// Cyrillic, like "adaeze", and "barn" like "bam". Where two look alike, one could be taken
// for the other.
//
// The form by which they are compared is the skeleton of Unicode's UTS #39, section 4,
// of letters and digits alone, without accents, small: blanks, dots, hyphens and what is
// not seen tell nobody apart. It is never shown, and kept as a hash, since it can be many
// times as long as the name.
package looks

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"go.mau.fi/util/confusable"
	"golang.org/x/text/unicode/norm"
)

// mostTurns bounds how often a skeleton is made of a skeleton until it stays as it is.
const mostTurns = 8

// Skeleton is what two names that look alike have in common; "" of one in which nothing
// is a letter or a digit.
func Skeleton(name string) string {
	s := bare(strings.ToLower(norm.NFKC.String(strings.ToValidUTF8(name, ""))))
	for range mostTurns {
		next := bare(strings.ToLower(prototypes(s)))
		if next == s {
			break
		}
		s = next
	}
	return s
}

// prototypes puts for each sign the one that stands for all that look like it. The
// module's own Skeleton would drop signs that are newer than Go's tables.
func prototypes(s string) string {
	var b strings.Builder
	plain := ascii()
	for _, r := range norm.NFD.String(s) {
		if r < utf8.RuneSelf {
			b.WriteString(plain[r])
		} else if p := confusable.GetReplacement(r); p != "" {
			b.WriteString(p)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// ascii is prototypes of each sign of ASCII.
var ascii = sync.OnceValue(func() []string {
	table := make([]string, utf8.RuneSelf)
	for r := range rune(utf8.RuneSelf) {
		if table[r] = confusable.GetReplacement(r); table[r] == "" {
			table[r] = string(r)
		}
	}
	return table
})

// bare leaves out what is no letter, digit or mark that a script spells with. An accent
// on a letter of Latin, Greek or Cyrillic is no such mark.
func bare(s string) string {
	accented := true
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf:
			if !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9') {
				return -1
			}
			accented = true
		case unicode.In(r, unicode.Z, unicode.P, unicode.S, unicode.Cc, unicode.Cf, unicode.Co), unicode.Is(unicode.Inherited, r) && accented:
			return -1
		case !unicode.IsMark(r):
			accented = unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common)
		}
		return r
	}, norm.NFD.String(s)))
}

// Handle is the form in which handles are compared, which are small letters, digits and
// hyphens.
func Handle(handle string) string { return hash(Skeleton(handle)) }

// Name is the form in which names of people are compared. They have capitals, and a
// capital I looks like a small L.
func Name(name string) string { return hash(strings.ReplaceAll(Skeleton(name), "i", "l")) }

const hashBytes = 16

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:hashBytes])
}
