package spam

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"waypost/internal/looks"
)

// Limits of what is read of one text, so that no text costs more than a long one.
const (
	mostBytes = 40_000
	mostRunes = 6_000
)

// folded is a text as the filter compares it: small plain letters, blanks that are
// single, nothing that is not seen. The rest is counted.
type folded struct {
	runes []rune

	letters, capitals, digits, others int
	disguised                         int // letters of other alphabets that look like Latin ones
	unseen                            int // zero-width signs and the like
	lines, blanks                     int // line breaks; runs of blanks
	total                             int // signs, before the text was cut
}

// signs keeps what signs outside ASCII fold to, since finding it out is slow.
type signs struct {
	of   [1024]rune
	what [1024]string
}

func (s *signs) fold(r rune) string {
	i := uint32(r) * 2654435761 >> 22
	if s.of[i] != r {
		s.of[i], s.what[i] = r, looks.Letter(r)
	}
	return s.what[i]
}

func (f *folded) read(text string, known *signs) {
	*f = folded{runes: f.runes[:0]}
	if len(text) > mostBytes {
		text = text[:mostBytes]
	}
	blank := true
	for _, r := range text {
		if len(f.runes) >= mostRunes {
			break
		}
		f.total++
		switch {
		case r >= utf8.RuneSelf:
			f.foreign(r, known, &blank)
			continue
		case r >= 'a' && r <= 'z':
			f.letters++
		case r >= 'A' && r <= 'Z':
			f.letters++
			f.capitals++
			r |= 0x20
		case r >= '0' && r <= '9':
			f.digits++
		case r <= ' ' || r == 0x7f:
			f.space(r, &blank)
			continue
		default:
			f.others++
		}
		f.runes = append(f.runes, r)
		blank = false
	}
	if n := len(f.runes); n > 0 && f.runes[n-1] == ' ' {
		f.runes = f.runes[:n-1]
	}
}

func (f *folded) space(r rune, blank *bool) {
	if r == '\n' {
		f.lines++
	}
	if *blank {
		f.blanks++
		return
	}
	f.runes = append(f.runes, ' ')
	*blank = true
}

func (f *folded) foreign(r rune, known *signs, blank *bool) {
	if r == utf8.RuneError {
		return
	}
	if unicode.IsSpace(r) {
		f.space(r, blank)
		return
	}
	plain := known.fold(r)
	if plain == "" {
		if unicode.Is(unicode.Cf, r) {
			f.unseen++
		}
		return
	}
	letter := unicode.IsLetter(r)
	if letter {
		f.letters++
		if unicode.IsUpper(r) {
			f.capitals++
		}
	} else {
		f.others++
	}
	if plain[0] < utf8.RuneSelf && !unicode.Is(unicode.Latin, r) && asciiLetter(plain[0]) {
		f.disguised++
	}
	for _, p := range plain {
		f.runes = append(f.runes, p)
	}
	*blank = false
}

// desk is what one reading needs and the next can use again.
type desk struct {
	known   signs
	text    folded
	name    folded
	joined  []rune
	words   []word
	links   []link
	located located
	spoken  []spoken
	causes  []cause
}

var desks = sync.Pool{New: func() any { return new(desk) }}
