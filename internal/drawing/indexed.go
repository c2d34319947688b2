package drawing

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
)

// indexed gives every pixel the nearest colour of the palette. Few colours
// occur, so each is looked up once.
func indexed(img *image.RGBA, palette color.Palette) *image.Paletted {
	out := image.NewPaletted(img.Rect, palette)
	known := map[rgba]uint8{}
	var last rgba
	var index uint8
	for i := range out.Pix {
		px := img.Pix[4*i : 4*i+4 : 4*i+4]
		c := rgba{R: px[0], G: px[1], B: px[2], A: 0xff}
		if c != last {
			var seen bool
			if index, seen = known[c]; !seen {
				index = uint8(palette.Index(c))
				known[c] = index
			}
			last = c
		}
		out.Pix[i] = index
	}
	return out
}

// PNG encodes a picture as small as the format allows, with only those
// colours in its palette that occur.
func PNG(img *image.Paletted) ([]byte, error) {
	var used [256]bool
	for _, index := range img.Pix {
		used[index] = true
	}
	var place [256]uint8
	slim := *img
	slim.Palette, slim.Pix = nil, make([]uint8, len(img.Pix))
	for index, c := range img.Palette {
		if used[index] {
			place[index] = uint8(len(slim.Palette))
			slim.Palette = append(slim.Palette, c)
		}
	}
	for i, index := range img.Pix {
		slim.Pix[i] = place[index]
	}
	var buf bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&buf, &slim); err != nil {
		return nil, fmt.Errorf("encode drawing: %w", err)
	}
	return buf.Bytes(), nil
}
