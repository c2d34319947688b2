package drawing

import "math"

// city: a skyline behind a park, and the path that leads there.
func (p *scene) city() {
	p.all(p.sky)
	p.skyLines(50, 200, 5)
	p.sunAt(p.wide*p.between(0.25, 0.75), p.between(190, 300), p.between(80, 120))
	p.skyline(560, 150, 330, p.land[0], p.sky)
	p.skyline(590, 90, 240, p.land[1], p.land[0])
	p.crane(p.wide*p.between(0.7, 0.85), 570, 330)
	p.skyline(615, 40, 150, p.land[2], p.light)
	folds := []fold{
		{crest: p.swell(590, 12, 900), ink: p.land[3], cut: p.land[2], gate: p.wide * p.between(0.44, 0.58)},
		{crest: p.swell(745, 26, 1200), ink: p.land[4], cut: p.land[3], gate: p.wide * p.between(0.36, 0.62)},
	}
	line := p.layHills(folds)
	for i := range 7 { // park trees
		x := p.wide * (0.03 + 0.155*float64(i) + p.between(-0.02, 0.02))
		if abs(x-folds[0].gate) > 130 {
			p.leafy(p.dark, p.land[3], x, folds[0].crest(x)+p.between(30, 90), p.between(110, 190))
		}
	}
	for _, x := range []float64{0.12, 0.32, 0.74, 0.93} {
		if abs(x*p.wide-folds[1].gate) > 140 {
			p.lamp(x*p.wide, folds[1].crest(x*p.wide)+30, 190)
		}
	}
	p.roadside(line)
}

// skyline is a row of buildings between two heights, with windows.
func (p *scene) skyline(ground, low, high float64, wall, window rgba) {
	for x := p.between(-60, -10); x < p.wide; {
		w, h := p.between(60, 130), p.between(low, high)
		top := ground - h
		p.rect(wall, x, top, x+w, ground+60)
		switch p.pick(5) {
		case 0:
			p.fill(wall, point{x, top}, point{x + w/2, top - w*0.5}, point{x + w, top})
		case 1:
			p.rect(wall, x+w*0.2, top-24, x+w*0.8, top)
			p.rect(wall, x+w*0.46, top-70, x+w*0.52, top)
		case 2:
			p.fill(wall, point{x, top}, point{x + w, top - w*0.35}, point{x + w, top})
		case 3:
			p.fill(wall, arc(x+w/2, top, w*0.42, w*0.42, math.Pi, 2*math.Pi)...)
		}
		p.windows(x, top, w, ground, window)
		x += w + p.between(-4, 26)
	}
}

func (p *scene) windows(x, top, w, ground float64, window rgba) {
	columns := int(w / 24)
	pitch := w / float64(columns)
	for y := top + 18; y < ground-20; y += 34 {
		for c := range columns {
			if p.odds(3) {
				continue
			}
			wx := x + pitch*(float64(c)+0.5)
			p.rect(window, wx-4.5, y, wx+4.5, y+15)
		}
	}
}

// crane is a tower crane with its foot at (x, y).
func (p *scene) crane(x, y, h float64) {
	p.rect(p.dark, x-5, y-h, x+5, y)
	p.line(p.dark, point{x - h*0.2, y - h*0.92}, point{x + h*0.55, y - h*0.92}, 8)
	p.line(p.dark, point{x, y - h}, point{x + h*0.5, y - h*0.93}, 3)
	p.line(p.dark, point{x, y - h}, point{x - h*0.2, y - h*0.93}, 3)
	p.rect(p.dark, x-h*0.2, y-h*0.93, x-h*0.13, y-h*0.85)
	p.line(p.dark, point{x + h*0.4, y - h*0.92}, point{x + h*0.4, y - h*0.62}, 3)
	p.rect(p.blaze, x+h*0.36, y-h*0.64, x+h*0.44, y-h*0.58)
}

// lamp is a street lamp with its foot at (x, y).
func (p *scene) lamp(x, y, h float64) {
	p.fill(p.dark, point{x - 7, y}, point{x - 3, y - h}, point{x + 3, y - h}, point{x + 7, y})
	p.fill(p.light, point{x - 13, y - h*1.16}, point{x + 13, y - h*1.16}, point{x + 8, y - h}, point{x - 8, y - h})
	p.fill(p.dark, point{x - 18, y - h*1.16}, point{x, y - h*1.24}, point{x + 18, y - h*1.16})
}

// harbour: gabled houses along a quay, boats, and the path by the water.
func (p *scene) harbour() {
	p.all(p.sky)
	p.skyLines(50, 220, 6)
	waterline := 500.0
	sx, r := p.wide*p.between(0.6, 0.8), p.between(60, 85)
	p.sunAt(sx, p.between(190, 270), r)
	back := p.swell(410, 42, 1000)
	p.fill(p.land[0], under(back, -20, p.wide+20, waterline+20)...)
	p.carve(fold{crest: back, cut: p.sky}, 0.45)
	p.gables(waterline)
	p.sea(waterline, tall)
	p.rect(p.land[2], -10, waterline-10, p.wide*0.64, waterline+16)
	p.rect(p.land[4], -10, waterline+10, p.wide*0.64, waterline+20)
	p.fill(p.land[3], point{p.wide * 0.8, waterline + 44}, point{p.wide * 0.83, waterline + 14}, point{p.wide + 10, waterline + 4}, point{p.wide + 10, waterline + 44})
	p.lighthouse(p.wide*0.875, waterline+18, p.between(200, 260))
	for i := range 3 {
		x := p.wide * (0.3 + 0.2*float64(i) + p.between(-0.05, 0.05))
		p.ship(x, waterline+90+42*float64(i%2)+p.between(0, 20), p.between(190, 250))
	}
	p.quay()
	p.birds(p.wide*0.5, 210, 5)
}

// gables is the row of houses on the far quay.
func (p *scene) gables(ground float64) {
	walls := []rgba{p.light, p.land[2], p.blaze, p.land[1], p.land[3]}
	last := -1
	for x := -30.0; x < p.wide*0.6; {
		w, h := p.between(74, 112), p.between(105, 180)
		pick := p.pick(len(walls))
		if pick == last {
			pick = (pick + 1) % len(walls)
		}
		last = pick
		wall, window := walls[pick], p.dark
		if pick != 0 {
			window = p.light
		}
		top := ground - h
		p.fill(wall, point{x, ground}, point{x, top}, point{x + w/2, top - w*0.58}, point{x + w, top}, point{x + w, ground})
		p.ribbon(p.dark, []point{{x - 5, top + 4}, {x + w/2, top - w*0.6}, {x + w + 5, top + 4}}, 11, 11, 1)
		for y := top + 14; y < ground-50; y += 44 {
			for _, c := range []float64{0.24, 0.5, 0.76} {
				p.rect(window, x+w*c-7, y, x+w*c+7, y+22)
			}
		}
		p.rect(window, x+w*0.4, ground-36, x+w*0.6, ground)
		x += w
	}
}

// ship is a moored sailing boat with its sails down, on the water at (x, y).
func (p *scene) ship(x, y, h float64) {
	l := h * 0.5
	p.fill(p.dark, point{x - l, y - h*0.17}, point{x + l*1.15, y - h*0.21}, point{x + l*0.78, y + h*0.06}, point{x - l*0.8, y + h*0.06})
	p.line(p.blaze, point{x - l*0.95, y - h*0.11}, point{x + l*1.04, y - h*0.145}, 6)
	p.line(p.dark, point{x, y - h*0.1}, point{x + 3, y - h*1.1}, 8)
	p.line(p.dark, point{x, y - h*0.36}, point{x - l*0.85, y - h*0.31}, 7)
	p.gouge(p.light, point{x - 4, y - h*0.4}, point{x - l*0.85, y - h*0.335}, -4, 20)
	p.line(p.dark, point{x + 3, y - h*1.1}, point{x + l*1.13, y - h*0.2}, 2.4)
	p.line(p.dark, point{x + 3, y - h*1.1}, point{x - l, y - h*0.17}, 2.4)
	p.fill(p.blaze, point{x + 3, y - h*1.1}, point{x + 3 - h*0.15, y - h*1.06}, point{x + 3, y - h*1.01})
	p.rect(p.light, x+l*0.1, y-h*0.26, x+l*0.55, y-h*0.18)
	for k := range 3 {
		dy := 10 + 11*float64(k)
		p.gouge(p.dark, point{x - l*(0.7-0.15*float64(k)), y + h*0.05 + dy}, point{x + l*(0.7-0.2*float64(k)), y + h*0.05 + dy}, 0, 6)
	}
}

// quay is the near side: paving, bollards, the path and its signpost.
func (p *scene) quay() {
	edge := func(x float64) float64 { return 742 + 0.028*x }
	p.fill(p.land[4], under(func(x float64) float64 { return edge(x) + 18 }, -20, p.wide+20, tall+20)...)
	p.fill(p.land[3], under(func(x float64) float64 { return edge(x) }, -20, p.wide+20, 765)...)
	p.fill(p.dark, under(func(x float64) float64 { return edge(x) + 22 }, -20, p.wide+20, tall+20)...)
	line := []point{}
	for i := range 40 {
		t := float64(i) / 39
		line = append(line, point{-60 + (p.wide+120)*t, 850 - 18*math.Sin(5*t) + 8*t})
	}
	p.ribbon(p.path, line, 74, 52, 1)
	for x := 130.0; x < p.wide; x += 330 {
		y := edge(x) + 36
		p.rect(p.land[2], x-11, y-40, x+11, y)
		p.oval(p.land[2], x, y-42, 21, 10)
		p.gouge(p.light, point{x - 12, y - 45}, point{x + 12, y - 45}, 0, 5)
	}
	p.signpost(p.wide*0.13, 812, 270, 2+p.pick(2), 1)
	p.post(p.wide*0.5, 812, 62)
	p.post(p.wide*0.8, 822, 62)
	for x := 60.0; x < p.wide; x += 96 {
		p.gouge(p.land[4], point{x, 886}, point{x + p.between(30, 70), 887}, 0, 6)
	}
}
