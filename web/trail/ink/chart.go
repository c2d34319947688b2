package ink

import (
	"strings"

	"waypost/web/trail/typeset"
)

// Chart is a curve of check-ins in a frame: a line for each of the values 1, 3 and 5,
// a dot for each check-in, the levels with how near they are known, and the days on
// which something changed. Its places are on the page's width from the start side.
type Chart struct {
	Left, Right float64 // of the frame
	Top         float64 // where the value 5 lies
	Dots        []Dot
	Levels      []Level
	Changes     []float64
	Possible    []float64 // changes that nobody has confirmed
}

// Dot is one check-in.
type Dot struct{ Place, Value float64 }

// Level is a mean over some time.
type Level struct{ From, To, Mean, Margin float64 }

// ChartHigh is how far the value 1 lies below the value 5.
const ChartHigh = 52.0

// chartOver is how far values beyond 1 and 5 are shown.
const chartOver = 0.15

func (c Chart) y(value float64) float64 {
	value = min(max(value, 1-chartOver), 5+chartOver)
	return c.Top + float64((5-value)*ChartHigh/4)
}

// Chart draws a chart, with its numbers before it.
func (p *Pen) Chart(s *typeset.Sheet, c Chart) {
	p.Leaf("path", "class", "tr-land", "fill", "none", "stroke", Faint, "stroke-width", "1.2",
		"d", p.across(c, 5)+p.across(c, 3)+p.across(c, 1))
	for _, number := range []struct {
		value float64
		text  string
	}{{5, "5"}, {1, "1"}} {
		s.SetMiddle(FaceMonth, number.text, c.Left-7, c.y(number.value)+4.5)
	}
	p.upright(c, "", c.Changes)
	p.upright(c, "2 3", c.Possible)
	for _, l := range c.Levels {
		if l.Margin > 0 {
			low, high := c.y(l.Mean-l.Margin), c.y(l.Mean+l.Margin)
			p.Leaf("path", "class", "tr-band", "fill", Accent, "fill-opacity", "0.16",
				"d", "M"+p.Place(l.From, high)+"L"+p.Place(l.To, high)+"L"+p.Place(l.To, low)+"L"+p.Place(l.From, low)+"Z")
		}
	}
	var dots, means strings.Builder
	for _, d := range c.Dots {
		dots.WriteString("M" + p.Place(d.Place, c.y(d.Value)) + "h0")
	}
	for _, l := range c.Levels {
		means.WriteString("M" + p.Place(l.From, c.y(l.Mean)) + "L" + p.Place(l.To, c.y(l.Mean)))
	}
	if means.Len() > 0 {
		p.Leaf("path", "class", "tr-way", "fill", "none", "stroke", Accent, "stroke-width", "2.2", "d", means.String())
	}
	p.Leaf("path", "class", "tr-rest", "fill", "none", "stroke", Muted, "stroke-width", "4.4", "stroke-linecap", "round", "d", dots.String())
}

func (p *Pen) across(c Chart, value float64) string {
	return "M" + p.Place(c.Left, c.y(value)) + "L" + p.Place(c.Right, c.y(value))
}

func (p *Pen) upright(c Chart, dash string, places []float64) {
	var d strings.Builder
	for _, x := range places {
		d.WriteString("M" + p.Place(x, c.y(5)-3) + "L" + p.Place(x, c.y(1)+3))
	}
	if d.Len() == 0 {
		return
	}
	a := []string{"class", "tr-marker", "fill", "none", "stroke", Marker, "stroke-width", "1.4", "d", d.String()}
	if dash != "" {
		a = append(a, "stroke-dasharray", dash)
	}
	p.Leaf("path", a...)
}
