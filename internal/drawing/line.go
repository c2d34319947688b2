package drawing

import "math"

// curve is a height above the ground, in canvas units from the top, at each x.
type curve func(x float64) float64

// swell makes a rolling line around base, up to height above and below.
func (d *dice) swell(base, height, length float64) curve {
	a, b, c := d.phase(), d.phase(), d.phase()
	l1, l2, l3 := length*d.between(0.85, 1.2), length*d.between(0.42, 0.55), length*d.between(0.17, 0.23)
	return func(x float64) float64 {
		return base - height*(0.62*math.Sin(2*math.Pi*x/l1+a)+
			0.28*math.Sin(2*math.Pi*x/l2+b)+0.1*math.Sin(2*math.Pi*x/l3+c))
	}
}

// under gives the outline of all that lies below a line, down to bottom.
func under(f curve, from, to, bottom float64) []point {
	const step = 8
	outline := []point{{to, bottom}, {from, bottom}}
	for x := from; x < to; x += step {
		outline = append(outline, point{x, f(x)})
	}
	return append(outline, point{to, f(to)})
}

// winding gives the middle line of a path over the ground from a near point to
// a far one. It sets out and arrives straight, and its bends grow tighter with
// distance.
func (d *dice) winding(near, far point, swing float64) []point {
	const steps = 48
	bends, start := d.between(0.8, 1.25), d.side()
	points := make([]point, 0, steps+1)
	for i := range steps + 1 {
		t := float64(i) / steps
		bend := math.Sin(2*math.Pi*bends*math.Pow(t, 0.8)) * math.Pow(1-t, 1.4) * ease(min(1, 2.2*t))
		points = append(points, point{
			x: near.x + (far.x-near.x)*ease(t) + start*swing*bend,
			y: near.y + (far.y-near.y)*t,
		})
	}
	return points
}

// ease goes from 0 to 1 as t does, slowly at both ends.
func ease(t float64) float64 { return t * t * (3 - 2*t) }

// at gives the place on a line at a share of its points, from 0 to 1.
func at(line []point, share float64) point {
	return line[int(share*float64(len(line)-1)+0.5)]
}
