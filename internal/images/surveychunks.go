package images

import "encoding/binary"

// surveyPNG reads the depth, kind and interlacing from the IHDR chunk, whose
// place is fixed, and walks the chunks for an eXIf one. Compressed text and
// profile chunks are passed over, here and by the decoder.
func surveyPNG(data []byte, s *survey) {
	pixels := int64(s.width) * int64(s.height)
	const ihdr = 16
	if len(data) < ihdr+13 {
		return
	}
	depth, kind, interlaced := data[ihdr+8], data[ihdr+9], data[ihdr+12] != 0
	size := int64(4)
	switch {
	case depth == 16:
		size = 8
	case kind == 3:
		size = 1
	}
	s.cost = size * pixels
	if interlaced {
		s.cost += s.cost / 2
	}
	// Two rows for the decoder and one for the scaler: nothing, but for a
	// picture that is a single row of millions.
	s.cost += (2*size + 4) * int64(s.width)
	for rest := data[8:]; len(rest) >= 12; {
		size := int64(binary.BigEndian.Uint32(rest))
		if size > int64(len(rest)-12) {
			return
		}
		if string(rest[4:8]) == "eXIf" {
			s.orientation = orientation(rest[8 : 8+size])
			return
		}
		rest = rest[12+size:]
	}
}

// surveyWebP walks the RIFF chunks (RFC 9649, section 2) for the animation
// flag and an EXIF chunk.
func surveyWebP(data []byte, s *survey) {
	for rest := data[12:]; len(rest) >= 8; {
		size := int64(binary.LittleEndian.Uint32(rest[4:]))
		if size > int64(len(rest)-8) {
			return
		}
		body := rest[8 : 8+size]
		switch string(rest[:4]) {
		case "VP8X":
			s.moving = size > 0 && body[0]&0x02 != 0
		case "EXIF":
			if size > 6 && string(body[:6]) == "Exif\x00\x00" {
				body = body[6:]
			}
			s.orientation = orientation(body)
		}
		rest = rest[8+min(size+size&1, int64(len(rest)-8)):]
	}
}

// gifFrames counts image descriptors (GIF89a, section 20) without decoding,
// up to the number given.
func gifFrames(data []byte, most int) int {
	if len(data) < 13 {
		return 0
	}
	at := 13 + gifTable(data[10])
	frames := 0
	for at < len(data) && frames < most {
		switch data[at] {
		case 0x21: // extension: label, then sub-blocks
			at = skipBlocks(data, at+2)
		case 0x2c: // image: descriptor, own colours, code size, sub-blocks
			if at+9 >= len(data) {
				return frames
			}
			frames++
			at = skipBlocks(data, at+10+gifTable(data[at+9])+1)
		default:
			return frames
		}
	}
	return frames
}

func gifTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (1 + flags&7)
}

func skipBlocks(data []byte, at int) int {
	for at < len(data) && data[at] != 0 {
		at += int(data[at]) + 1
	}
	return at + 1
}
