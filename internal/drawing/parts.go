package drawing

import (
	"math"
)

// scene is one picture in the making: a canvas, a plate and the dice.
type scene struct {
	*canvas
	*dice
	plate
}

// sunAt paints the sun as a disc within carved rays or rings.
func (p *scene) sunAt(x, y, r float64) {
	p.disc(p.sun, x, y, r)
	switch p.pick(3) {
	case 0:
		for i := range 28 {
			a := 2*math.Pi*float64(i)/28 + 0.06
			from, to := r*1.22, r*(1.5+0.22*float64(i%2))
			p.gouge(p.sun, point{x + from*math.Cos(a), y + from*math.Sin(a)},
				point{x + to*math.Cos(a), y + to*math.Sin(a)}, 0, r*0.09)
		}
	case 1:
		for k := range 4 { // slits across the lower half
			dy := r * (0.28 + 0.19*float64(k))
			half := math.Sqrt(max(0, r*r-dy*dy)) + 6
			p.gouge(p.sky, point{x - half, y + dy}, point{x + half, y + dy}, 0, r*(0.05+0.022*float64(k)))
		}
	}
}

// skyLines cuts long flat marks into the sky, as wind.
func (p *scene) skyLines(top, bottom float64, n int) {
	for range n {
		x, y, l := p.between(0, p.wide), p.between(top, bottom), p.between(70, 240)
		p.gouge(p.cloud, point{x, y}, point{x + l, y + p.between(-3, 3)}, p.between(-5, 5), p.between(4, 9))
		if p.odds(2) {
			p.gouge(p.cloud, point{x + l*0.3, y + 15}, point{x + l*1.25, y + 15}, -3, p.between(3, 7))
		}
	}
}

// birds paints a few gulls far off.
func (p *scene) birds(x, y float64, n int) {
	for range n {
		bx, by, s := x+p.between(-120, 120), y+p.between(-50, 50), p.between(9, 17)
		p.gouge(p.dark, point{bx - s, by - s*0.25}, point{bx, by}, -s*0.35, 4)
		p.gouge(p.dark, point{bx, by}, point{bx + s, by - s*0.3}, -s*0.35, 4)
	}
}

// conifer is a fir with its foot at (x, y), cut on the lit side.
func (p *scene) conifer(ink, cut rgba, x, y, h float64) {
	half := h * 0.23
	p.rect(ink, x-h*0.025, y-h*0.12, x+h*0.025, y)
	tiers := 5
	left, right := []point{}, []point{}
	for i := range tiers {
		t := float64(i+1) / float64(tiers)
		top := y - h + (h*0.9)*float64(i)/float64(tiers)*0.98
		foot := y - h + h*0.9*t
		left = append(left, point{x - half*t*0.42, top + h*0.05}, point{x - half*t, foot})
		right = append(right, point{x + half*t*0.42, top + h*0.05}, point{x + half*t, foot + h*0.01})
	}
	outline := []point{{x, y - h}}
	outline = append(outline, right...)
	for i := len(left) - 1; i >= 0; i-- {
		outline = append(outline, left[i])
	}
	p.fill(ink, outline...)
	if h > 60 {
		for i := 1; i < tiers; i++ {
			t := float64(i) / float64(tiers)
			fy := y - h + h*0.9*t
			p.gouge(cut, point{x + half*t*0.1, fy - h*0.02}, point{x + half*t*0.85, fy + h*0.05}, h*0.012, h*0.022)
		}
	}
}

// leafy is a round tree with its foot at (x, y).
func (p *scene) leafy(ink, cut rgba, x, y, h float64) {
	p.fill(ink, point{x - h*0.035, y}, point{x - h*0.022, y - h*0.6}, point{x + h*0.022, y - h*0.6}, point{x + h*0.035, y})
	lobes := 11
	cx, cy, rx, ry := x, y-h*0.64, h*0.32, h*0.35
	turn := p.phase()
	var outline []point
	for i := range lobes * 8 {
		a := 2 * math.Pi * float64(i) / float64(lobes*8)
		bump := 1 + 0.07*math.Abs(math.Sin(a*float64(lobes)/2+turn))
		outline = append(outline, point{cx + rx*bump*math.Cos(a), cy + ry*bump*math.Sin(a)})
	}
	p.fill(ink, outline...)
	if h < 60 {
		return
	}
	for k := range 3 { // leaves cut on the lit side
		for i := range 4 - k {
			a := -0.95 + 0.5*float64(i) + 0.2*float64(k)
			r := 0.82 - 0.26*float64(k)
			mx, my := cx+rx*r*math.Cos(a), cy+ry*r*math.Sin(a)
			s := h * 0.05
			p.gouge(cut, point{mx - s*math.Sin(-a), my - s*math.Cos(a)}, point{mx + s*math.Sin(-a), my + s*math.Cos(a)}, -h*0.012, h*0.024)
		}
	}
}

// post is a waymark: a short post with a blaze, its foot at (x, y).
func (p *scene) post(x, y, h float64) {
	w := h * 0.16
	p.fill(p.dark, point{x - w, y}, point{x - w*0.9, y - h}, point{x + w*0.7, y - h*1.06}, point{x + w, y})
	p.rect(p.blaze, x-w*0.88, y-h*0.82, x+w*0.8, y-h*0.5)
}

// signpost is the mark of the house: a post with arms, its foot at (x, y).
// Arms point by turns to one side and the other.
func (p *scene) signpost(x, y, h float64, arms int, toward float64) {
	w := h * 0.035
	p.fill(p.dark, point{x - w*1.2, y}, point{x - w, y - h}, point{x, y - h*1.04}, point{x + w, y - h}, point{x + w*1.2, y})
	for i := range arms {
		ay := y - h*(0.9-0.21*float64(i))
		length, half := h*(0.46-0.05*float64(i)), h*0.068
		tilt := h * 0.02 * toward
		p.fill(p.dark, armOutline(x, ay, length+w*0.9, half+w*0.55, toward, tilt, w*1.6)...)
		p.fill(p.light, armOutline(x, ay, length, half, toward, tilt, w*1.2)...)
		word := func(from, to float64) {
			p.line(p.dark, point{x + toward*length*from, ay - tilt*from}, point{x + toward*length*to, ay - tilt*to}, half*0.3)
		}
		word(0.08, 0.32)
		word(0.38, 0.7)
		toward = -toward
	}
	p.rect(p.blaze, x-w, y-h*0.34, x+w, y-h*0.22)
}

func armOutline(x, y, length, half, toward, tilt, back float64) []point {
	return []point{
		{x - toward*back*2.2, y - half}, {x + toward*length*0.82, y - half - tilt},
		{x + toward*length, y - tilt}, {x + toward*length*0.82, y + half - tilt},
		{x - toward*back*2.2, y + half},
	}
}

// tuft is a bunch of grass with its foot at (x, y).
func (p *scene) tuft(ink rgba, x, y, h float64) {
	for i := range 5 {
		lean := (float64(i) - 2) * h * 0.22
		tip := h * (1 - 0.12*math.Abs(float64(i)-2))
		p.fill(ink, point{x + lean*0.25 - h*0.05, y}, point{x + lean*0.7 - h*0.02, y - tip*0.6}, point{x + lean*1.3, y - tip}, point{x + lean*0.4 + h*0.06, y})
	}
}

// house has its floor at y from x on, a gable roof, and a lit or dark window.
func (p *scene) house(wall, roof, window rgba, x, y, w, h float64) {
	p.rect(wall, x, y-h, x+w, y)
	p.fill(roof, point{x - w*0.08, y - h}, point{x + w*0.28, y - h*1.62}, point{x + w*0.78, y - h*1.62}, point{x + w*1.08, y - h})
	p.rect(roof, x+w*0.66, y-h*1.85, x+w*0.76, y-h*1.5)
	p.rect(window, x+w*0.16, y-h*0.7, x+w*0.34, y-h*0.35)
	p.rect(window, x+w*0.62, y-h*0.7, x+w*0.8, y-h*0.35)
	p.rect(roof, x+w*0.42, y-h*0.62, x+w*0.55, y)
}
