package images

import (
	"image"
	stddraw "image/draw"

	"golang.org/x/image/draw"
)

// strip says how many rows or columns of a length are scaled at once. The
// scaler holds 32 bytes for each pixel between its two passes, which for a
// whole photograph would be hundreds of megabytes; a strip takes at most 16.
func strip(length int) int {
	return max(1, min(128, 500_000/length))
}

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

func resize(img image.Image, frame image.Rectangle, width, height int) *image.RGBA {
	narrow := narrowed(img, frame, width)
	if height == frame.Dy() {
		return narrow
	}
	return lowered(narrow, height)
}

// narrowed brings the frame to a width, strip by strip of rows.
func narrowed(img image.Image, frame image.Rectangle, width int) *image.RGBA {
	w, h := frame.Dx(), frame.Dy()
	dst := image.NewRGBA(image.Rect(0, 0, width, h))
	if width == w {
		stddraw.Draw(dst, dst.Rect, img, frame.Min, stddraw.Src)
		return dst
	}
	n := strip(w)
	scaler := draw.CatmullRom.NewScaler(width, n, w, n)
	rows := image.NewRGBA(image.Rect(0, 0, w, n))
	part := image.NewRGBA(image.Rect(0, 0, width, n))
	for y := 0; y < h; y += n {
		clear(rows.Pix)
		stddraw.Draw(rows, rows.Rect, img, frame.Min.Add(image.Pt(0, y)), stddraw.Src)
		scaler.Scale(part, part.Rect, rows, rows.Rect, draw.Src, nil)
		stddraw.Draw(dst, image.Rect(0, y, width, y+n), part, image.Point{}, stddraw.Src)
	}
	return dst
}

// lowered brings a picture to a height, strip by strip of columns.
func lowered(src *image.RGBA, height int) *image.RGBA {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewRGBA(image.Rect(0, 0, w, height))
	n := strip(h)
	scaler := draw.CatmullRom.NewScaler(n, height, n, h)
	part := image.NewRGBA(image.Rect(0, 0, n, height))
	columns := image.NewRGBA(image.Rect(0, 0, n, h))
	for x := 0; x < w; x += n {
		clear(columns.Pix)
		stddraw.Draw(columns, columns.Rect, src, image.Pt(x, 0), stddraw.Src)
		scaler.Scale(part, part.Rect, columns, columns.Rect, draw.Src, nil)
		stddraw.Draw(dst, image.Rect(x, 0, x+n, height), part, image.Point{}, stddraw.Src)
	}
	return dst
}
