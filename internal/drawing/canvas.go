package drawing

import (
	"image"
	"math"
	"slices"

	"golang.org/x/image/vector"
)

// tall is the height of every canvas in its own units, whatever its pixels.
const tall = 900.0

type point struct{ x, y float64 }

// canvas is drawn on in units: tall high, wide across, (0, 0) at the top left.
type canvas struct {
	img    *image.RGBA
	raster *vector.Rasterizer
	unit   float64 // pixels in a unit
	wide   float64
	flip   bool // left and right change places
}

func newCanvas(w, h int) *canvas {
	unit := float64(h) / tall
	return &canvas{
		img:    image.NewRGBA(image.Rect(0, 0, w, h)),
		raster: vector.NewRasterizer(1, 1),
		unit:   unit,
		wide:   float64(w) / unit,
	}
}

// fill paints the inside of a closed outline, with smooth edges.
func (c *canvas) fill(ink rgba, outline ...point) {
	if len(outline) < 3 {
		return
	}
	if c.flip {
		outline = slices.Clone(outline)
		for i := range outline {
			outline[i].x = c.wide - outline[i].x
		}
	}
	low, high := outline[0], outline[0]
	for _, p := range outline {
		low = point{min(low.x, p.x), min(low.y, p.y)}
		high = point{max(high.x, p.x), max(high.y, p.y)}
	}
	box := image.Rect(
		int(math.Floor(low.x*c.unit)), int(math.Floor(low.y*c.unit)),
		int(math.Ceil(high.x*c.unit)), int(math.Ceil(high.y*c.unit)),
	).Intersect(c.img.Rect)
	if box.Empty() {
		return
	}
	c.raster.Reset(box.Dx(), box.Dy())
	at := func(p point) (float32, float32) {
		return float32(p.x*c.unit - float64(box.Min.X)), float32(p.y*c.unit - float64(box.Min.Y))
	}
	c.raster.MoveTo(at(outline[0]))
	for _, p := range outline[1:] {
		c.raster.LineTo(at(p))
	}
	c.raster.ClosePath()
	c.raster.Draw(c.img, box, image.NewUniform(ink), image.Point{})
}

// all paints the whole canvas.
func (c *canvas) all(ink rgba) {
	c.rect(ink, -1, -1, c.wide+1, tall+1)
}

func (c *canvas) rect(ink rgba, x0, y0, x1, y1 float64) {
	c.fill(ink, point{x0, y0}, point{x1, y0}, point{x1, y1}, point{x0, y1})
}

func (c *canvas) disc(ink rgba, x, y, r float64) { c.oval(ink, x, y, r, r) }

func (c *canvas) oval(ink rgba, x, y, rx, ry float64) {
	c.fill(ink, arc(x, y, rx, ry, 0, 2*math.Pi)...)
}

// line paints a straight bar of a thickness.
func (c *canvas) line(ink rgba, a, b point, thick float64) {
	c.ribbon(ink, []point{a, b}, thick, thick, 1)
}

// ribbon paints a band along a line, its width going from w0 to w1. Flatness
// below 1 presses the band down as perspective does to a path on the ground.
func (c *canvas) ribbon(ink rgba, along []point, w0, w1, flatness float64) {
	left, right := make([]point, 0, 2*len(along)), make([]point, 0, len(along))
	for i, p := range along {
		before, after := along[max(i-1, 0)], along[min(i+1, len(along)-1)]
		dx, dy := after.x-before.x, after.y-before.y
		length := math.Hypot(dx, dy)
		if length == 0 {
			continue
		}
		half := (w0 + (w1-w0)*float64(i)/float64(len(along)-1)) / 2
		off := point{-dy / length * half, dx / length * half * flatness}
		left = append(left, point{p.x + off.x, p.y + off.y})
		right = append(right, point{p.x - off.x, p.y - off.y})
	}
	for i := len(right) - 1; i >= 0; i-- {
		left = append(left, right[i])
	}
	c.fill(ink, left...)
}

// gouge paints the mark of a cutting tool: a stroke from a to b, pointed at
// both ends, bulging sideways by bend.
func (c *canvas) gouge(ink rgba, a, b point, bend, thick float64) {
	const steps = 6
	dx, dy := b.x-a.x, b.y-a.y
	length := math.Hypot(dx, dy)
	if length == 0 {
		return
	}
	nx, ny := -dy/length, dx/length
	outline := make([]point, 0, 2*steps+2)
	for i := range 2 * steps {
		t, side := float64(i)/steps, 0.5
		if i > steps {
			t, side = float64(2*steps-i)/steps, -0.5
		}
		arch := math.Sin(math.Pi * t)
		off := bend*arch + side*thick*arch
		outline = append(outline, point{a.x + dx*t + nx*off, a.y + dy*t + ny*off})
	}
	c.fill(ink, outline...)
}

// arc gives points on an ellipse from one angle to another, clockwise on the
// screen, starting at the right.
func arc(x, y, rx, ry, from, to float64) []point {
	steps := 12 + int(math.Sqrt(max(rx, ry))*3*math.Abs(to-from)/math.Pi)
	points := make([]point, 0, steps+1)
	for i := range steps + 1 {
		angle := from + (to-from)*float64(i)/float64(steps)
		points = append(points, point{x + rx*math.Cos(angle), y + ry*math.Sin(angle)})
	}
	return points
}
