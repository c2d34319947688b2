package occupations

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"waypost/internal/problem"
	"waypost/paths/exchange"
)

// Occupation is one of a list.
type Occupation struct {
	URI    string // by which a goal names it
	Group  string // of ISCO-08, up to four digits; the more of them two share, the closer they are
	Code   string // in the list
	Label  string
	Others []string // names that are used as well
}

// List is a list of occupations. The zero value is an empty one.
type List struct {
	all   []Occupation
	names []names // of each
	byURI map[string]int
}

// names are the names of an occupation as they are compared: " words of a label\n words of
// another\n", each word with a space before it.
type names struct {
	all    string
	labels int // how much of it is the label
}

// Len is how many there are.
func (l List) Len() int { return len(l.all) }

// ByURI finds an occupation by its URI.
func (l List) ByURI(uri string) (Occupation, bool) {
	n, ok := l.byURI[uri]
	if !ok {
		return Occupation{}, false
	}
	return l.all[n], true
}

// escoURI begins the URIs of ESCO.
const escoURI = "http://data.europa.eu/esco/"

// Credit is what its maker asks to be said wherever the list is used; nothing for a list
// of one's own.
func (l List) Credit() (problem.Message, bool) {
	if len(l.all) > 0 && strings.HasPrefix(l.all[0].URI, escoURI) {
		return problem.Message{Key: "exchange.occupations_credit"}, true
	}
	return problem.Message{}, false
}

// MostFound is how many Find gives at most.
const MostFound = 50

// mostTyped is how much of what was typed is looked at, in bytes.
const mostTyped = 200

// Find gives up to n occupations of which a name has words that begin as those typed do,
// whatever their case and accents: first those whose label begins with what was typed, then
// those with the words in their label, then those that are called so elsewhere.
func (l List) Find(typed string, n int) []Occupation {
	words := strings.Fields(compared(typed[:min(len(typed), mostTyped)]))
	n = min(n, MostFound, len(l.all))
	if len(words) == 0 || n <= 0 {
		return nil
	}
	for i := range words {
		words[i] = " " + words[i]
	}
	whole := strings.Join(words, "")
	var fits []int
	ranks := make([]int8, len(l.all))
	for i, names := range l.names {
		if rank := names.rank(words, whole); rank >= 0 {
			fits, ranks[i] = append(fits, i), rank
		}
	}
	slices.SortFunc(fits, func(a, b int) int {
		one, other := l.all[a].Label, l.all[b].Label
		return cmp.Or(cmp.Compare(ranks[a], ranks[b]), cmp.Compare(len(one), len(other)), strings.Compare(one, other), cmp.Compare(a, b))
	})
	var best []Occupation
	for _, i := range fits[:min(n, len(fits))] {
		best = append(best, l.all[i])
	}
	return best
}

// rank is how well names fit words, 0 for the best; -1 where they do not.
func (n names) rank(words []string, whole string) int8 {
	for _, word := range words {
		if !strings.Contains(n.all, word) {
			return -1
		}
	}
	label := n.all[:n.labels]
	switch {
	case strings.HasPrefix(label, whole):
		return 0
	case within(label, words):
		return 1
	}
	rank := int8(-1)
	for other := range strings.Lines(n.all[n.labels:]) {
		if strings.HasPrefix(other, whole) {
			return 2
		}
		if within(other, words) {
			rank = 3
		}
	}
	return rank
}

// within reports a name that has a word for each.
func within(name string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(name, word) {
			return false
		}
	}
	return true
}

// compared is a text as words are looked for in it: folded, with single spaces for all
// that is neither letter, mark nor digit.
func compared(text string) string {
	apart := strings.FieldsFunc(exchange.Fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return strings.Join(apart, " ")
}
