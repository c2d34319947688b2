package drawing

import (
	"math"
	"slices"
)

// fork: the path parts, and a signpost stands between the two.
func (p *scene) fork() {
	p.all(p.sky)
	p.skyLines(50, 240, 5)
	p.sunAt(p.wide*p.between(0.42, 0.58), p.between(190, 260), p.between(75, 105))
	if p.odds(2) {
		p.peaks(400, 150)
	}
	folds := p.folds(4, 380, 560, 44)
	for i, f := range folds {
		p.fill(f.ink, under(f.crest, -20, p.wide+20, tall+20)...)
		p.carve(f, 0.4+0.15*float64(i))
		if i > 0 && i < 3 {
			p.grove(f, folds[i+1], i)
		}
	}
	near := folds[3]
	parting := point{p.wide * p.between(0.46, 0.54), 800}
	for _, side := range []float64{-1, 1} {
		gate := p.wide*0.5 + side*p.wide*p.between(0.2, 0.27)
		p.branch(near, parting, gate, side)
	}
	p.fill(p.path, point{parting.x - 89, parting.y - 6}, point{parting.x + 89, parting.y - 6},
		point{p.wide*0.5 + 150, tall + 20}, point{p.wide*0.5 - 150, tall + 20})
	p.signpost(parting.x, parting.y-78, 300, 2, p.side())
	p.tuft(p.cut(), parting.x-24, parting.y-72, 30)
	p.tuft(p.cut(), parting.x+22, parting.y-70, 26)
	p.frame(func(x float64) float64 { return max(near.crest(x), 740) }, p.wide*0.5)
}

// branch paints one of the two ways over the near fold, up to its crest. The
// band is measured across the picture, so that it ends level with the crest.
func (p *scene) branch(near fold, from point, gate, side float64) {
	far := point{gate, near.crest(gate) + 2}
	const steps = 40
	line := make([]point, 0, steps+1)
	left, right := make([]point, 0, 2*steps+2), make([]point, 0, steps+1)
	for i := range steps + 1 {
		t := float64(i) / steps
		q := point{
			x: from.x + (far.x-from.x)*math.Pow(t, 1.25) + side*46*math.Sin(2*math.Pi*t)*(1-t),
			y: from.y + (far.y-from.y)*t,
		}
		half := 78*math.Pow(1-t, 1.5) + 13
		line = append(line, q)
		left = append(left, point{q.x - half, q.y})
		right = append(right, point{q.x + half, q.y})
	}
	slices.Reverse(right)
	p.fill(p.path, append(left, right...)...)
	for _, share := range []float64{0.3, 0.55, 0.78} {
		q := at(line, share)
		p.post(q.x+side*120*(1.1-share), q.y+10, 70*(1.2-share))
	}
}

// stairs: steps cut into a hillside, up to a gate at the top.
func (p *scene) stairs() {
	p.all(p.sky)
	p.skyLines(50, 260, 5)
	top := point{p.wide * p.between(0.46, 0.56), 330}
	p.sunAt(top.x+p.side()*p.between(60, 170), 220, p.between(95, 130))
	p.birds(p.wide*0.25, 190, 4)
	p.fill(p.land[0], under(p.swell(430, 30, 800), -20, p.wide+20, tall+20)...)
	for i := range 4 {
		f := float64(i)
		spread := 330 + 330*f
		crown := 330 + 118*f
		rise := 90 + 60*f
		wave := p.phase()
		shoulder := func(x float64) float64 {
			away := abs(x-top.x) / spread
			return crown + rise*away*away/(0.35+away) + 7*math.Sin(x/90+wave)
		}
		p.fill(p.land[i+1], under(shoulder, -20, p.wide+20, tall+20)...)
		p.carve(fold{crest: shoulder, cut: p.land[i]}, 0.4+0.2*f)
		p.terraceTrees(shoulder, top.x, i)
	}
	p.flight(top)
	p.gate(top.x, top.y+6, 120)
	p.signpost(p.wide*0.5-430, 850, 250, 2+p.pick(2), p.side())
	for i := range 4 {
		t := float64(i) / 4
		p.post(p.wide*0.5+(top.x-p.wide*0.5)*t+(300-225*t), 850-480*t, 84-56*t)
	}
}

// terraceTrees plants one shoulder of the hill on both sides of the steps.
func (p *scene) terraceTrees(ground curve, middle float64, i int) {
	h := 60 + 48*float64(i)
	for range 5 {
		x := middle + p.side()*p.between(150+75*float64(i), 760)
		ink, cut := p.land[min(i+2, 4)], p.land[i+1]
		if i == 3 {
			ink = p.dark
		}
		if p.odds(2) {
			p.conifer(ink, cut, x, ground(x)+h*0.14, h*1.3)
		} else {
			p.leafy(ink, cut, x, ground(x)+h*0.14, h)
		}
	}
}

// flight paints steps that narrow toward the top: a light tread, a riser.
func (p *scene) flight(top point) {
	const n = 21
	bend := p.side() * p.between(60, 130)
	step := func(i int) (x, y, half float64) {
		t := 1 - math.Pow(1-float64(i)/n, 1.55)
		x = p.wide*0.5 + (top.x-p.wide*0.5)*t + bend*math.Sin(math.Pi*t)
		return x, 910 + (top.y-910)*t, 255 + (34-255)*t
	}
	for i := n - 1; i >= 0; i-- {
		x0, y0, h0 := step(i)
		x1, y1, h1 := step(i + 1)
		mid := y0 + (y1-y0)*0.48
		p.fill(p.land[2], point{x0 - h0, y0 + 1}, point{x0 - h0, mid}, point{x0 + h0, mid}, point{x0 + h0, y0 + 1})
		p.fill(p.path, point{x0 - h0, mid + 1}, point{x1 - h1, y1}, point{x1 + h1, y1}, point{x0 + h0, mid + 1})
	}
}

// gate is a stone arch standing at (x, y).
func (p *scene) gate(x, y, h float64) {
	w := h * 0.42
	outline := []point{{x - w, y}, {x - w, y - h}, {x + w, y - h}, {x + w, y}, {x + w*0.55, y}}
	outline = append(outline, arc(x, y-h*0.48, w*0.55, w*0.55, 2*math.Pi, math.Pi)...)
	p.fill(p.dark, append(outline, point{x - w*0.55, y})...)
	p.fill(p.blaze, point{x - w*1.3, y - h}, point{x, y - h*1.36}, point{x + w*1.3, y - h})
}
