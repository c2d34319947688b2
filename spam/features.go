package spam

import (
	"math/bits"
	"slices"
)

// Groups of features. Each weighs the same however many features it holds.
const (
	groupWords = iota
	groupPairs
	groupGrams
	groupBare
	groupShape
	groupWriter
	groupLinks
	groups
)

// Features are what the filter reads of a message, hashed: no text can be read back from
// them. They are the same for the same message on every machine.
type Features struct {
	of [groups][]uint32
}

// fineBits are the bits of a hash that each group keeps. What people are told about is
// kept whole, so that two words are not taken for one.
var fineBits = [groups]uint{32, coarse, coarse, coarse, 32, 32, 32}

const coarse = 20

// reader reads one message. If it is to speak, it keeps what each feature comes of.
type reader struct {
	*desk
	out    Features
	page   page
	speak  bool
	spoken []spoken
	causes []cause
}

// Extract reads a message.
func Extract(m Message) Features {
	d := desks.Get().(*desk)
	defer desks.Put(d)
	r := reader{desk: d}
	r.read(m)
	return r.out
}

func (r *reader) read(m Message) {
	if len(m.Text) > mostBytes {
		m.Text = m.Text[:mostBytes]
	}
	r.page = takeApart(m.Text)
	r.text.read(r.page.seen, &r.known)
	r.words = split(r.text.runes, r.words[:0])
	r.links = findLinks(r.page.seen, r.links[:0])
	for _, address := range r.page.links {
		r.links = findLinks(address, r.links)
	}
	r.readWords()
	r.readPairs()
	r.readGrams()
	r.readBare()
	r.readShape(m)
	r.readWriter(m)
	r.readLinks(m)
	for g, ids := range r.out.of {
		slices.Sort(ids)
		r.out.of[g] = slices.Compact(ids)
	}
}

// add adds a feature that comes of a cause; -1 is none.
func (r *reader) add(group int, hash uint32, cause int) {
	r.out.of[group] = append(r.out.of[group], hash>>(32-fineBits[group]))
	r.note(group, hash, cause)
}

// readWords also gives each word the cause under which it is spoken of.
func (r *reader) readWords() {
	r.out.of[groupWords] = make([]uint32, 0, len(r.words)+len(r.page.tags)+4)
	for i := range r.words {
		w := &r.words[i]
		w.cause = -1
		if w.kind == points {
			r.add(groupWords, w.hash, -1)
			continue
		}
		w.cause = r.becauseOfWord(w)
		r.add(groupWords, w.hash, w.cause)
		if w.kind != letters {
			continue
		}
		if digits := countDigits(r.text.runes[w.from:w.to]); digits >= 3 {
			r.add(groupWords, finish(seedWord^uint32(digits)<<8^uint32(bits.Len(uint(w.to-w.from-digits)))), w.cause)
		}
	}
	spacedOut(r.text.runes, r.words, func(joined []rune) { r.add(groupWords, hashRunes(seedWord, joined), -1) })
	for _, tag := range r.page.tags {
		r.add(groupWords, hashString(seedTag, tag), -1)
	}
	for _, h := range r.hiddenWords() {
		r.add(groupWords, h, r.because(HiddenText, 0))
	}
}

// hiddenWords are the words that a reader would not see.
func (r *reader) hiddenWords() []uint32 {
	if r.page.hidden == "" {
		return nil
	}
	const most = 100
	r.name.read(r.page.hidden, &r.known)
	var of []uint32
	for _, w := range split(r.name.runes, nil) {
		if w.kind == letters && len(of) < most {
			of = append(of, finish(w.hash^seedHidden))
		}
	}
	return of
}

func countDigits(runes []rune) int {
	n := 0
	for _, c := range runes {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

const window = 4

// readPairs pairs each word with the few before it, with their distance (orthogonal
// sparse bigrams, Siefkes and others 2004).
func (r *reader) readPairs() {
	r.out.of[groupPairs] = make([]uint32, 0, len(r.words)*(window-1))
	for i := range r.words {
		for d := 1; d < window && d <= i; d++ {
			r.add(groupPairs, finish(r.words[i].hash*31^r.words[i-d].hash*7^seedPair*uint32(d)), r.words[i].cause)
		}
	}
}

// Lengths of the runs of signs that are features, and how much of a text has them.
const (
	gramLength = 4
	bareLength = 5
	mostGrams  = 1500
)

func (r *reader) readGrams() {
	runes := r.text.runes[:min(len(r.text.runes), mostGrams)]
	r.joined = append(append(append(r.joined[:0], ' '), runes...), ' ')
	r.out.of[groupGrams] = make([]uint32, 0, len(r.joined))
	next := 0
	r.grams(r.joined, seedGram, gramLength, gramLength, func(at int, hash uint32) {
		for next < len(r.words) && r.words[next].to <= at {
			next++
		}
		cause := -1
		if next < len(r.words) {
			cause = r.words[next].cause
		}
		r.add(groupGrams, hash, cause)
	})
}

// grams hashes every run of from to to signs and says where its second sign stands.
func (r *reader) grams(runes []rune, seed uint32, from, to int, found func(at int, hash uint32)) {
	for i := range runes {
		h := seed
		for n := 1; n <= to && i+n <= len(runes); n++ {
			h = (h ^ uint32(runes[i+n-1])) * prime
			if n >= from {
				found(i, finish(h^uint32(n)))
			}
		}
	}
}

// readBare reads the letters alone, without what stands between them, without repeats,
// and digits that stand for letters as letters.
func (r *reader) readBare() {
	bare := r.joined[:0]
	last := rune(0)
	for _, c := range r.text.runes[:min(len(r.text.runes), mostGrams)] {
		c = leet(c)
		if c == last || !inWord(c) {
			continue
		}
		bare = append(bare, c)
		last = c
	}
	r.joined = bare
	r.out.of[groupBare] = make([]uint32, 0, len(bare)+1)
	wording := r.because(Wording, 0)
	r.grams(bare, seedBare, bareLength, bareLength, func(_ int, hash uint32) { r.add(groupBare, hash, wording) })
	r.add(groupBare, hashRunes(seedWhole, bare), wording)
}
