package trail

import "waypost/web/trail/typeset"

// pen draws what is on the trail.
type pen struct {
	*typeset.Pen
	fades int // gradients made so far, for their ids
}

// The small pictures on the trail. Each is placed by the point where it
// touches the trail or the ground.

// cairn is the heap of stones at the start.
func (p *pen) cairn(x, y float64) {
	p.Open("g", "class", "tr-cairn", "fill", paper, "stroke", accent, "stroke-width", "1.5")
	for _, stone := range []struct{ up, wide, high float64 }{{3, 9, 3.6}, {9.6, 6.4, 3}, {15, 4, 2.5}} {
		p.Leaf("ellipse", "cx", typeset.Num(p.X(x)), "cy", typeset.Num(y-stone.up), "rx", typeset.Num(stone.wide), "ry", typeset.Num(stone.high))
	}
	p.Close("g")
}

// signpost points on from the end of a trail that is still being walked. It
// returns how wide its board is.
func (p *pen) signpost(s *typeset.Sheet, text string, x, y float64) float64 {
	board := signWidth(text)
	top := y - 46
	p.Leaf("path", "class", "tr-post", "d", "M"+p.Place(x, y+5)+"L"+p.Place(x, top-5), "stroke", accent, "stroke-width", "3", "stroke-linecap", "round", "fill", "none")
	p.Leaf("path", "class", "tr-board",
		"d", "M"+p.Place(x-5, top)+"L"+p.Place(x+board-9, top)+"L"+p.Place(x+board, top+11)+"L"+p.Place(x+board-9, top+22)+"L"+p.Place(x-5, top+22)+"Z",
		"fill", paper, "stroke", accent, "stroke-width", "1.5", "stroke-linejoin", "round")
	s.Set(typeset.Block{typeset.NewLine(faceSign, text)}, x+4, top+2.5)
	return board
}

// signHigh is how far above the trail the signpost reaches.
const signHigh = 52.0

func signWidth(text string) float64 { return faceSign.Width(text) + 22 }

// terminus is the ring at the end of a trail that is over.
func (p *pen) terminus(x, y float64) {
	p.Leaf("circle", "class", "tr-node", "cx", typeset.Num(p.X(x)), "cy", typeset.Num(y), "r", "7", "fill", paper, "stroke", accent, "stroke-width", "2")
	p.Leaf("circle", "class", "tr-dot", "cx", typeset.Num(p.X(x)), "cy", typeset.Num(y), "r", "3", "fill", accent)
}

const peakWide = 60.0

// peak is the hill in the distance that the goal is.
func (p *pen) peak(x, y float64) {
	p.Leaf("path", "class", "tr-peak", "fill", "none", "stroke", accent, "stroke-width", "1.6", "stroke-linejoin", "round", "stroke-linecap", "round",
		"d", "M"+p.Place(x-30, y)+"L"+p.Place(x-8, y-30)+"L"+p.Place(x+3, y-15)+"M"+p.Place(x-6, y)+"L"+p.Place(x+10, y-23)+"L"+p.Place(x+28, y)+
			"M"+p.Place(x-8, y-30)+"L"+p.Place(x-8, y-45))
	p.Leaf("path", "class", "tr-pennant", "fill", accent, "d", "M"+p.Place(x-8, y-45)+"L"+p.Place(x+4, y-41.5)+"L"+p.Place(x-8, y-38)+"Z")
}

// node is the point where a step begins. An open ring says that only the year is known.
func (p *pen) node(x, y, r float64, soft bool) {
	a := []string{"cx", typeset.Num(p.X(x)), "cy", typeset.Num(y), "r", typeset.Num(r)}
	if soft {
		a = append(a, "stroke-dasharray", "2 1.6")
	}
	p.Leaf("circle", a...)
}

const (
	blazeWide = 8.5 // to either side
	blazeHigh = 11.0
)

// blaze is the mark painted on the trail where something changed.
func (p *pen) blaze(x, y float64) {
	p.Leaf("path", "d", "M"+p.Place(x, y-blazeHigh)+"L"+p.Place(x+blazeWide, y)+"L"+p.Place(x, y+blazeHigh)+"L"+p.Place(x-blazeWide, y)+"Z")
}

// milestone is a stone on the ground, with a larger one for a year.
func (p *pen) milestone(x, y float64, year bool) {
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
