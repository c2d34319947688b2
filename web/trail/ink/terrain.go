package ink

import "strings"

// Terrain is the lie of the land: a rolling line that the trail follows.
// It has a rise for every stride; between two rises it is a cubic that is level
// at both, so that hills and hollows are round.
type Terrain struct {
	Base   float64 // the height around which it rolls
	stride float64
	rises  []float64
}

// Gentle is the land of the figure, in units above and below its base.
func Gentle(base, stride, scale float64) Terrain {
	t := Terrain{Base: base, stride: stride}
	for _, rise := range []float64{1, -5, 4, -3, 6, -6, 3, -4, 5, -5, 2, -6, 6, -2, 4, -5} {
		t.rises = append(t.rises, float64(rise*scale))
	}
	return t
}

// At is the height of the land at a place, and how it slopes there.
func (t Terrain) At(x float64) (height, slope float64) {
	k := int(x / t.stride)
	if x < 0 {
		k = 0
	}
	a, b := t.rises[k%len(t.rises)], t.rises[(k+1)%len(t.rises)]
	u := min(max(x/t.stride-float64(k), 0), 1)
	ease := float64(u * u * (3 - float64(2*u)))
	height = t.Base + a + float64((b-a)*ease)
	slope = float64((b - a) * float64(6*u*(1-u)) / t.stride)
	return height, slope
}

// Along writes the path that follows the land from one place to another, off
// units below it. With down, places run down the page and the land sways.
func (t Terrain) Along(p *Pen, from, to, off float64, down bool) string {
	height, _ := t.At(from)
	return "M" + ground(p, from, height+off, down) + t.Onward(p, from, to, off, down)
}

// Onward is Along without its first point, to go on from where a path is.
func (t Terrain) Onward(p *Pen, from, to, off float64, down bool) string {
	var d strings.Builder
	y0, s0 := t.At(from)
	for x0 := from; x0 < to; {
		knot := float64(t.stride * float64(int((x0+0.01)/t.stride)+1))
		x1 := min(knot, to)
		y1, s1 := t.At(x1)
		third := (x1 - x0) / 3
		d.WriteString("C" + ground(p, x0+third, y0+off+float64(s0*third), down) +
			" " + ground(p, x1-third, y1+off-float64(s1*third), down) +
			" " + ground(p, x1, y1+off, down))
		x0, y0, s0 = x1, y1, s1
	}
	return d.String()
}

func ground(p *Pen, along, across float64, down bool) string {
	if down {
		return p.Place(across, along)
	}
	return p.Place(along, across)
}
