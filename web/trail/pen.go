package trail

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// setPen writes SVG. Positions are given from the start side; in a right-to-left
// figure they are mirrored as they are written.
type setPen struct {
	out    strings.Builder
	wide   float64
	mirror bool
}

// newPen makes a pen for a drawing that is so wide, mirrored or not.
func newPen(wide float64, mirror bool) *setPen { return &setPen{wide: wide, mirror: mirror} }

// mirrored reports whether the pen writes a right-to-left drawing.
func (p *setPen) mirrored() bool { return p.mirror }

// written is what the pen has written.
func (p *setPen) written() []byte { return []byte(p.out.String()) }

// x gives the position on the page.
func (p *setPen) x(v float64) float64 {
	if p.mirror {
		return p.wide - v
	}
	return v
}

// place writes a point.
func (p *setPen) place(x, y float64) string { return num(p.x(x)) + " " + num(y) }

// open begins an element; attributes are name, value, name, value.
func (p *setPen) open(name string, attributes ...string) {
	p.tag(name, attributes)
	p.out.WriteString(">")
}

// leaf writes an element without content.
func (p *setPen) leaf(name string, attributes ...string) {
	p.tag(name, attributes)
	p.out.WriteString("/>")
}

func (p *setPen) close(name string) { p.out.WriteString("</" + name + ">") }

func (p *setPen) tag(name string, attributes []string) {
	p.out.WriteString("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		p.out.WriteString(" " + attributes[i] + `="` + escape(attributes[i+1]) + `"`)
	}
}

// words writes an element that holds only text.
func (p *setPen) words(name, text string, attributes ...string) {
	p.open(name, attributes...)
	p.out.WriteString(escape(text))
	p.close(name)
}

// num writes a number rounded to a tenth, in as few characters as it takes.
func num(v float64) string {
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
