// Package chart draws how the check-ins on a step went: a dot for each, a level with its
// band between changes, a mark at each change. No line joins the dots, and nothing is
// foretold.
package chart

import (
	"strconv"

	"waypost/internal/partdate"
	"waypost/web/trail/typeset"
)

// Curve is what is drawn. Values are about 1 to 5.
type Curve struct {
	From, To partdate.Days
	Dots     []Dot
	Levels   []Level
	Changes  []partdate.Days // days from which on it is another level
}

// Dot is one check-in.
type Dot struct {
	Day   partdate.Days
	Value float64
}

// Level is a mean over a time, within a margin; 0 where that is not known.
type Level struct {
	From, To     partdate.Days
	Mean, Margin float64
}

// Words name a chart for those who do not see it, and its ends.
type Words struct {
	Title      string
	Dir        string // ltr or rtl
	Begin, End string // of the time, said beneath it
}

const (
	wide   = 560.0
	high   = 150.0
	start  = 26.0 // room for the numbers at the side
	past   = 10.0
	top    = 10.0
	bottom = 22.0

	smallWide = 240.0
	smallHigh = 44.0
)

// plot knows where things are.
type plot struct {
	*typeset.Pen
	c                        Curve
	left, right, up, down    float64
	first, last, least, most float64
}

func newPlot(c Curve, w Words, width, height, left, right, up, down float64) plot {
	p := plot{Pen: typeset.NewPen(width, w.Dir == "rtl"), c: c, left: left, right: width - right, up: up, down: height - down,
		first: float64(c.From), last: max(float64(c.To), float64(c.From)+1), least: 1, most: 5}
	for _, d := range c.Dots {
		p.least, p.most = min(p.least, d.Value), max(p.most, d.Value)
	}
	return p
}

func (p plot) x(day partdate.Days) float64 {
	if p.c.From == p.c.To {
		return (p.left + p.right) / 2
	}
	return p.left + float64((float64(day)-p.first)/(p.last-p.first)*(p.right-p.left))
}

func (p plot) y(value float64) float64 {
	value = min(max(value, p.least), p.most)
	return p.down - float64((value-p.least)/(p.most-p.least)*(p.down-p.up))
}

// Draw draws a curve with its scale as an SVG element of its own.
func Draw(c Curve, w Words) []byte {
	p := newPlot(c, w, wide, high, start, past, top, bottom)
	p.begin(w, "ch", wide, high)
	p.Open("g", "class", "ch-scale", "stroke", "#e3ded2")
	for v := 1; v <= 5; v++ {
		p.Leaf("path", "d", "M"+p.Place(start, p.y(float64(v)))+"L"+p.Place(wide-past, p.y(float64(v))))
	}
	p.Close("g")
	p.Open("g", "class", "ch-number", "font-size", "12", "fill", "#59615c")
	for v := 1; v <= 5; v += 2 {
		p.Words("text", strconv.Itoa(v), "x", typeset.Num(p.X(8)), "y", typeset.Num(p.y(float64(v))+4))
	}
	p.Words("text", w.Begin, "x", typeset.Num(p.X(start)), "y", typeset.Num(high-4))
	p.Words("text", w.End, "x", typeset.Num(p.X(wide-past)), "y", typeset.Num(high-4), "text-anchor", "end")
	p.Close("g")
	p.marks(4)
	p.Close("svg")
	return p.Written()
}

// DrawSmall draws a curve without words, to stand in a line of a list.
func DrawSmall(c Curve, w Words) []byte {
	p := newPlot(c, w, smallWide, smallHigh, 6, 6, 6, 6)
	p.begin(w, "ch ch-small", smallWide, smallHigh)
	p.Open("g", "class", "ch-scale", "stroke", "#e3ded2")
	for _, v := range []float64{1, 3, 5} {
		p.Leaf("path", "d", "M"+p.Place(6, p.y(v))+"L"+p.Place(smallWide-6, p.y(v)))
	}
	p.Close("g")
	p.marks(3)
	p.Close("svg")
	return p.Written()
}

func (p plot) begin(w Words, class string, width, height float64) {
	p.Open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", class, "role", "img", "aria-label", w.Title,
		"viewBox", "0 0 "+typeset.Num(width)+" "+typeset.Num(height), "direction", w.Dir)
}

// marks draws bands, levels, changes and dots, in this order.
func (p plot) marks(radius float64) {
	for _, l := range p.c.Levels {
		x0, x1 := p.x(l.From)-5, p.x(l.To)+5
		if l.Margin > 0 {
			p.Leaf("path", "class", "ch-band", "fill", "#2b6349", "fill-opacity", "0.14", "d",
				"M"+p.Place(x0, p.y(l.Mean+l.Margin))+"L"+p.Place(x1, p.y(l.Mean+l.Margin))+"L"+p.Place(x1, p.y(l.Mean-l.Margin))+"L"+p.Place(x0, p.y(l.Mean-l.Margin))+"Z")
		}
		p.Leaf("path", "class", "ch-level", "fill", "none", "stroke", "#2b6349", "stroke-width", "2.5", "d", "M"+p.Place(x0, p.y(l.Mean))+"L"+p.Place(x1, p.y(l.Mean)))
	}
	for _, day := range p.c.Changes {
		p.Leaf("path", "class", "ch-change", "fill", "none", "stroke", "#b4470f", "stroke-width", "2", "stroke-dasharray", "4 3", "d", "M"+p.Place(p.x(day)-6, p.up-4)+"L"+p.Place(p.x(day)-6, p.down+4))
	}
	p.Open("g", "class", "ch-dots", "fill", "#1f2421")
	for _, d := range p.c.Dots {
		p.Leaf("circle", "cx", typeset.Num(p.X(p.x(d.Day))), "cy", typeset.Num(p.y(d.Value)), "r", typeset.Num(radius))
	}
	p.Close("g")
}
