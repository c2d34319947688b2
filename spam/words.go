package spam

import "unicode"

// word is a word, a sign or a run of punctuation in a folded text.
type word struct {
	from, to int
	hash     uint32
	kind     byte
	cause    int
}

const (
	letters = byte(iota) // letters and digits
	sign                 // one sign that is neither: an emoji, a currency
	points               // a run of ASCII punctuation
)

const mostWords = 1_500

// Seeds of the hashes, one for each thing that is hashed.
const (
	seedWord uint32 = 0x1e3779b9 + 0x11a5f3d7*iota
	seedPair
	seedGram
	seedBare
	seedShape
	seedName
	seedLink
	seedHost
	seedTag
	seedHidden
	seedWhole
)

const prime = 16777619

func hashRunes(seed uint32, runes []rune) uint32 {
	h := seed
	for _, r := range runes {
		h = (h ^ uint32(r)) * prime
	}
	return finish(h)
}

func hashString(seed uint32, s string) uint32 {
	h := seed
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * prime
	}
	return finish(h)
}

// finish spreads what the last signs said over all bits.
func finish(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

func inWord(r rune) bool {
	switch {
	case r < 0x80:
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	default:
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	}
}

// split finds the words of a folded text.
func split(runes []rune, words []word) []word {
	for i := 0; i < len(runes) && len(words) < mostWords; {
		r := runes[i]
		start := i
		switch {
		case r == ' ':
			i++
			continue
		case inWord(r):
			for i < len(runes) && (inWord(runes[i]) || runes[i] == '\'' && i+1 < len(runes) && inWord(runes[i+1])) {
				i++
			}
			words = append(words, word{start, i, hashRunes(seedWord, runes[start:i]), letters, -1})
		case r >= 0x80 || r == '$':
			i++
			words = append(words, word{start, i, hashRunes(seedWord, runes[start:i]), sign, -1})
		default:
			for i < len(runes) && runes[i] < 0x80 && runes[i] != ' ' && runes[i] != '$' && !inWord(runes[i]) {
				i++
			}
			words = append(words, word{start, i, hashRunes(seedWord, runes[start:min(i, start+3)]), points, -1})
		}
	}
	return words
}

// spacedOut finds words whose letters stand apart ("f r e e", "v.i.a.g.r.a") and hands
// each over joined.
func spacedOut(runes []rune, words []word, found func(joined []rune)) {
	const fewest = 3
	var joined []rune
	for i := 0; i < len(words); {
		joined = joined[:0]
		last := -1
		j := i
		for ; j < len(words); j++ {
			w := words[j]
			if w.kind == letters {
				long := w.to - w.from
				if long > 1 && !(long <= 2 && onlyDigits(runes[w.from:w.to]) && len(joined) >= fewest) || last >= 0 && w.from-last > 3 {
					break
				}
				joined = append(joined, runes[w.from:w.to]...)
				last = w.to
			} else if last < 0 {
				break
			}
		}
		if len(joined) >= fewest {
			found(joined)
		}
		i = max(j, i+1)
	}
}

func onlyDigits(runes []rune) bool {
	for _, r := range runes {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(runes) > 0
}

// leet is the letter that a digit or sign stands for inside a word.
func leet(r rune) rune {
	switch r {
	case '0':
		return 'o'
	case '1', '!', '|':
		return 'i'
	case '3':
		return 'e'
	case '4', '@':
		return 'a'
	case '5', '$':
		return 's'
	case '7':
		return 't'
	}
	return r
}
