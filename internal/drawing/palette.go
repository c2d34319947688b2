package drawing

import "image/color"

type rgba = color.RGBA

// parts is how finely the four base colours are mixed. Nine parts give 220
// mixes, which fit the palette of an indexed picture.
const parts = 9

// Base holds the four colours that a picture is mixed from. DESIGN's tokens
// of the same names, for light pages, are what DefaultBase returns.
type Base struct {
	Paper, Ink, Accent, Marker color.RGBA
}

// DefaultBase returns the colours of a community that has chosen none.
func DefaultBase() Base {
	return Base{
		Paper:  rgba{R: 0xfb, G: 0xf9, B: 0xf4, A: 0xff},
		Ink:    rgba{R: 0x1f, G: 0x24, B: 0x21, A: 0xff},
		Accent: rgba{R: 0x2b, G: 0x63, B: 0x49, A: 0xff},
		Marker: rgba{R: 0xb4, G: 0x47, B: 0x0f, A: 0xff},
	}
}

// mix gives a colour made of so many ninths of each base colour.
func (b Base) mix(paper, ink, accent, marker int) rgba {
	blend := func(p, i, a, m uint8) uint8 {
		sum := int(p)*paper + int(i)*ink + int(a)*accent + int(m)*marker
		return uint8((sum + parts/2) / parts)
	}
	return rgba{
		R: blend(b.Paper.R, b.Ink.R, b.Accent.R, b.Marker.R),
		G: blend(b.Paper.G, b.Ink.G, b.Accent.G, b.Marker.G),
		B: blend(b.Paper.B, b.Ink.B, b.Accent.B, b.Marker.B),
		A: 0xff,
	}
}

// Palette returns all mixes of the base colours in ninths: every pixel of a
// picture made here has one of these colours.
func (b Base) Palette() color.Palette {
	var all color.Palette
	for ink := range parts + 1 {
		for accent := range parts + 1 - ink {
			for marker := range parts + 1 - ink - accent {
				all = append(all, b.mix(parts-ink-accent-marker, ink, accent, marker))
			}
		}
	}
	return all
}
