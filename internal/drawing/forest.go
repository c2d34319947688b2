package drawing

import "math"

// forest: tall trunks, and the path leading into the light between them.
func (p *scene) forest() {
	p.all(p.sky)
	r := p.between(110, 150)
	lit := p.wide * p.between(0.42, 0.58)
	p.sunAt(lit, p.between(250, 330), r)
	crests := make([]fold, 4)
	for i := range crests {
		base := 520 + 75*float64(i)
		crests[i] = fold{crest: p.swell(base, 16, 700), ink: p.land[i+1], cut: p.land[i], gate: lit + p.between(-60, 60)*float64(i)}
	}
	needles := p.odds(2)
	for i, f := range crests {
		p.fill(f.ink, under(f.crest, -20, p.wide+20, tall+20)...)
		if i > 1 {
			p.carve(f, 0.6)
		}
		line := p.pathOver(crests, i)
		if needles {
			p.firs(f, i)
		} else {
			p.trunks(f, i)
		}
		if i == len(crests)-1 {
			p.roadside(line)
		}
	}
	if !needles {
		p.canopy()
	}
}

// trunks stands tree trunks on a fold, taller than the picture.
func (p *scene) trunks(f fold, depth int) {
	w := 11 + 15*float64(depth)
	gap := 46 + 62*float64(depth)
	for x := p.between(-20, 40); x < p.wide+20; x += gap * p.between(0.75, 1.6) {
		if abs(x-f.gate) < 90+60*float64(depth) {
			continue
		}
		y := f.crest(x) + 10 + 8*float64(depth)
		lean := p.between(-12, 12)
		p.fill(f.ink, point{x - w*0.95, y + w*0.3}, point{x - w*0.5, y - w}, point{x - w*0.38 + lean, -10},
			point{x + w*0.38 + lean, -10}, point{x + w*0.5, y - w}, point{x + w*0.95, y + w*0.3})
		if depth < 2 {
			continue
		}
		for range 3 + 2*depth { // bark
			by := p.between(60, y-60)
			bx := x + lean*(1-by/y) + p.between(-0.24, 0.24)*w
			p.gouge(f.cut, point{bx, by}, point{bx, by + p.between(40, 120)}, 2, w*0.09)
		}
		if depth == 2 || p.odds(2) {
			by := y - 150 - 30*float64(depth)
			p.rect(p.blaze, x-w*0.2+lean*0.2, by, x+w*0.2+lean*0.2, by+w*0.75)
		}
	}
}

// canopy hangs leaves over the upper edge.
func (p *scene) canopy() {
	for layer := range 2 {
		ink := p.land[3-2*layer+1]
		base := 120 - 55*float64(layer)
		if layer == 0 {
			ink = p.land[2]
		}
		var edge []point
		a, b := p.phase(), p.phase()
		for x := -20.0; x <= p.wide+20; x += 6 {
			sag := base + 38*math.Sin(x/260+a) + 24*math.Abs(math.Sin(x/38+b))
			edge = append(edge, point{x, sag})
		}
		p.fill(ink, append(edge, point{p.wide + 20, -20}, point{-20, -20})...)
		for range 26 {
			x, y := p.between(0, p.wide), p.between(5, base*0.8)
			p.gouge(p.land[2-layer], point{x, y}, point{x + 26, y + 16}, -4, 7)
		}
	}
}

// firs stands whole conifers on a fold, higher toward the edges.
func (p *scene) firs(f fold, depth int) {
	gap := 44 + 34*float64(depth)
	for x := p.between(-30, 10); x < p.wide+30; x += gap * p.between(0.7, 1.5) {
		away := abs(x-f.gate) / p.wide
		if away*p.wide < 80+55*float64(depth) {
			continue
		}
		h := (150 + 75*float64(depth)) * (0.75 + 0.75*away) * p.between(0.85, 1.2)
		y := f.crest(x) + 8 + 14*float64(depth)
		p.conifer(f.ink, f.cut, x, y, h)
		if depth == 3 {
			p.conifer(p.dark, f.ink, x, y+6, h)
		}
	}
}
