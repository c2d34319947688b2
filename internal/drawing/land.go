package drawing

// fold is one layer of hills: its crest, its ink, and where the path crosses
// the crest.
type fold struct {
	crest curve
	ink   rgba
	cut   rgba // for the marks of the tool; the same as ink for none
	gate  float64
	end   float64 // where the fold breaks off; 0 for never
}

// folds lays hills behind one another between two heights, the path swinging
// from side to side as it comes nearer.
func (p *scene) folds(n int, top, bottom, height float64) []fold {
	all := make([]fold, n)
	gate, to := p.wide*p.between(0.42, 0.62), p.side()
	for i := range all {
		t := float64(i) / float64(n-1)
		tone := i + len(p.land) - n
		base := top + (bottom-top)*t
		all[i] = fold{
			crest: p.swell(base, height*(0.75+0.4*t), p.wide*(0.55+0.25*t)),
			ink:   p.land[tone],
			cut:   p.land[max(tone-1, 0)],
			gate:  gate,
		}
		gate = min(max(gate+to*p.wide*(0.1+0.07*t)*p.between(0.7, 1.2), p.wide*0.16), p.wide*0.84)
		to = -to
	}
	return all
}

// layHills paints the folds with the path running over them and gives the
// path's middle line on the nearest fold.
func (p *scene) layHills(folds []fold) []point {
	var line []point
	for i, f := range folds {
		p.fill(f.ink, under(f.crest, -20, p.wide+20, tall+20)...)
		if i > 0 {
			p.carve(f, 0.3+0.7*float64(i)/float64(len(folds)))
		}
		line = p.pathOver(folds, i)
		if i > 0 && i < len(folds)-1 {
			p.grove(f, folds[i+1], i)
		}
	}
	return line
}

// carve cuts marks along the sunny slopes of a fold.
func (p *scene) carve(f fold, scale float64) {
	end := f.end
	if end == 0 {
		end = p.wide
	}
	for row := range 7 {
		depth := (14 + 21*float64(row)) * scale
		for x := -40 + p.between(0, 60); x < end; x += p.between(48, 100) * scale {
			rise := f.crest(x+20) - f.crest(x-20)
			if rise < 0.3+1.6*float64(row) {
				continue
			}
			l := p.between(45, 110) * scale * (1 - 0.08*float64(row))
			y0, y1 := f.crest(x)+depth, f.crest(x+l)+depth*1.12
			p.gouge(f.cut, point{x, y0}, point{x + l, y1}, -3*scale, (9-0.9*float64(row))*scale)
		}
	}
}

// grove sets a few trees on a fold, away from the path.
func (p *scene) grove(f, next fold, i int) {
	size := 22 + 24*float64(i)
	for range 2 + p.pick(2) {
		x := p.between(0.04, 0.96) * p.wide
		if abs(x-f.gate) < 5*size || abs(x-next.gate) < 5*size {
			continue
		}
		round := p.odds(2)
		for k := range 3 + p.pick(4) {
			tx := x + float64(k)*size*p.between(0.4, 0.62)
			h := size * p.between(0.8, 1.35)
			ty := f.crest(tx) + size*p.between(0.05, 0.3)
			if round {
				p.leafy(next.ink, f.ink, tx, ty, h)
			} else {
				p.conifer(next.ink, f.ink, tx, ty, h*1.25)
			}
		}
	}
}

// pathOver paints the part of the path that lies on one fold: from its crest
// down to where the next fold hides it.
func (p *scene) pathOver(folds []fold, i int) []point {
	f := folds[i]
	n := float64(len(folds))
	width := func(k float64) float64 { return 4 + 78*(k/n)*(k/n) }
	far := point{f.gate, f.crest(f.gate) + 1}
	near := point{f.gate + (p.wide*0.5-f.gate)*0.5, tall + 40}
	if i+1 < len(folds) {
		next := folds[i+1]
		near = point{next.gate, next.crest(next.gate) + 16}
	}
	line := p.winding(near, far, 30+50*float64(i)/n)
	p.ribbon(p.path, line, width(float64(i)+1.2), width(float64(i)+0.25), 0.5)
	return line
}

func abs(x float64) float64 { return max(x, -x) }
