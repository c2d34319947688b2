package drawing

import "image"

// mark is the program's sign, a post with two arms, its left foot at (x, y)
// and h high. web/static/mark.svg has the same shape.
func (p *scene) mark(x, y, h float64) {
	at := func(dx, dy float64) point { return point{x + dx*h/16, y - h + dy*h/16} }
	p.fill(p.land[3], at(7, 0), at(9, 0), at(9, 16), at(7, 16))
	p.fill(p.land[3], at(2, 1.5), at(12, 1.5), at(14.5, 4), at(12, 6.5), at(2, 6.5))
	p.fill(p.blaze, at(14, 8), at(4, 8), at(1.5, 10.5), at(4, 13), at(14, 13))
}

// Icon draws the program's mark on a square of so many pixels, on paper, with
// room around it.
func Icon(b Base, size int) *image.Paletted {
	p := &scene{canvas: newCanvas(size, size), dice: newDice(0, "icon"), plate: plates(b)[0]}
	p.land[3] = b.Accent
	p.all(b.Paper)
	const side = 0.78 * tall
	p.mark((tall-side)/2, (tall+side)/2, side)
	return indexed(p.img, b.Palette())
}
