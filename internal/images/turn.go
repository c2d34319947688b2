package images

import "image"

// turn gives the picture as it is meant to be seen: orientations 2, 4, 5 and
// 7 are mirrored, 5 to 8 lie on their side.
func turn(src *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 || orientation > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		row := src.Pix[y*src.Stride:]
		for x := range w {
			to := dst.PixOffset(place(x, y, w, h, orientation))
			copy(dst.Pix[to:to+4], row[4*x:4*x+4])
		}
	}
	return dst
}

// place says where the stored pixel (x, y) of a w×h picture is seen.
func place(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	default:
		return x, y
	}
}
