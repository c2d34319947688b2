package trail

// pen draws what is on the trail.
type pen struct {
	*setPen
	fades int // gradients made so far, for their ids
}

// The small pictures on the trail. Each is placed by the point where it
// touches the trail or the ground.

// cairn is the heap of stones at the start.
func (p *pen) cairn(x, y float64) {
	p.open("g", "class", "tr-cairn", "fill", paper, "stroke", accent, "stroke-width", "1.5")
	for _, stone := range []struct{ up, wide, high float64 }{{3, 9, 3.6}, {9.6, 6.4, 3}, {15, 4, 2.5}} {
		p.leaf("ellipse", "cx", num(p.x(x)), "cy", num(y-stone.up), "rx", num(stone.wide), "ry", num(stone.high))
	}
	p.close("g")
}

// signpost points on from the end of a trail that is still being walked. It
// returns how wide its board is.
func (p *pen) signpost(s *sheet, text string, x, y float64) float64 {
	board := faceSign.width(text) + 22
	top := y - 46
	p.leaf("path", "class", "tr-post", "d", "M"+p.place(x, y+5)+"L"+p.place(x, top-5), "stroke", accent, "stroke-width", "3", "stroke-linecap", "round", "fill", "none")
	p.leaf("path", "class", "tr-board",
		"d", "M"+p.place(x-5, top)+"L"+p.place(x+board-9, top)+"L"+p.place(x+board, top+11)+"L"+p.place(x+board-9, top+22)+"L"+p.place(x-5, top+22)+"Z",
		"fill", paper, "stroke", accent, "stroke-width", "1.5", "stroke-linejoin", "round")
	s.set(block{newLine(faceSign, text)}, x+4, top+2.5)
	return board
}

// signRoom is the room that the signpost's board may take.
func signRoom(x, y float64) box { return box{x - 4, y - 54, wideWidth, y - 20} }

// terminus is the ring at the end of a trail that is over.
func (p *pen) terminus(x, y float64) {
	p.leaf("circle", "class", "tr-node", "cx", num(p.x(x)), "cy", num(y), "r", "7", "fill", paper, "stroke", accent, "stroke-width", "2")
	p.leaf("circle", "class", "tr-dot", "cx", num(p.x(x)), "cy", num(y), "r", "3", "fill", accent)
}

// peak is the hill in the distance that the goal is.
func (p *pen) peak(x, y float64) {
	p.leaf("path", "class", "tr-peak", "fill", "none", "stroke", accent, "stroke-width", "1.6", "stroke-linejoin", "round", "stroke-linecap", "round",
		"d", "M"+p.place(x-30, y)+"L"+p.place(x-8, y-30)+"L"+p.place(x+3, y-15)+"M"+p.place(x-6, y)+"L"+p.place(x+10, y-23)+"L"+p.place(x+28, y)+
			"M"+p.place(x-8, y-30)+"L"+p.place(x-8, y-45))
	p.leaf("path", "class", "tr-pennant", "fill", accent, "d", "M"+p.place(x-8, y-45)+"L"+p.place(x+4, y-41.5)+"L"+p.place(x-8, y-38)+"Z")
}

// node is the point where a step begins. An open ring says that only the year is known.
func (p *pen) node(x, y, r float64, soft bool) {
	a := []string{"cx", num(p.x(x)), "cy", num(y), "r", num(r)}
	if soft {
		a = append(a, "stroke-dasharray", "2 1.6")
	}
	p.leaf("circle", a...)
}

// blaze is the mark painted on the trail where something changed.
func (p *pen) blaze(x, y float64) {
	p.leaf("path", "d", "M"+p.place(x, y-11)+"L"+p.place(x+8.5, y)+"L"+p.place(x, y+11)+"L"+p.place(x-8.5, y)+"Z")
}

// milestone is a stone on the ground, with a larger one for a year.
func (p *pen) milestone(x, y float64, year bool) {
	half, high := 2.5, 4.0
	if year {
		half, high = 4, 6.5
	}
	sweep := "1"
	if p.mirrored() {
		sweep = "0"
	}
	p.leaf("path", "d", "M"+p.place(x-half, y)+"L"+p.place(x-half, y-high)+
		"A"+num(half)+" "+num(half)+" 0 0 "+sweep+" "+p.place(x+half, y-high)+"L"+p.place(x+half, y)+"Z")
}
