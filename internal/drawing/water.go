package drawing

import "math"

// river: a valley with a winding river and the path on its bank.
func (p *scene) river() {
	p.all(p.sky)
	p.skyLines(50, 240, 5)
	p.sunAt(p.wide*p.between(0.3, 0.7), p.between(170, 240), p.between(60, 90))
	horizon := 400.0
	p.peaks(horizon-20, p.between(150, 210))
	p.birds(p.wide*0.5, 150, 3)
	far := p.swell(horizon, 18, 900)
	p.fill(p.land[1], under(far, -20, p.wide+20, tall+20)...)
	p.stand(far, p.land[2], p.land[1], 40, 26)
	plain := p.swell(horizon+50, 12, 1100)
	p.fill(p.land[2], under(plain, -20, p.wide+20, tall+20)...)
	p.stand(plain, p.land[3], p.land[2], 58, 16)
	p.meadow(horizon+90, 880)
	mouth := p.wide * p.between(0.4, 0.6)
	water := p.winding(point{p.wide * 0.34, tall + 60}, point{mouth, plain(mouth) + 1}, 190)
	p.ribbon(p.land[3], water, 410, 14, 0.55)
	p.ribbon(p.water, water, 372, 8, 0.55)
	p.ripples(water)
	p.banks(water)
}

// ripples cuts marks along a stream.
func (p *scene) ripples(water []point) {
	for i := 4; i < len(water)-3; i++ {
		t := float64(i) / float64(len(water)-1)
		q, w := water[i], 430*(1-t)
		for range 1 + int(2*(1-t)) {
			x, l := q.x+p.between(-0.3, 0.2)*w, p.between(0.12, 0.3)*w
			p.gouge(p.foam, point{x, q.y}, point{x + l, q.y}, 3*(1-t), 2+6*(1-t))
		}
	}
}

// banks sets the path, its waymarks and the reeds beside the water.
func (p *scene) banks(water []point) {
	aside := make([]point, 0, len(water))
	for i, q := range water {
		t := float64(i) / float64(len(water)-1)
		aside = append(aside, point{q.x + 40 + 620*math.Pow(1-t, 1.15), q.y})
	}
	p.ribbon(p.path, aside, 130, 5, 0.5)
	for _, share := range []float64{0.3, 0.48, 0.62, 0.75} {
		q := at(aside, share)
		p.post(q.x+30+70*(1-share), q.y+2, 74*(1.05-share))
	}
	q := at(aside, 0.2)
	p.signpost(min(q.x+190, p.wide*0.9), 850, 250, 2+p.pick(2), p.side())
	for range 14 {
		i := 0.1 + 0.5*p.between(0, 1)
		q := at(water, i)
		p.tuft(p.land[4], q.x-330*(1-i)-p.between(0, 80), q.y+p.between(0, 30), (1.1-i)*p.between(30, 54))
	}
	p.conifer(p.dark, p.land[3], 90, 880, p.between(330, 420))
	p.conifer(p.dark, p.land[3], 205, 895, p.between(240, 300))
}

// meadow strews marks over flat ground between two heights.
func (p *scene) meadow(top, bottom float64) {
	for y := top; y < bottom; y += 8 + (y-top)*0.11 {
		near := 0.35 + 0.9*(y-top)/(tall-top)
		for x := p.between(-100, 0); x < p.wide; x += p.between(130, 380) * near {
			l := p.between(40, 110) * near
			p.gouge(p.land[1], point{x, y}, point{x + l, y + p.between(-3, 3)}, -3, 6*near)
		}
	}
}

// stand is a row of trees along a line.
func (p *scene) stand(ground curve, ink, cut rgba, h float64, n int) {
	round := p.odds(2)
	for range n {
		x := p.between(0, p.wide)
		s := h * p.between(0.7, 1.3)
		if round {
			p.leafy(ink, cut, x, ground(x)+s*0.2, s)
		} else {
			p.conifer(ink, cut, x, ground(x)+s*0.15, s*1.2)
		}
	}
}

// bridge: a path carried over a gorge on arches.
func (p *scene) bridge() {
	p.all(p.sky)
	p.skyLines(50, 240, 5)
	p.sunAt(p.wide*p.between(0.3, 0.7), p.between(190, 300), p.between(75, 110))
	p.birds(p.wide*0.6, 170, 4)
	p.peaks(470, p.between(130, 190))
	far := p.swell(500, 30, 900)
	p.fill(p.land[1], under(far, -20, p.wide+20, tall+20)...)
	p.stand(far, p.land[2], p.land[1], 46, 22)
	stream := p.winding(point{p.wide * 0.55, tall + 50}, point{p.wide * 0.5, 600}, 120)
	p.fill(p.land[2], under(p.swell(610, 14, 800), -20, p.wide+20, tall+20)...)
	p.ribbon(p.water, stream, 420, 40, 0.5)
	p.ripples(stream)
	deck := 470.0
	left, right := p.wide*0.22, p.wide*0.8
	p.arches(left, right, deck, 3+p.pick(3))
	p.abutments(left, right, deck)
}

// arches is a viaduct between two sides of a valley.
func (p *scene) arches(left, right, deck float64, n int) {
	stone, joint := p.land[4], p.land[3]
	span := (right - left) / float64(n)
	thick := 54.0
	pier := span * 0.13
	for i := range n {
		x0, x1 := left+span*float64(i), left+span*float64(i+1)
		rx := (span - pier) / 2
		spring := deck + thick + rx*0.92
		outline := []point{{x0, deck}, {x0, tall + 10}, {x0 + pier/2, tall + 10}}
		outline = append(outline, arc((x0+x1)/2, spring, rx, rx*0.92, math.Pi, 2*math.Pi)...)
		outline = append(outline, point{x1 - pier/2, tall + 10}, point{x1, tall + 10}, point{x1, deck})
		p.fill(stone, outline...)
		for k := range 13 { // stones around the arch
			a := math.Pi + math.Pi*(float64(k)+0.5)/13
			r0, r1 := rx*1.03, rx*1.03+24
			p.line(joint, point{(x0+x1)/2 + r0*math.Cos(a), spring + r0*0.92*math.Sin(a)},
				point{(x0+x1)/2 + r1*math.Cos(a), spring + r1*0.92*math.Sin(a)}, 5)
		}
		for range 9 {
			y := p.between(deck+thick, tall)
			p.gouge(joint, point{x0 - pier*0.4, y}, point{x0 + pier*p.between(0, 0.4), y}, 0, 7)
		}
	}
	p.rect(stone, left-30, deck-26, right+30, deck+20)
	p.rect(p.path, left-30, deck-8, right+30, deck+6)
	for x := left; x < right; x += 34 {
		p.rect(joint, x, deck-26, x+5, deck-10)
	}
}

// abutments are the valley's near sides, with the path coming up one of them.
func (p *scene) abutments(left, right, deck float64) {
	farSide := func(x float64) float64 {
		return deck - 8 + 420*math.Pow(max(0, right+20-x)/260, 1.4) - 0.12*max(0, x-right) + 8*math.Sin(x/60)
	}
	p.fill(p.land[3], under(farSide, right-320, p.wide+20, tall+20)...)
	p.carve(fold{crest: farSide, cut: p.land[2]}, 0.7)
	over := p.winding(point{right - 6, deck + 6}, point{p.wide * 0.96, farSide(p.wide*0.96) + 2}, 10)
	p.ribbon(p.path, over, 26, 8, 0.7)
	nearSide := func(x float64) float64 {
		return deck - 6 + 430*math.Pow(max(0, x-left+10)/330, 1.5) + 6*math.Sin(x/50)
	}
	p.fill(p.dark, under(nearSide, -20, left+330, tall+20)...)
	line := []point{}
	for i := range 40 {
		t := float64(i) / 39
		line = append(line, point{left*0.55 + (left*0.5)*t*t + 60*math.Sin(3.6*t)*(1-t), tall + 30 + (deck-tall-28)*t})
	}
	p.ribbon(p.path, line, 130, 16, 0.6)
	for _, share := range []float64{0.42, 0.68, 0.88} {
		q := at(line, share)
		p.post(q.x+86*(1.1-share), q.y+4, 72*(1.25-share))
	}
	p.signpost(left*0.3, 690, 210, 2, 1)
	p.conifer(p.dark, p.land[3], p.wide*0.95, farSide(p.wide*0.95)+30, 260)
	p.conifer(p.dark, p.land[3], p.wide*0.9, farSide(p.wide*0.9)+40, 190)
	for range 8 {
		x := p.between(0, left)
		p.tuft(p.land[3], x, nearSide(x)+p.between(30, 300), p.between(18, 34))
	}
}
