package images

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// quality is JPEG's, from 1 to 100.
const quality = 82

// Encoded is a picture ready to be stored and served.
type Encoded struct {
	Data          []byte
	Ext           string // with its dot: ".jpg" or ".png"
	ContentType   string // "image/jpeg" or "image/png"
	Width, Height int    // in pixels
}

// Name is a file name made of the content alone: the first 32 hexadecimal
// digits of its SHA-256, and Ext.
func (e Encoded) Name() string {
	sum := sha256.Sum256(e.Data)
	return hex.EncodeToString(sum[:16]) + e.Ext
}

func encode(img *image.RGBA, asPNG bool) (Encoded, error) {
	out := Encoded{Width: img.Rect.Dx(), Height: img.Rect.Dy()}
	var buf bytes.Buffer
	if !asPNG {
		if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: quality}); err != nil {
			return out, fmt.Errorf("encode JPEG: %w", err)
		}
		out.Data, out.Ext, out.ContentType = buf.Bytes(), ".jpg", "image/jpeg"
		return out, nil
	}
	var drawn image.Image = img
	if flat := indexed(img); flat != nil {
		drawn = flat
	}
	if err := png.Encode(&buf, drawn); err != nil {
		return out, fmt.Errorf("encode PNG: %w", err)
	}
	out.Data, out.Ext, out.ContentType = buf.Bytes(), ".png", "image/png"
	return out, nil
}

// suitsPNG says whether a picture is drawn rather than photographed: it has
// transparency, few colours, or mostly runs of one colour.
func suitsPNG(img *image.RGBA) bool {
	if !img.Opaque() || indexed(img) != nil {
		return true
	}
	same, all := 0, 0
	for y := range img.Rect.Dy() {
		row := img.Pix[y*img.Stride : y*img.Stride+4*img.Rect.Dx()]
		for x := 4; x < len(row); x += 4 {
			all++
			if [4]byte(row[x:x+4]) == [4]byte(row[x-4:x]) {
				same++
			}
		}
	}
	return 2*same > all
}

// indexed gives the picture with a palette, or nil above 256 colours.
func indexed(img *image.RGBA) *image.Paletted {
	known := map[[4]byte]uint8{}
	var palette color.Palette
	w, h := img.Rect.Dx(), img.Rect.Dy()
	pix := make([]uint8, w*h)
	for y := range h {
		row := img.Pix[y*img.Stride:]
		for x := range w {
			c := [4]byte(row[4*x : 4*x+4])
			index, seen := known[c]
			if !seen {
				if len(palette) == 256 {
					return nil
				}
				index = uint8(len(palette))
				known[c] = index
				palette = append(palette, color.RGBA{c[0], c[1], c[2], c[3]})
			}
			pix[y*w+x] = index
		}
	}
	return &image.Paletted{Pix: pix, Stride: w, Rect: image.Rect(0, 0, w, h), Palette: palette}
}
