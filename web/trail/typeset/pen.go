package typeset

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Pen writes SVG. Positions are given from the start side; in a right-to-left
// figure they are mirrored as they are written.
type Pen struct {
	out    strings.Builder
	wide   float64
	mirror bool
}

// NewPen makes a pen for a drawing that is so wide. With mirror, the start side is
// on the right.
func NewPen(wide float64, mirror bool) *Pen { return &Pen{wide: wide, mirror: mirror} }

// Mirrored reports whether the pen writes a right-to-left drawing.
func (p *Pen) Mirrored() bool { return p.mirror }

// Written is all that the pen has written so far.
func (p *Pen) Written() []byte { return []byte(p.out.String()) }

// X turns a distance from the start side into the position on the page.
func (p *Pen) X(v float64) float64 {
	if p.mirror {
		return p.wide - v
	}
	return v
}

// Place gives a point as path data has it: x and y with a space between.
func (p *Pen) Place(x, y float64) string { return Num(p.X(x)) + " " + Num(y) }

// Open begins an element; attributes are name, value, name, value. Values are
// escaped, names are not.
func (p *Pen) Open(name string, attributes ...string) {
	p.tag(name, attributes)
	p.out.WriteString(">")
}

// Leaf writes an element without content.
func (p *Pen) Leaf(name string, attributes ...string) {
	p.tag(name, attributes)
	p.out.WriteString("/>")
}

// Close ends the element of that name, which is for the caller to keep track of.
func (p *Pen) Close(name string) { p.out.WriteString("</" + name + ">") }

func (p *Pen) tag(name string, attributes []string) {
	p.out.WriteString("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		p.out.WriteString(" " + attributes[i] + `="` + escape(attributes[i+1]) + `"`)
	}
}

// Words writes an element that holds only text.
func (p *Pen) Words(name, text string, attributes ...string) {
	p.Open(name, attributes...)
	p.out.WriteString(escape(text))
	p.Close(name)
}

// Num writes a number rounded to a tenth, in as few characters as it takes.
func Num(v float64) string {
	rounded := math.Round(v*10) / 10
	if rounded == 0 {
		return "0"
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// escape makes text safe in XML content and attributes and leaves out the
// characters that XML 1.0 cannot hold (section 2.2, Char).
func escape(text string) string {
	if !strings.ContainsFunc(text, needsEscape) {
		return text
	}
	return escaper.Replace(strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < 0x20 || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD")))
}

func needsEscape(r rune) bool {
	switch r {
	case '&', '<', '>', '"', '\'', utf8.RuneError, 0xFFFE, 0xFFFF:
		return true
	}
	return r < ' '
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")
