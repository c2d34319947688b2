package ink

import "waypost/web/trail/typeset"

// Pen draws what is on the trail.
type Pen struct {
	*typeset.Pen
	fades int // gradients made so far, for their ids
}

// NewPen makes a pen for a drawing that is so wide. With mirror, the start side is
// on the right.
func NewPen(wide float64, mirror bool) *Pen { return &Pen{Pen: typeset.NewPen(wide, mirror)} }

// The small pictures on the trail. Each is placed by the point where it
// touches the trail or the ground.

// Cairn is the heap of stones at the start.
func (p *Pen) Cairn(x, y float64) {
	p.Open("g", "class", "tr-cairn", "fill", Paper, "stroke", Accent, "stroke-width", "1.5")
	for _, stone := range []struct{ up, wide, high float64 }{{3, 9, 3.6}, {9.6, 6.4, 3}, {15, 4, 2.5}} {
		p.Leaf("ellipse", "cx", typeset.Num(p.X(x)), "cy", typeset.Num(y-stone.up), "rx", typeset.Num(stone.wide), "ry", typeset.Num(stone.high))
	}
	p.Close("g")
}

// Signpost points on from the end of a trail that is still being walked. It
// returns how wide its board is.
func (p *Pen) Signpost(s *typeset.Sheet, text string, x, y float64) float64 {
	board := SignWidth(text)
	top := y - 46
	p.Leaf("path", "class", "tr-post", "d", "M"+p.Place(x, y+5)+"L"+p.Place(x, top-5), "stroke", Accent, "stroke-width", "3", "stroke-linecap", "round", "fill", "none")
	p.Leaf("path", "class", "tr-board",
		"d", "M"+p.Place(x-5, top)+"L"+p.Place(x+board-9, top)+"L"+p.Place(x+board, top+11)+"L"+p.Place(x+board-9, top+22)+"L"+p.Place(x-5, top+22)+"Z",
		"fill", Paper, "stroke", Accent, "stroke-width", "1.5", "stroke-linejoin", "round")
	s.Set(typeset.Block{typeset.NewLine(FaceSign, text)}, x+4, top+2.5)
	return board
}

// SignHigh is how far above the trail the signpost reaches.
const SignHigh = 52.0

// SignWidth is how far a signpost with that text reaches beyond its post.
func SignWidth(text string) float64 { return FaceSign.Width(text) + 22 }

// Terminus is the ring at the end of a trail that is over.
func (p *Pen) Terminus(x, y float64) {
	p.Leaf("circle", "class", "tr-node", "cx", typeset.Num(p.X(x)), "cy", typeset.Num(y), "r", "7", "fill", Paper, "stroke", Accent, "stroke-width", "2")
	p.Leaf("circle", "class", "tr-dot", "cx", typeset.Num(p.X(x)), "cy", typeset.Num(y), "r", "3", "fill", Accent)
}

// PeakWide is how wide the hill is.
const PeakWide = 60.0

// Peak is the hill in the distance that the goal is; it is only guessed at while the
// goal is not known.
func (p *Pen) Peak(x, y float64, known bool) {
	if !known {
		p.Leaf("path", "class", "tr-peak", "fill", "none", "stroke", Accent, "stroke-width", "1.6", "stroke-linecap", "round", "stroke-dasharray", "3 4",
			"d", "M"+p.Place(x-30, y)+"L"+p.Place(x-8, y-30)+"L"+p.Place(x+3, y-15)+"M"+p.Place(x-6, y)+"L"+p.Place(x+10, y-23)+"L"+p.Place(x+28, y))
		return
	}
	p.Leaf("path", "class", "tr-peak", "fill", "none", "stroke", Accent, "stroke-width", "1.6", "stroke-linejoin", "round", "stroke-linecap", "round",
		"d", "M"+p.Place(x-30, y)+"L"+p.Place(x-8, y-30)+"L"+p.Place(x+3, y-15)+"M"+p.Place(x-6, y)+"L"+p.Place(x+10, y-23)+"L"+p.Place(x+28, y)+
			"M"+p.Place(x-8, y-30)+"L"+p.Place(x-8, y-45))
	p.Leaf("path", "class", "tr-pennant", "fill", Accent, "d", "M"+p.Place(x-8, y-45)+"L"+p.Place(x+4, y-41.5)+"L"+p.Place(x-8, y-38)+"Z")
}

// Node is the point where a step begins. An open ring says that only the year is known.
func (p *Pen) Node(x, y, r float64, soft bool) {
	a := []string{"cx", typeset.Num(p.X(x)), "cy", typeset.Num(y), "r", typeset.Num(r)}
	if soft {
		a = append(a, "stroke-dasharray", "2 1.6")
	}
	p.Leaf("circle", a...)
}

// How far a blaze reaches from its middle.
const (
	BlazeWide = 8.5 // to either side
	BlazeHigh = 11.0
)

// Blaze is the mark painted on the trail where something changed.
func (p *Pen) Blaze(x, y float64) {
	p.Leaf("path", "d", "M"+p.Place(x, y-BlazeHigh)+"L"+p.Place(x+BlazeWide, y)+"L"+p.Place(x, y+BlazeHigh)+"L"+p.Place(x-BlazeWide, y)+"Z")
}

// SmallBlaze is the mark where something may have changed.
func (p *Pen) SmallBlaze(x, y float64) {
	const wide, high = BlazeWide - 2.5, BlazeHigh - 3
	p.Leaf("path", "d", "M"+p.Place(x, y-high)+"L"+p.Place(x+wide, y)+"L"+p.Place(x, y+high)+"L"+p.Place(x-wide, y)+"Z")
}

// Stubs are the beginnings of ways that were not taken, closed off by bars: one to a
// side, or where the trail runs down, to the side where no words are.
func (p *Pen) Stubs(x, y float64, n int, down bool) {
	if down {
		n = min(n, 1)
	}
	for _, side := range []float64{1, -1}[:min(n, 2)] {
		at := func(on, off float64) string {
			if down {
				return p.Place(x-off, y+on)
			}
			return p.Place(x+on, y+float64(side*off))
		}
		p.Leaf("path", "d", "M"+at(0, 0)+"C"+at(7, 3)+" "+at(13, 8)+" "+at(18, 14)+"M"+at(14.5, 16.5)+"L"+at(21.5, 11.5))
	}
}

// Milestone is a stone on the ground, with a larger one for a year.
func (p *Pen) Milestone(x, y float64, year bool) {
	half, high := 2.5, 4.0
	if year {
		half, high = 4, 6.5
	}
	sweep := "1"
	if p.Mirrored() {
		sweep = "0"
	}
	p.Leaf("path", "d", "M"+p.Place(x-half, y)+"L"+p.Place(x-half, y-high)+
		"A"+typeset.Num(half)+" "+typeset.Num(half)+" 0 0 "+sweep+" "+p.Place(x+half, y-high)+"L"+p.Place(x+half, y)+"Z")
}
