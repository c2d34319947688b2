package spam

import (
	"math/bits"
	"strings"
	"unicode"
)

// Shapes of a text, its writer and its links, each a name and a rough number.

// shape adds a shape that is spoken of by a code and a number. What is not there is not
// spoken of.
func (r *reader) shape(code string, n int, name string, value int) {
	c := -1
	if code != "" && n > 0 {
		if c = r.because(code, 0); c >= 0 {
			r.causes[c].N = n
		}
	}
	r.add(groupShape, sized(seedShape, name, value), c)
}

func sized(seed uint32, name string, value int) uint32 {
	return finish(hashString(seed, name) ^ uint32(value)*prime)
}

// rough is a number's size in powers of two.
func rough(n int) int { return bits.Len(uint(max(n, 0))) }

// share is a part of a whole in steps: none, a little, then by tenths.
func share(part, whole int) int {
	if part <= 0 || whole <= 0 {
		return 0
	}
	return 1 + 8*part/whole
}

func (r *reader) readShape(m Message) {
	f := &r.text
	words := countWords(r.words)
	r.shape("", 0, "always", 0)
	r.shape(Length, words, "length", rough(f.total))
	r.shape(Length, words, "length third", bits.Len(uint(f.total*f.total))) // half steps
	r.shape(Capitals, f.capitals, "capitals", share(f.capitals, f.letters))
	r.shape(Digits, f.digits, "digits", share(f.digits, f.total))
	r.shape("", 0, "others", share(f.others, f.total))
	r.shape(Disguised, f.disguised, "disguised", min(rough(f.disguised), 4))
	r.shape(Unseen, f.unseen, "unseen", min(rough(f.unseen), 3))
	r.shape("", 0, "lines", min(rough(f.lines), 5))
	r.shape("", 0, "blanks", min(rough(f.blanks), 3))
	r.shape(Markup, r.page.entities, "entities", min(rough(r.page.entities), 3))
	r.shape(Markup, len(r.page.tags), "tags", rough(len(r.page.tags)))
	r.shape(HiddenText, len(r.page.hidden), "hidden", min(rough(len(r.page.hidden)), 6))
	r.wordShapes()
	r.linkShapes()
	if m.Subject != "" {
		r.shape(Agreement, 1, "agrees", r.agreement(m.Subject))
	}
}

func (r *reader) wordShapes() {
	runes := r.text.runes
	count, longest, number, marks, questions, dots, money, signs, mixed, repeats, sum := 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
	for _, w := range r.words {
		part := runes[w.from:w.to]
		switch w.kind {
		case letters:
			count++
			longest = max(longest, len(part))
			sum += len(part)
			digits := countDigits(part)
			if digits == len(part) {
				number = max(number, digits)
			} else if digits > 0 {
				mixed++
			}
		case sign:
			switch part[0] {
			case '$', '€', '£', '¥', '₹':
				money++
			default:
				signs++
			}
		default:
			for _, c := range part {
				switch c {
				case '!':
					marks++
				case '?':
					questions++
				case '.':
					dots++
				}
			}
		}
	}
	run := 1
	for i := 1; i < len(runes); i++ {
		if runes[i] == runes[i-1] && unicode.IsLetter(runes[i]) {
			if run++; run == 3 {
				repeats++
			}
		} else {
			run = 1
		}
	}
	r.shape(Length, count, "words", rough(count))
	r.shape("", 0, "longest word", min(rough(longest), 6))
	r.shape("", 0, "mean word", sum/max(count, 1))
	r.shape(Digits, number, "number", min(number, 12))
	r.shape(Marks, marks, "!", min(marks, 4))
	r.shape("", 0, "?", min(questions, 3))
	r.shape("", 0, ".", min(rough(dots), 4))
	r.shape(Money, money, "money", min(money, 3))
	r.shape(Signs, signs, "signs", min(rough(signs), 5))
	r.shape(Digits, mixed, "mixed words", min(rough(mixed), 4))
	r.shape(Repeats, repeats, "repeats", min(repeats, 3))
	spaced := 0
	spacedOut(runes, r.words, func(joined []rune) {
		if len(joined) >= 4 {
			spaced++
		}
	})
	r.shape(SpacedOut, spaced, "spaced out", min(spaced, 3))
	if n := len(runes); n > 0 {
		r.shape("", 0, "first", kindOf(runes[0]))
		r.shape("", 0, "last", kindOf(runes[n-1]))
	}
}

func kindOf(c rune) int {
	switch {
	case c < 0x80 && !inWord(c):
		return int(c)
	case c >= '0' && c <= '9':
		return 1
	case unicode.IsLetter(c):
		return 2
	}
	return 3
}

func (r *reader) linkShapes() {
	sites := map[string]bool{}
	short, deep, query := 0, 0, 0
	for _, l := range r.links {
		sites[siteOf(l.host)] = true
		if shorteners[l.host] {
			short++
		}
		if len(l.rest) > 1 {
			deep++
		}
		if strings.Contains(l.rest, "=") {
			query++
		}
	}
	code, n := Links, len(r.links)
	if n == 0 {
		code, n = NoLinks, 1
	}
	r.shape(code, n, "links", min(len(r.links), 5))
	r.shape(code, n, "sites", min(len(sites), 4))
	if len(r.links) == 0 {
		return
	}
	r.shape(code, n, "short links", min(short, 2))
	r.shape(code, n, "deep links", min(deep, 2))
	r.shape(code, n, "query links", min(query, 2))
	r.shape(code, n, "words a link", rough(len(r.words)/len(r.links)))
}

// agreement is how much of the longer words of a text stand in what it answers.
func (r *reader) agreement(subject string) int {
	var f folded
	f.read(subject, &r.known)
	there := map[uint32]bool{}
	for _, w := range split(f.runes, nil) {
		there[w.hash] = true
	}
	const long = 4
	same, all := 0, 0
	for _, w := range r.words {
		if w.kind == letters && w.to-w.from >= long {
			all++
			if there[w.hash] {
				same++
			}
		}
	}
	return share(same, all)
}

func countWords(words []word) int {
	n := 0
	for _, w := range words {
		if w.kind == letters {
			n++
		}
	}
	return n
}
