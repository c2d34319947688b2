package terms

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Most is how many words stand for a text when texts are compared.
const Most = 24

// headBoost is how much more a word counts that is in the head of a text.
const headBoost = 2

// Term is a word that tells a text from others.
type Term struct {
	Word   string  // folded, one form for singular and plural
	Weight float64 // above 0; the weights of a text are a vector of length 1
	Shown  string  // as the text writes it most often
}

// Of picks the at most Most words that tell a text from others: those written most
// often, the words of its head, such as the title, counting more. They are in the
// order of their bytes, so that sums over them are the same from either side of a
// comparison. The language is a BCP 47 tag; English and German are known, others
// are taken as English without plurals.
func Of(head, body, language string) []Term {
	found := map[string]*tally{}
	for _, word := range split(head) {
		if t := note(found, word, language); t != nil {
			t.head = true
		}
	}
	for _, word := range split(body) {
		note(found, word, language)
	}
	list := make([]Term, 0, len(found))
	for word, t := range found {
		list = append(list, Term{word, t.weight(), t.shown()})
	}
	slices.SortFunc(list, func(a, b Term) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Word, b.Word))
	})
	list = list[:min(len(list), Most)]
	slices.SortFunc(list, func(a, b Term) int { return cmp.Compare(a.Word, b.Word) })
	return unit(list)
}

// Words is the set of all telling words of a text, folded as in Term.Word.
func Words(text, language string) map[string]bool {
	set := map[string]bool{}
	for _, word := range split(text) {
		if key := fold(bare(word), language); key != "" {
			set[key] = true
		}
	}
	return set
}

// unit scales the weights so that their squares add up to 1.
func unit(list []Term) []Term {
	var squares float64
	for _, t := range list {
		squares += float64(t.Weight * t.Weight)
	}
	for i := range list {
		list[i].Weight /= math.Sqrt(squares)
	}
	return list
}

// tally counts one word's occurrences.
type tally struct {
	n     int
	head  bool
	forms map[string]int
}

func note(found map[string]*tally, word, language string) *tally {
	word = bare(word)
	key := fold(word, language)
	if key == "" {
		return nil
	}
	t := found[key]
	if t == nil {
		t = &tally{forms: map[string]int{}}
		found[key] = t
	}
	t.n++
	t.forms[word]++
	return t
}

func (t *tally) weight() float64 {
	w := 1 + math.Log(float64(t.n))
	if t.head {
		w *= headBoost
	}
	return w
}

// shown is the form most often written; of several, one without capitals that only
// a heading or the start of a sentence gave it, then the shortest.
func (t *tally) shown() string {
	var best string
	for form, n := range t.forms {
		if best == "" || cmp.Or(
			cmp.Compare(t.forms[best], n),
			cmp.Compare(capitals(form), capitals(best)),
			cmp.Compare(len(form), len(best)),
			strings.Compare(form, best)) < 0 {
			best = form
		}
	}
	return best
}

func capitals(word string) int {
	n := 0
	for _, r := range word {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}
