package drawing

import "math"

// rails: a railway to the horizon, with the path beside it.
func (p *scene) rails() {
	p.all(p.sky)
	p.skyLines(50, 250, 6)
	horizon := 430.0
	vanish := point{p.wide * p.between(0.5, 0.62), horizon}
	p.sunAt(vanish.x+p.between(-200, 200), p.between(220, 300), p.between(75, 110))
	hills := p.swell(horizon-30, 40, 900)
	p.fill(p.land[0], under(hills, -20, p.wide+20, tall+20)...)
	near := p.swell(horizon, 14, 1200)
	p.fill(p.land[1], under(near, -20, p.wide+20, tall+20)...)
	p.stand(near, p.land[2], p.land[1], 44, 18)
	ground := p.swell(horizon+26, 5, 900)
	p.fill(p.land[3], under(ground, -20, p.wide+20, tall+20)...)
	for range 50 {
		y := 470 + 420*math.Pow(p.between(0, 1), 1.4)
		s := (y - horizon) / 470
		x := p.between(0, p.wide)
		p.gouge(p.land[2], point{x, y}, point{x + 150*s, y}, -4*s, 12*s)
	}
	p.track(vanish)
	p.poles(vanish)
	p.halt(horizon)
}

// onTrack gives the place across the ballast at a depth: 0 is near, 1 far.
func onTrack(vanish point, across, t float64) point {
	y := tall + 40 + (vanish.y+26-tall-40)*t
	scale := 1 - 0.985*t
	middle := vanish.x - 190*(1-t) + 120*math.Sin(math.Pi*t)*(1-t)
	return point{middle + across*scale, y}
}

func (p *scene) track(vanish point) {
	depth := func(i, n float64) float64 { return 1 - math.Pow(1-i/n, 2.2) }
	strip := func(ink rgba, left, right float64) {
		var outline, back []point
		for i := range 41 {
			t := depth(float64(i), 40)
			outline = append(outline, onTrack(vanish, left, t))
			back = append([]point{onTrack(vanish, right, t)}, back...)
		}
		p.fill(ink, append(outline, back...)...)
	}
	strip(p.land[1], -360, 360)
	const sleepers = 30
	for i := range sleepers {
		t0, t1 := depth(float64(i), sleepers), depth(float64(i)+0.45, sleepers)
		p.fill(p.dark, onTrack(vanish, -285, t0), onTrack(vanish, 285, t0), onTrack(vanish, 285, t1), onTrack(vanish, -285, t1))
	}
	for _, rail := range []float64{-190, 190} {
		strip(p.dark, rail-24, rail+24)
		strip(p.light, rail-11, rail+9)
	}
	strip(p.path, 560, 770)
	for _, t := range []float64{0.42, 0.62, 0.76, 0.86} {
		q := onTrack(vanish, 890, t)
		p.post(q.x, q.y, 118*(1-t)+6)
	}
	q := onTrack(vanish, 1130, 0.24)
	p.signpost(min(q.x, p.wide*0.92), q.y, 300, 2+p.pick(2), -1)
}

// poles carries a wire along the track.
func (p *scene) poles(vanish point) {
	var before point
	reach := 0.0
	for i, t := range []float64{0.1, 0.42, 0.62, 0.75, 0.84, 0.9} {
		foot := onTrack(vanish, -700, t)
		h := 640 * (1 - 0.96*t)
		w := h * 0.016
		p.fill(p.dark, point{foot.x - w*1.3, foot.y}, point{foot.x - w, foot.y - h}, point{foot.x + w, foot.y - h}, point{foot.x + w*1.3, foot.y})
		arm := point{foot.x, foot.y - h*0.9}
		p.rect(p.dark, arm.x-h*0.12, arm.y-w, arm.x+h*0.12, arm.y+w)
		if i > 0 {
			for _, side := range []float64{-1, 1} {
				p.gouge(p.dark, point{before.x + side*reach, before.y}, point{arm.x + side*h*0.1, arm.y}, -14/float64(i), 4)
			}
		}
		before, reach = arm, h*0.1
	}
}

// halt is a small station and a signal on the far side of the line.
func (p *scene) halt(horizon float64) {
	x := p.wide * 0.12
	p.rect(p.land[4], x-30, horizon+74, x+250, horizon+92)
	p.house(p.light, p.blaze, p.dark, x, horizon+76, 190, 84)
	sx, sy := p.wide*0.36, horizon+130
	p.rect(p.dark, sx-4, sy-190, sx+4, sy)
	p.fill(p.blaze, point{sx, sy - 186}, point{sx + 62, sy - 210}, point{sx + 66, sy - 192}, point{sx, sy - 166})
}

// field: furrows to the horizon, the path between two of them.
func (p *scene) field() {
	p.all(p.sky)
	p.skyLines(50, 260, 6)
	horizon := p.between(400, 450)
	p.sunAt(p.wide*p.between(0.25, 0.75), horizon-p.between(90, 190), p.between(75, 110))
	p.birds(p.wide*0.5, 190, 5)
	hills := p.swell(horizon-24, 30, 1000)
	p.fill(p.land[0], under(hills, -20, p.wide+20, tall+20)...)
	patch := p.swell(horizon+4, 10, 1300)
	p.fill(p.land[1], under(patch, -20, p.wide+20, tall+20)...)
	p.stand(patch, p.land[2], p.land[1], 40, 16)
	ground := horizon + 36
	p.rect(p.land[2], -10, ground, p.wide+10, tall+10)
	vanish := point{p.wide * p.between(0.38, 0.62), horizon - 30}
	p.furrows(vanish, ground)
	middle := []point{}
	for i := range 41 {
		t := float64(i) / 40
		y := tall + 20 + (ground-tall-20)*t
		middle = append(middle, point{vanish.x + (p.wide*0.5-vanish.x)*(1-t) + 46*math.Sin(5*t)*(1-t), y})
	}
	p.ribbon(p.land[4], middle, 300, 12, 0.2)
	p.ribbon(p.path, middle, 190, 7, 0.2)
	for _, share := range []float64{0.25, 0.5, 0.7, 0.85} {
		q := at(middle, share)
		p.post(q.x-150*(1.05-share), q.y, 92*(1.08-share))
	}
	p.signpost(p.wide*0.5-310, 850, 270, 2+p.pick(2), p.side())
	p.farm(ground)
}

// furrows cuts the ground into strips that meet at the vanishing point, sown
// ones with rows of marks.
func (p *scene) furrows(vanish point, ground float64) {
	reach := p.wide * 2.4
	const n = 34
	for i := range n {
		a := vanish.x - reach/2 + reach*float64(i)/n
		b := a + reach/n*0.52
		up := (ground - vanish.y) / (tall + 10 - vanish.y)
		side := func(x float64) point { return point{vanish.x + (x-vanish.x)*up, ground} }
		p.fill(p.land[3], side(a), side(b), point{b, tall + 10}, point{a, tall + 10})
		if i%2 == 1 {
			continue
		}
		for k := range 6 {
			t := up + (1-up)*math.Pow((float64(k)+p.between(0.2, 0.8))/6, 1.3)
			x := vanish.x + ((a+b)/2-vanish.x)*t
			y := vanish.y + (tall+10-vanish.y)*t
			dx, dy := ((a+b)/2-vanish.x)*0.05*t, (tall-vanish.y)*0.05*t
			p.gouge(p.land[1], point{x, y}, point{x + dx, y + dy}, 0, 13*t)
		}
	}
}

// farm is what stands on the field: a barn, a tree, bales.
func (p *scene) farm(ground float64) {
	x := p.wide * p.between(0.08, 0.2)
	p.leafy(p.dark, p.land[3], x-50, ground+50, 190)
	p.house(p.light, p.blaze, p.dark, x, ground+52, 170, 84)
	p.leafy(p.dark, p.land[3], x+230, ground+58, 130)
	p.leafy(p.dark, p.land[3], p.wide*p.between(0.84, 0.93), ground+130, p.between(300, 380))
	for range 4 {
		bx, by := p.wide*p.between(0.62, 0.95), p.between(ground+60, ground+260)
		r := 12 + (by-ground)*0.14
		p.rect(p.sun, bx, by-2*r, bx+r*1.5, by)
		p.oval(p.sun, bx+r*1.5, by-r, r*0.55, r)
		p.oval(p.light, bx, by-r, r*0.6, r)
		p.oval(p.dark, bx, by-r, r*0.34, r*0.62)
		p.oval(p.light, bx, by-r, r*0.22, r*0.46)
	}
}
