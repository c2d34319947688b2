package drawing

import "math"

// hills: rolling country to the horizon, the path over every crest.
func (p *scene) hills() {
	p.all(p.sky)
	p.skyLines(50, 260, 5)
	p.sunAt(p.wide*p.between(0.25, 0.75), p.between(170, 250), p.between(60, 100))
	p.birds(p.wide*p.between(0.2, 0.8), 180, 3)
	if p.odds(2) {
		p.peaks(330, 150)
	}
	folds := p.folds(5, 350, 740, 56)
	line := p.layHills(folds)
	last := folds[len(folds)-1]
	p.roadside(line)
	p.frame(last.crest, last.gate)
}

// roadside sets waymarks and the signpost along the nearest stretch of path,
// clear of it.
func (p *scene) roadside(line []point) {
	foot := at(line, 0.36)
	edge := func(y float64) (low, high float64) {
		low, high = math.Inf(1), math.Inf(-1)
		for _, q := range line {
			if q.y < y+10 && q.y > y-250 {
				low, high = min(low, q.x), max(high, q.x)
			}
		}
		return low, high
	}
	low, high := edge(foot.y)
	y := min(foot.y+30, 870)
	x := high + 175
	if x > p.wide*0.86 || p.odds(2) && low > p.wide*0.3 {
		x = low - 175
	}
	p.signpost(x, y, 225, 2+p.pick(2), p.side())
	p.tuft(p.cut(), x-12, y+4, 26)
	p.tuft(p.cut(), x+18, y+6, 20)
	for _, share := range []float64{0.3, 0.62, 0.85} {
		q := at(line, share)
		aside := 95 * (1.15 - share)
		if x > q.x {
			aside = -aside
		}
		p.post(q.x+aside, q.y+4, 66*(1.25-share))
	}
}

// cut is the tone for small marks on the nearest ground.
func (p *scene) cut() rgba { return p.land[3] }

// frame sets tall trees at the picture's edges, on the nearest ground.
func (p *scene) frame(ground curve, keepClear float64) {
	round := p.odds(2)
	for _, x := range []float64{p.wide * 0.05, p.wide * 0.13, p.wide * 0.9, p.wide * 0.965} {
		if abs(x-keepClear) < 220 || p.odds(5) {
			continue
		}
		x += p.between(-30, 30)
		y := min(ground(x)+p.between(30, 90), 890)
		h := p.between(260, 390)
		if round {
			p.leafy(p.dark, p.land[3], x, y, h)
		} else {
			p.conifer(p.dark, p.land[3], x, y, h*1.15)
		}
	}
	for range 12 {
		x := p.between(0, p.wide)
		y := ground(x) + p.between(50, 150)
		if abs(x-keepClear) > 160 && y < 900 {
			p.tuft(p.land[3], x, y, p.between(16, 30))
		}
	}
}

// peaks sets a range of mountains on a base line, each with a lit side and
// snow cut into the shadow.
func (p *scene) peaks(base, height float64) {
	snow, shade := p.light, p.land[1]
	for x := -60.0; x < p.wide; x += height * p.between(0.6, 1.7) {
		h := height * p.between(0.5, 1.3)
		half := h * p.between(0.85, 1.1)
		top := point{x + half, base - h}
		p.fill(p.land[0], point{x, base + 80}, top, point{x + 2*half, base + 80})
		ridge := []point{top}
		for i := 1; i <= 6; i++ {
			t := float64(i) / 6
			ridge = append(ridge, point{top.x + half*0.22*math.Sin(float64(i)*2.4)*t, top.y + (h+80)*t})
		}
		p.fill(shade, append(ridge, point{x + 2*half, base + 80})...)
		snowline := h * 0.34
		p.fill(snow, top, point{top.x + half*0.26, top.y + snowline*0.78}, point{top.x + half*0.12, top.y + snowline*0.62},
			point{top.x + half*0.03, top.y + snowline}, point{top.x - half*0.1, top.y + snowline*0.66}, point{top.x - half*0.28, top.y + snowline*0.86})
	}
}

// night: the same country after dark, with a lit shelter.
func (p *scene) night() {
	p.all(p.sky)
	for range 90 {
		x, y, s := p.between(0, p.wide), p.between(10, 430), p.between(1.6, 4.2)
		p.disc(p.light, x, y, s)
	}
	for range 7 {
		x, y, s := p.between(0, p.wide), p.between(30, 300), p.between(9, 15)
		p.gouge(p.light, point{x - s, y}, point{x + s, y}, 0, s*0.4)
		p.gouge(p.light, point{x, y - s}, point{x, y + s}, 0, s*0.4)
	}
	mx, my, r := p.wide*p.between(0.2, 0.75), p.between(140, 220), p.between(60, 85)
	p.disc(p.sun, mx, my, r)
	if p.odds(2) {
		p.disc(p.sky, mx+r*0.42, my-r*0.16, r*0.86)
	}
	if p.odds(2) {
		p.nightPeaks()
	}
	folds := p.folds(5, 420, 750, 50)
	line := p.layHills(folds)
	last := folds[len(folds)-1]
	p.roadside(line)
	x := p.wide * 0.24
	if last.gate < p.wide/2 {
		x = p.wide * 0.72
	}
	y := last.crest(x+60) + 30
	if p.odds(2) {
		p.tent(x, y, 150)
	} else {
		p.house(p.land[2], p.dark, p.blaze, x, y, 150, 84)
	}
	p.frame(last.crest, last.gate)
}

func (p *scene) nightPeaks() {
	snow := p.light
	p.light = p.foam
	p.peaks(400, 170)
	p.light = snow
}

// tent is lit from within, its left corner at (x, y).
func (p *scene) tent(x, y, w float64) {
	h := w * 0.62
	p.fill(p.blaze, point{x, y}, point{x + w*0.42, y - h}, point{x + w*0.62, y})
	p.fill(p.land[1], point{x + w*0.42, y - h}, point{x + w*0.62, y}, point{x + w, y - w*0.08}, point{x + w*0.78, y - h*0.92})
	p.fill(p.light, point{x + w*0.27, y}, point{x + w*0.4, y - h*0.66}, point{x + w*0.44, y})
}
