package images_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// quarters is a w×h picture with a colour of its own in each quarter: red,
// green, blue and white, as read from left to right and top to bottom.
func quarters(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetNRGBA(x, y, quarterColours()[2*(2*y/h)+2*x/w])
		}
	}
	return img
}

func quarterColours() [4]color.NRGBA {
	return [4]color.NRGBA{{220, 20, 20, 255}, {20, 180, 20, 255}, {20, 20, 220, 255}, {250, 250, 250, 255}}
}

// grain is a w×h picture in which no two neighbours are alike, as in a
// photograph.
func grain(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	state := uint32(1)
	for i := range img.Pix {
		state = state*1664525 + 1013904223
		img.Pix[i] = uint8(state >> 24)
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	return img
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// asGIF is a 40×20 GIF whose first frame fills the right half only.
func asGIF(t testing.TB, frames int) []byte {
	t.Helper()
	movie := gif.GIF{Config: image.Config{Width: 40, Height: 20}}
	for range frames {
		frame := image.NewPaletted(image.Rect(20, 0, 40, 20), color.Palette{color.Black, color.White})
		movie.Image = append(movie.Image, frame)
		movie.Delay = append(movie.Delay, 10)
	}
	var buf bytes.Buffer
	if err := gif.EncodeAll(&buf, &movie); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// exif is a TIFF block with an orientation and a pointer to GPS data.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	block := []byte("II*\x00")
	if order.String() == binary.BigEndian.String() {
		block = []byte("MM\x00*")
	}
	block = order.AppendUint32(block, 8)
	block = order.AppendUint16(block, 2)
	block = order.AppendUint16(block, 0x0112)
	block = order.AppendUint16(block, 3)
	block = order.AppendUint32(block, 1)
	block = order.AppendUint16(block, orientation)
	block = order.AppendUint16(block, 0)
	block = order.AppendUint16(block, 0x8825)
	block = order.AppendUint16(block, 4)
	block = order.AppendUint32(block, 1)
	block = order.AppendUint32(block, 38)
	block = order.AppendUint32(block, 0)
	return append(block, "GPSCANARY 52.5200N 13.4050E"...)
}

// withSegment puts an APPn segment in front of a JPEG's others.
func withSegment(photo []byte, marker byte, body []byte) []byte {
	out := []byte{0xff, 0xd8, 0xff, marker}
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	out = append(out, body...)
	return append(out, photo[2:]...)
}

// withChunk puts a chunk behind a PNG's header chunk.
func withChunk(drawn []byte, name string, body []byte) []byte {
	const afterHeader = 8 + 25
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(chunk, name...)
	chunk = append(chunk, body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	out := append([]byte{}, drawn[:afterHeader]...)
	out = append(out, chunk...)
	return append(out, drawn[afterHeader:]...)
}

// webp is a lossless WebP of one colour (RFC 9649, section 3): each of its
// five prefix codes has a single symbol, so the pixels take no bits at all.
// With a TIFF block it becomes an extended file with an EXIF chunk.
func webp(w, h int, tiff []byte) []byte {
	var bits, used uint64
	put := func(value uint64, n uint64) {
		bits |= value << used
		used += n
	}
	put(uint64(w-1), 14)
	put(uint64(h-1), 14)
	put(0, 4) // no alpha, version 0
	stream := binary.LittleEndian.AppendUint32([]byte{0x2f}, uint32(bits))
	bits, used = 0, 0
	put(0, 3)     // no transform, no colour cache, no meta prefix codes
	for range 3 { // green, red, blue: simple, one symbol, of 8 bits
		put(1|0<<1|1<<2, 3)
		put(200, 8)
	}
	for _, symbol := range []uint64{1, 0} { // alpha and distance: of 1 bit
		put(1|0<<1|0<<2, 3)
		put(symbol, 1)
	}
	stream = binary.LittleEndian.AppendUint64(stream, bits)
	var body []byte
	if tiff != nil {
		head := binary.LittleEndian.AppendUint32(nil, 0x08)
		head = append(head, byte(w-1), 0, 0, byte(h-1), 0, 0)
		body = riffChunk(body, "VP8X", head)
	}
	body = riffChunk(body, "VP8L", stream)
	if tiff != nil {
		body = riffChunk(body, "EXIF", tiff)
	}
	return riffChunk(nil, "RIFF", append([]byte("WEBP"), body...))
}

func riffChunk(out []byte, name string, body []byte) []byte {
	out = append(out, name...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(body)))
	out = append(out, body...)
	if len(body)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

// movingWebP is the header of an animated WebP (RFC 9649, section 2.7.1).
func movingWebP() []byte {
	head := []byte{0x02, 0, 0, 0, 1, 0, 0, 1, 0, 0}
	return riffChunk(nil, "RIFF", append([]byte("WEBP"), riffChunk(nil, "VP8X", head)...))
}
