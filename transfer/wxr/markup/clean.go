package markup

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Cleaned is a text made plain.
type Cleaned struct {
	HTML  string
	Notes []string // what was left out or changed, each kind once, in plain English
}

// longestText is the most bytes that are looked at: a text beyond it was not written
// by people.
const longestText = 8 << 20

// Clean makes the content of a post plain. Addresses in shortcodes that are not
// complete are taken to be relative to base, the address of the old site, which
// may be empty. A text of more than 8 MiB comes back as it is, with a note.
func Clean(content, base string) Cleaned {
	if len(content) > longestText {
		return Cleaned{content, []string{"the text is too long to be made plain and was kept as it is"}}
	}
	text := strings.ReplaceAll(strings.ReplaceAll(content, "\r\n", "\n"), "\r", "\n")
	c := cleaner{text: text, pieces: lex(text), notes: map[string]int{}}
	c.pair()
	if u, err := url.Parse(base); err == nil && u.Host != "" {
		c.base = u.JoinPath("/")
	}
	c.walk()
	return Cleaned{c.out.finish(), c.told()}
}

// cleaner goes through the pieces of one text.
type cleaner struct {
	text   string
	pieces []piece
	base   *url.URL // nil where not known
	out    paragraphs
	blocks int // blocks of the block editor open
	notes  map[string]int
}

// walk writes every piece, or what becomes of it.
func (c *cleaner) walk() {
	for i := 0; i < len(c.pieces); i++ {
		p := c.pieces[i]
		switch p.kind {
		case text:
			c.out.text(c.source(p))
		case escaped:
			c.out.text(c.source(p)[1 : p.end-p.start-1])
		case tag:
			c.out.tag(c.source(p))
		case verbatim:
			c.out.verbatim(c.source(p))
		case comment:
			i = c.comment(i)
		case opener:
			i = c.shortcode(i)
		case closer:
			if p.match < 0 {
				c.note("the shortcode [/%s] was left out", shortcodeName(c.source(p)))
			}
		}
	}
}

func (c *cleaner) source(p piece) string { return c.text[p.start:p.end] }

// inner is what stands between piece i and the piece that ends it.
func (c *cleaner) inner(i int) string {
	p := c.pieces[i]
	if p.match < 0 {
		return ""
	}
	return c.text[p.end:c.pieces[p.match].start]
}

// end is the index of the last piece that belongs to piece i.
func (c *cleaner) end(i int) int { return max(i, int(c.pieces[i].match)) }

func (c *cleaner) note(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); len(c.notes) < mostNotes || c.notes[s] > 0 {
		c.notes[s]++
	}
}

// mostNotes is how many kinds of notes one text gets.
const mostNotes = 50

// told gives the notes in order of the alphabet, with how often each was made.
func (c *cleaner) told() []string {
	var all []string
	for s, n := range c.notes {
		if n > 1 {
			s = fmt.Sprintf("%s (%d times)", s, n)
		}
		all = append(all, s)
	}
	slices.Sort(all)
	return all
}
