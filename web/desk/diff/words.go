package diff

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is what became of a text, word by word.
type Text struct {
	Parts  []Part
	In     int  // words that came in
	Out    int  // words that were taken out
	Passed bool // too much differs to be compared by word: a passage stands as taken out, and anew
}

// Same reports that nothing became of it.
func (t Text) Same() bool {
	for _, p := range t.Parts {
		for _, l := range p.Lines {
			if l.changed() {
				return false
			}
		}
	}
	return true
}

// Part is lines of a text that are shown, or that may be folded, since nothing became of
// them.
type Part struct {
	Lines  []Pieces
	Folded int // their words; 0 for lines that are shown
}

// Pieces are one line, without its end.
type Pieces []Piece

// Piece is a run of words that both texts have, or only one of them.
type Piece struct {
	Text    string
	Out, In bool // only the one before has it, or only the one after
}

func (l Pieces) changed() bool {
	for _, p := range l {
		if p.Out || p.In {
			return true
		}
	}
	return false
}

// foldFrom is how many words that stayed the same are worth folding.
const foldFrom = 60

// Words compares two texts: first by line, then what is between lines that stayed by
// word. Words that stayed by chance between others that did not count as changed.
func Words(before, after string) Text {
	c := &comparison{steps: mostSteps}
	c.lines(splitLines(before), splitLines(after))
	c.settle()
	return Text{Parts: folded(c.inLines()), In: c.count(true), Out: c.count(false), Passed: c.passed}
}

// Whole is a text by itself, of which nothing is folded.
func Whole(text string) Text {
	c := &comparison{}
	c.stays(text)
	return Text{Parts: []Part{{Lines: c.inLines()}}}
}

// run is what was taken out and what came in at one place, and what stayed after it.
type run struct {
	out, in, same []string
	weight        int // how many words went or came, whichever is more
}

func (r run) endsLine() bool {
	return slices.ContainsFunc(r.same, func(s string) bool { return strings.Contains(s, "\n") })
}

type comparison struct {
	runs   []run
	steps  int
	passed bool
}

// stays adds what both have.
func (c *comparison) stays(text string) {
	if len(c.runs) == 0 {
		c.runs = append(c.runs, run{})
	}
	r := &c.runs[len(c.runs)-1]
	r.same = append(r.same, text)
}

// differs adds what only one of them has.
func (c *comparison) differs(out, in []string) {
	if len(out)+len(in) == 0 {
		return
	}
	if n := len(c.runs); n == 0 || c.runs[n-1].same != nil {
		c.runs = append(c.runs, run{})
	}
	r := &c.runs[len(c.runs)-1]
	r.out, r.in = append(r.out, out...), append(r.in, in...)
	r.weight += max(weight(out), weight(in))
}

// lines compares by line. An empty one is no place to hold on to.
func (c *comparison) lines(before, after []string) {
	names := map[string]int{}
	a, b := named(names, before), named(names, after)
	for i, l := range before {
		if strings.TrimSpace(l) == "" {
			a[i] = -1
		}
	}
	for i, l := range after {
		if strings.TrimSpace(l) == "" {
			b[i] = -2
		}
	}
	pairs := c.match(a, b)
	i, j := 0, 0
	for k := 0; k <= len(before); k++ {
		to := len(after)
		if k < len(before) {
			if pairs[k] < 0 {
				continue
			}
			to = pairs[k]
		}
		c.passage(strings.Join(before[i:k], ""), strings.Join(after[j:to], ""))
		if k < len(before) {
			c.stays(before[k])
			i, j = k+1, to+1
		}
	}
}

// passage compares by word.
func (c *comparison) passage(before, after string) {
	if before == after {
		if before != "" {
			c.stays(before)
		}
		return
	}
	old, now := tokens(before), tokens(after)
	names := map[string]int{}
	a, b := named(names, old), named(names, now)
	pairs := c.match(a, b)
	i, j := 0, 0
	for k := 0; k <= len(old); k++ {
		if k < len(old) && pairs[k] < 0 {
			continue
		}
		to := len(now)
		if k < len(old) {
			to = pairs[k]
		}
		c.differs(old[i:k], now[j:to])
		if k < len(old) {
			c.stays(old[k])
			i, j = k+1, to+1
		}
	}
}

// match leaves out what only one of the lists has, which could not be paired anyway.
func (c *comparison) match(a, b []int) []int {
	inA, inB := map[int]bool{}, map[int]bool{}
	for _, v := range a {
		inA[v] = true
	}
	for _, v := range b {
		inB[v] = true
	}
	shortA, placesA := shared(a, inB)
	shortB, placesB := shared(b, inA)
	found, whole := match(shortA, shortB, &c.steps)
	c.passed = c.passed || !whole
	pairs := make([]int, len(a))
	for i := range pairs {
		pairs[i] = -1
	}
	for i, j := range found {
		if j >= 0 {
			pairs[placesA[i]] = placesB[j]
		}
	}
	return pairs
}

// shared are the values that the other list has too, and where they stood.
func shared(list []int, other map[int]bool) (short, places []int) {
	for i, v := range list {
		if other[v] {
			short, places = append(short, v), append(places, i)
		}
	}
	return short, places
}

// settle takes what stayed between two changes of a line as changed too, where it is a
// few words beside many: the two texts happen to share them.
func (c *comparison) settle() {
	var kept []run
	for _, r := range c.runs {
		kept = append(kept, r)
		for len(kept) > 1 {
			last, before := kept[len(kept)-1], &kept[len(kept)-2]
			if len(before.out)+len(before.in) == 0 || before.endsLine() {
				break
			}
			chance := weight(before.same)
			if 2*chance > min(before.weight, last.weight) {
				break
			}
			before.out = append(append(before.out, before.same...), last.out...)
			before.in = append(append(before.in, before.same...), last.in...)
			before.same, before.weight = last.same, before.weight+chance+last.weight
			kept = kept[:len(kept)-1]
		}
	}
	c.runs = kept
}

// inLines cuts the runs where lines end. The end of a line that came or went alone, where
// two were made of one or one of two, is shown by a sign.
func (c *comparison) inLines() []Pieces {
	lines := []Pieces{nil}
	add := func(text string, out, in bool) {
		if (out || in) && text != "" && strings.Trim(text, "\n") == "" {
			text = "¶" + text
		}
		for i, part := range strings.Split(text, "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			if part != "" {
				lines[len(lines)-1] = append(lines[len(lines)-1], Piece{part, out, in})
			}
		}
	}
	for _, r := range c.runs {
		add(strings.Join(r.out, ""), true, false)
		add(strings.Join(r.in, ""), false, true)
		add(strings.Join(r.same, ""), false, false)
	}
	var shown []Pieces
	for _, l := range lines {
		if len(l) > 0 {
			shown = append(shown, l)
		}
	}
	return shown
}

// folded puts lines that stayed, and are not beside one that did not, into parts of
// their own.
func folded(lines []Pieces) []Part {
	var parts []Part
	near := func(i int) bool {
		for _, l := range lines[max(i-1, 0):min(i+2, len(lines))] {
			if l.changed() {
				return true
			}
		}
		return false
	}
	for i := 0; i < len(lines); {
		to, words, so := i, 0, near(i)
		for ; to < len(lines) && near(to) == so; to++ {
			for _, p := range lines[to] {
				words += countWords(p.Text)
			}
		}
		if so || words < foldFrom {
			words = 0
		}
		if n := len(parts); n > 0 && words == 0 && parts[n-1].Folded == 0 {
			parts[n-1].Lines = append(parts[n-1].Lines, lines[i:to]...)
		} else {
			parts = append(parts, Part{Lines: lines[i:to:to], Folded: words})
		}
		i = to
	}
	return parts
}

func (c *comparison) count(in bool) int {
	n := 0
	for _, r := range c.runs {
		if in {
			n += countWords(strings.Join(r.in, ""))
		} else {
			n += countWords(strings.Join(r.out, ""))
		}
	}
	return n
}

func countWords(text string) int {
	n := 0
	for _, w := range strings.Fields(text) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

// weight is how many tokens are words, or letters of a script without spaces.
func weight(tokens []string) int {
	n := 0
	for _, t := range tokens {
		if r, _ := utf8.DecodeRuneInString(t); kindOf(r) == word || unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// named gives equal texts equal numbers.
func named(names map[string]int, list []string) []int {
	ids := make([]int, len(list))
	for i, text := range list {
		id, known := names[text]
		if !known {
			id = len(names)
			names[text] = id
		}
		ids[i] = id
	}
	return ids
}

func splitLines(text string) []string {
	lines := strings.SplitAfter(text, "\n")
	if n := len(lines); lines[n-1] == "" {
		lines = lines[:n-1]
	}
	return lines
}

// tokens are words, the ends of lines, the space between them, and every other sign by
// itself. In scripts that set no space between words each letter is one.
func tokens(text string) []string {
	var list []string
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		is := kindOf(r)
		for size < len(text) && is != other {
			next, n := utf8.DecodeRuneInString(text[size:])
			if kindOf(next) != is && !(is == word && unicode.IsMark(next)) {
				break
			}
			size += n
		}
		list = append(list, text[:size])
		text = text[size:]
	}
	return list
}

const (
	other = iota
	word
	space
	end
)

func kindOf(r rune) int {
	switch {
	case r == '\n':
		return end
	case unicode.IsSpace(r):
		return space
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return other
	case unicode.IsLetter(r), unicode.IsDigit(r), r == '’', r == '\'':
		return word
	}
	return other
}
