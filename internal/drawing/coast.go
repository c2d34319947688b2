package drawing

import "math"

// sea fills everything below the horizon and cuts waves into it, wider apart
// and longer the nearer they are.
func (p *scene) sea(horizon, bottom float64) {
	p.rect(p.water, -10, horizon, p.wide+10, bottom)
	for y := horizon + 9; y < bottom; y += 9 + (y-horizon)*0.085 {
		near := (y - horizon) / (tall - horizon)
		for x := p.between(-200, 0); x < p.wide; x += p.between(90, 300) * (0.4 + near) {
			l := p.between(40, 130) * (0.4 + 1.3*near)
			p.gouge(p.foam, point{x, y}, point{x + l, y}, 3+6*near, 2.5+5*near)
		}
	}
}

// glitter lays the sun's road on the water.
func (p *scene) glitter(x, horizon, r, bottom float64) {
	for y := horizon + 6; y < bottom; y += 12 + (y-horizon)*0.03 {
		half := r * p.between(0.35, 0.95) * (1 - 0.35*(y-horizon)/(bottom-horizon))
		dx := p.between(-r, r) * 0.2
		p.gouge(p.sun, point{x + dx - half, y}, point{x + dx + half, y}, 0, 6)
	}
}

// sail is a small boat on the water at (x, y).
func (p *scene) sail(x, y, h float64) {
	p.fill(p.dark, point{x - h*0.36, y - h*0.1}, point{x + h*0.4, y - h*0.1}, point{x + h*0.26, y + h*0.06}, point{x - h*0.26, y + h*0.06})
	p.fill(p.light, point{x, y - h}, point{x + h*0.36, y - h*0.17}, point{x, y - h*0.17})
	p.fill(p.blaze, point{x - h*0.03, y - h*0.86}, point{x - h*0.03, y - h*0.17}, point{x - h*0.3, y - h*0.17})
}

// lighthouse stands with its foot at (x, y).
func (p *scene) lighthouse(x, y, h float64) {
	w := h * 0.13
	side := func(t float64) float64 { return w * (1 - 0.38*t) }
	body := h * 0.76
	for i := range 5 {
		t0, t1 := float64(i)/5, float64(i+1)/5
		ink := p.light
		if i%2 == 1 {
			ink = p.blaze
		}
		p.fill(ink, point{x - side(t0), y - body*t0}, point{x - side(t1), y - body*t1}, point{x + side(t1), y - body*t1}, point{x + side(t0), y - body*t0})
	}
	p.rect(p.dark, x-w*0.8, y-body-h*0.03, x+w*0.8, y-body)
	p.rect(p.light, x-w*0.42, y-h*0.92, x+w*0.42, y-body-h*0.03)
	p.rect(p.dark, x-w*0.08, y-h*0.92, x+w*0.08, y-body-h*0.03)
	p.fill(p.dark, point{x - w*0.6, y - h*0.9}, point{x, y - h}, point{x + w*0.6, y - h*0.9})
}

// coast: a path along the cliffs above the sea.
func (p *scene) coast() {
	horizon := p.between(330, 390)
	p.all(p.sky)
	p.skyLines(50, 250, 5)
	sx, r := p.wide*p.between(0.55, 0.8), p.between(60, 90)
	p.sunAt(sx, horizon-p.between(60, 170), r)
	p.sea(horizon, tall)
	p.glitter(sx, horizon, r, horizon+170)
	p.birds(p.wide*0.6, 250, 5)
	for range 1 + p.pick(3) {
		p.sail(p.wide*p.between(0.52, 0.9), horizon+p.between(20, 130), p.between(45, 80))
	}
	p.headland(horizon)
	p.clifftop()
}

// headland is the farther cliff, with a lighthouse or without.
func (p *scene) headland(horizon float64) {
	end := p.wide * p.between(0.34, 0.46)
	top := horizon - p.between(20, 60)
	crest := p.swell(top, 14, 500)
	edge := []point{{end, crest(end) + 6}, {end + 16, top + 50}, {end + 4, top + 85}, {end + 34, horizon + 70}}
	p.fill(p.land[1], append([]point{{-20, horizon + 74}, {-20, crest(0)}, {end * 0.3, crest(end * 0.3)}, {end * 0.7, crest(end * 0.7)}}, edge...)...)
	for x := 20.0; x < end; x += p.between(22, 46) {
		y := crest(x) + p.between(30, 46)
		p.gouge(p.land[0], point{x, y}, point{x + 8, min(y+p.between(30, 80), horizon+66)}, 4, 8)
	}
	if p.odds(3) {
		p.house(p.light, p.blaze, p.dark, end*0.6, crest(end*0.6)+6, 56, 30)
		return
	}
	p.lighthouse(end*0.82, crest(end*0.82)+8, p.between(130, 170))
}

// clifftop is the nearer cliff that carries the path.
func (p *scene) clifftop() {
	brink := p.wide * p.between(0.58, 0.7)
	turn := p.phase()
	crest := func(x float64) float64 {
		return 545 + 110*math.Pow(x/brink, 2) + 24*math.Sin(x/150+turn)
	}
	lip := crest(brink)
	face := []point{{brink, lip}, {brink + 34, lip + 60}, {brink + 20, lip + 120}, {brink + 74, tall + 20}, {brink - 330, tall + 20}, {brink - 120, lip + 20}}
	p.fill(p.land[2], face...)
	for i := range 9 {
		x := brink - 130 + 22*float64(i)
		p.gouge(p.land[0], point{x + 20, lip + p.between(24, 60)}, point{x + p.between(-10, 20), lip + p.between(120, 210)}, 6, 10)
	}
	var top []point
	for x := -20.0; x <= brink; x += 8 {
		top = append(top, point{x, crest(x)})
	}
	top = append(top, point{brink - 40, lip + 34}, point{brink - 150, lip + 60}, point{brink - 250, tall + 20}, point{-20, tall + 20})
	p.fill(p.land[3], top...)
	far := point{brink * 0.66, crest(brink*0.66) + 1}
	line := p.winding(point{brink * 0.4, tall + 30}, far, 170)
	p.carve(fold{crest: crest, cut: p.land[2], end: brink - 230}, 0.9)
	p.ribbon(p.path, line, 150, 20, 0.5)
	for _, share := range []float64{0.35, 0.62, 0.85} {
		q := at(line, share)
		p.post(q.x+105*(1.1-share), q.y+4, 70*(1.2-share))
	}
	if p.odds(2) {
		p.bentPine(brink*0.83, crest(brink*0.83)+16, 190)
	}
	p.signpost(brink*0.16, crest(brink*0.16)+110, 260, 2+p.pick(2), 1)
	for range 14 {
		x := p.between(0, brink*0.72)
		p.tuft(p.land[2], x, crest(x)+p.between(40, 250), p.between(22, 40))
	}
}

// bentPine is a tree shaped by the wind off the sea, its foot at (x, y).
func (p *scene) bentPine(x, y, h float64) {
	p.ribbon(p.dark, []point{{x, y + 4}, {x - h*0.06, y - h*0.3}, {x - h*0.2, y - h*0.62}, {x - h*0.42, y - h*0.8}}, h*0.08, h*0.03, 1)
	p.ribbon(p.dark, []point{{x - h*0.12, y - h*0.45}, {x - h*0.02, y - h*0.66}}, h*0.04, h*0.02, 1)
	for _, leaf := range [][3]float64{{-0.5, -0.84, 0.34}, {-0.24, -0.98, 0.28}, {0, -0.72, 0.22}} {
		lx, ly, r := x+leaf[0]*h, y+leaf[1]*h, leaf[2]*h
		p.oval(p.dark, lx, ly, r, r*0.36)
		p.gouge(p.land[3], point{lx - r*0.6, ly - r*0.1}, point{lx + r*0.5, ly - r*0.14}, -r*0.1, r*0.09)
	}
}
