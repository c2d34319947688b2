package images

import (
	"image"
	stddraw "image/draw"
)

// Scale gives img at the width wanted, in pixels, with its proportions kept;
// an img that is not wider comes back at its own size.
func Scale(img image.Image, width int) *image.RGBA {
	b := img.Bounds()
	if width <= 0 || width >= b.Dx() {
		return resize(img, b, b.Dx(), b.Dy())
	}
	height := max(1, (b.Dy()*width+b.Dx()/2)/b.Dx())
	return resize(img, b, width, height)
}

// shrink gives the part of img within frame with no edge longer than edge.
// What lies within frame but outside img is transparent.
func shrink(img image.Image, frame image.Rectangle, edge int) *image.RGBA {
	w, h := frame.Dx(), frame.Dy()
	longest := max(w, h)
	if longest <= edge {
		return resize(img, frame, w, h)
	}
	return resize(img, frame, max(1, w*edge/longest), max(1, h*edge/longest))
}

// resize brings the frame to a size row by row. It holds no more than the rows
// of the source that one row of the result is made of, and those already at
// their new width: next to a photograph that is nothing, while a picture
// between the two passes would take as much again as the photograph.
func resize(img image.Image, frame image.Rectangle, width, height int) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	if width == frame.Dx() && height == frame.Dy() {
		stddraw.Draw(dst, dst.Rect, img, frame.Min, stddraw.Src)
		return dst
	}
	down := newFilter(frame.Dy(), height)
	rows := narrowed{
		img: img, frame: frame, across: newFilter(frame.Dx(), width).remembered(),
		row:  image.NewRGBA(image.Rect(0, 0, frame.Dx(), 1)),
		kept: make([][]int32, min(down.reach, frame.Dy())),
	}
	sums := make([]int32, 4*width)
	for y := range height {
		first, weights := down.at(y)
		clear(sums)
		for i, weight := range weights {
			for x, value := range rows.at(first + i) {
				sums[x] += weight * value
			}
		}
		settle(dst.Pix[y*dst.Stride:], sums)
	}
	return dst
}

// narrowed gives rows of a frame at their new width. Rows are asked for in
// ascending order, a few of them again: these are kept.
type narrowed struct {
	img    image.Image
	frame  image.Rectangle
	across filter
	row    *image.RGBA
	kept   [][]int32 // row y lies at y modulo the length
	next   int       // the first row that was not read yet
}

// at gives row y with its values still 1<<spare times too large.
func (n *narrowed) at(y int) []int32 {
	for ; n.next <= y; n.next++ {
		place := n.next % len(n.kept)
		if n.kept[place] == nil {
			n.kept[place] = make([]int32, 4*n.across.to)
		}
		clear(n.row.Pix)
		stddraw.Draw(n.row, n.row.Rect, n.img, n.frame.Min.Add(image.Pt(0, n.next)), stddraw.Src)
		n.narrow(n.kept[place])
	}
	return n.kept[y%len(n.kept)]
}

func (n *narrowed) narrow(into []int32) {
	const half = 1 << (unitBits - spare - 1)
	for x := range n.across.to {
		first, weights := n.across.at(x)
		pixels := n.row.Pix[4*first : 4*(first+len(weights))]
		var r, g, b, a int32
		for _, weight := range weights {
			r += weight * int32(pixels[0])
			g += weight * int32(pixels[1])
			b += weight * int32(pixels[2])
			a += weight * int32(pixels[3])
			pixels = pixels[4:]
		}
		to := into[4*x : 4*x+4]
		to[0], to[1] = (r+half)>>(unitBits-spare), (g+half)>>(unitBits-spare)
		to[2], to[3] = (b+half)>>(unitBits-spare), (a+half)>>(unitBits-spare)
	}
}

// settle writes a row of sums as pixels. The filter reaches beyond black,
// white and, as colours are multiplied by their opacity, beyond that.
func settle(pix []uint8, sums []int32) {
	const half = 1 << (unitBits + spare - 1)
	for x := 0; x < len(sums); x += 4 {
		most := min(max((sums[x+3]+half)>>(unitBits+spare), 0), 255)
		for i := range 3 {
			pix[x+i] = uint8(min(max((sums[x+i]+half)>>(unitBits+spare), 0), most))
		}
		pix[x+3] = uint8(most)
	}
}
