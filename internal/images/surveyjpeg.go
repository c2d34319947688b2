package images

import (
	"bytes"
	"encoding/binary"
)

// Markers of ITU-T T.81, table B.1.
const (
	markerSOF0  = 0xc0
	markerSOF2  = 0xc2
	markerRST0  = 0xd0
	markerSOI   = 0xd8
	markerEOI   = 0xd9
	markerSOS   = 0xda
	markerAPP1  = 0xe1
	markerAPP14 = 0xee
	markerTEM   = 0x01
)

// surveyJPEG walks the marker segments for the orientation, the number of
// scans and the memory that decoding takes. Entropy-coded data is skipped:
// within it 0xff is always followed by 0x00 or a restart marker.
func surveyJPEG(data []byte, s *survey) {
	pixels := int64(s.width) * int64(s.height)
	s.cost = 3 * pixels
	plainRGB := false
	for at := 2; ; {
		next := bytes.IndexByte(data[at:], 0xff)
		if next < 0 || at+next+1 >= len(data) {
			break
		}
		at += next + 1
		marker := data[at]
		if marker == 0xff {
			continue
		}
		at++
		if marker == 0 || marker == markerTEM || marker >= markerRST0 && marker <= markerSOI {
			continue
		}
		if marker == markerEOI || at+2 > len(data) {
			break
		}
		size := int(binary.BigEndian.Uint16(data[at:]))
		if size < 2 || at+size > len(data) {
			break
		}
		body := data[at+2 : at+size]
		at += size
		switch {
		case marker >= markerSOF0 && marker <= markerSOF2:
			s.cost = jpegCost(body, pixels, marker == markerSOF2)
		case marker == markerSOS:
			s.scans++
		case marker == markerAPP1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
			s.orientation = orientation(body[6:])
		case marker == markerAPP14 && len(body) >= 12 && bytes.HasPrefix(body, []byte("Adobe")):
			plainRGB = body[11] == 0
		}
	}
	if plainRGB {
		s.cost += 4 * pixels
	}
}

// jpegCost estimates the decoder's memory from a frame header (T.81, B.2.2):
// one byte a sample, four more where a progressive picture's coefficients are
// held back, and the copies made of four components or of plain RGB.
func jpegCost(frame []byte, pixels int64, progressive bool) int64 {
	if len(frame) < 6 {
		return 0
	}
	components := int(frame[5])
	if components == 0 || len(frame) < 6+3*components {
		return 0
	}
	var sum, maxH, maxV int64
	for i := range components {
		sampling := frame[6+3*i+1]
		h, v := int64(sampling>>4), int64(sampling&15)
		sum += h * v
		maxH, maxV = max(maxH, h), max(maxV, v)
	}
	if maxH*maxV == 0 {
		return 0
	}
	samples := pixels * sum / (maxH * maxV)
	cost := samples
	if progressive {
		cost += 4 * samples
	}
	if components == 4 || components == 3 && frame[6] == 'R' && frame[9] == 'G' {
		cost += 4 * pixels
	}
	return cost
}
