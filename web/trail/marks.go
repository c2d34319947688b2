package trail

import (
	"waypost/web/trail/ink"
	"waypost/web/trail/typeset"
)

// marked are the turns of a route with a mark.
func (r route) marked(m mark) (all []turn) {
	for _, t := range r.turns {
		if t.mark == m {
			all = append(all, t)
		}
	}
	return all
}

// drawMarks draws the marks of all turns at their places on a trail that runs across
// or down.
func (r route) drawMarks(p *ink.Pen, place func(turn) (x, y float64), down bool) {
	p.Open("g", "class", "tr-blaze", "fill", ink.Marker, "stroke", ink.Paper, "stroke-width", "2")
	for _, t := range r.marked(blaze) {
		p.Blaze(place(t))
	}
	p.Close("g")
	if found := r.marked(maybe); len(found) > 0 {
		p.Open("g", "class", "tr-maybe", "fill", ink.Paper, "stroke", ink.Marker, "stroke-width", "1.5")
		for _, t := range found {
			p.SmallBlaze(place(t))
		}
		p.Close("g")
	}
	if forks := r.marked(fork); len(forks) > 0 {
		p.Open("g", "class", "tr-bend", "fill", "none", "stroke", ink.Accent, "stroke-width", "2.4", "stroke-opacity", "0.45", "stroke-linecap", "round")
		for _, t := range forks {
			x, y := place(t)
			p.Stubs(x, y, len(t.fork.NotTaken), down)
		}
		p.Close("g")
		p.Open("g", "class", "tr-fork", "fill", ink.Accent, "stroke", ink.Paper, "stroke-width", "2")
		for _, t := range forks {
			x, y := place(t)
			p.Node(x, y, 5, false)
		}
		p.Close("g")
	}
}

// drawUntaken draws the ways not taken: stubs that leave a line beside the words of a
// decision, each to its name. With back, the words are before the line.
func drawUntaken(p *ink.Pen, words typeset.Block, x, top float64, back bool) {
	in := typeset.PoleGap + untakenIn - 4
	if back {
		in = -in
	}
	for _, middle := range words.Starts(ink.FaceUntaken) {
		y := top + middle
		p.Leaf("path", "d", "M"+p.Place(x, y-9)+"C"+p.Place(x, y-2)+" "+p.Place(x+in/3, y)+" "+p.Place(x+in, y))
	}
}
