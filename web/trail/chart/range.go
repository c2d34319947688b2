package chart

import (
	"strconv"

	"waypost/web/trail/typeset"
)

// Range is what lies between a low and a high on a scale of 0 to 10, with a point in it.
type Range struct{ Low, Point, High float64 }

// RangeWords are what a range says to those who do not see it, and which way it runs: ltr or rtl.
type RangeWords struct{ Title, Dir string }

const (
	rangeTop      = 10.0 // of the scale
	rangeWide     = 360.0
	rangeHigh     = 40.0
	rangeSide     = 8.0
	rangeSmall    = 160.0
	rangeSmallTop = 18.0
)

// DrawRange draws a range with its scale as an SVG element of its own.
func DrawRange(r Range, w RangeWords) []byte {
	p := ranged{typeset.NewPen(rangeWide, w.Dir == "rtl"), rangeSide, rangeWide - 2*rangeSide}
	p.begin(w, "ch", rangeWide, rangeHigh)
	p.scale(14, 6, 22, 0, 2, 4, 6, 8, rangeTop)
	p.Open("g", "class", "ch-number", "font-size", "12", "fill", "#59615c")
	for _, v := range []float64{0, 5, rangeTop} {
		p.Words("text", strconv.Itoa(int(v)), "x", typeset.Num(p.X(p.x(v))), "y", "36", "text-anchor", "middle")
	}
	p.Close("g")
	p.bar(r, 14, 12)
	p.Close("svg")
	return p.Written()
}

// DrawRangeSmall draws a range without numbers, to stand in a table.
func DrawRangeSmall(r Range, w RangeWords) []byte {
	p := ranged{typeset.NewPen(rangeSmall, w.Dir == "rtl"), rangeSide, rangeSmall - 2*rangeSide}
	p.begin(w, "ch", rangeSmall, rangeSmallTop)
	p.scale(9, 3, 15, 0, 5, rangeTop)
	p.bar(r, 9, 8)
	p.Close("svg")
	return p.Written()
}

// ranged draws on a scale of 0 to 10.
type ranged struct {
	*typeset.Pen
	left, width float64
}

func (p ranged) x(v float64) float64 {
	return p.left + float64(min(max(v, 0), rangeTop)*p.width/rangeTop)
}

func (p ranged) begin(w RangeWords, class string, width, height float64) {
	p.Open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", class, "role", "img", "aria-label", w.Title,
		"viewBox", "0 0 "+typeset.Num(width)+" "+typeset.Num(height), "direction", w.Dir)
}

// scale draws the line at y with a mark at each value.
func (p ranged) scale(y, up, down float64, values ...float64) {
	line := "M" + p.Place(p.x(0), y) + "L" + p.Place(p.x(rangeTop), y)
	for _, v := range values {
		line += "M" + p.Place(p.x(v), up) + "L" + p.Place(p.x(v), down)
	}
	p.Leaf("path", "class", "ch-scale", "fill", "none", "stroke", "#e3ded2", "d", line)
}

// bar draws the range at y and its point.
func (p ranged) bar(r Range, y, high float64) {
	if r.High > r.Low {
		x0, x1 := p.x(r.Low), p.x(r.High)
		p.Leaf("path", "class", "ch-span", "fill", "none", "stroke", "#2b6349", "stroke-opacity", "0.4", "stroke-width", typeset.Num(high),
			"d", "M"+p.Place(x0, y)+"L"+p.Place(x1, y))
	}
	p.Open("g", "class", "ch-dots", "fill", "#1f2421")
	p.Leaf("circle", "cx", typeset.Num(p.X(p.x(r.Point))), "cy", typeset.Num(y), "r", typeset.Num(high/2-0.5))
	p.Close("g")
}
