package images

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"
)

type format int

const (
	unknown format = iota
	pngFormat
	jpegFormat
	gifFormat
	webpFormat
)

// survey is what can be known of a picture before its pixels are decoded.
type survey struct {
	format        format
	width, height int
	orientation   int // EXIF 2.32, tag 0x0112: 1 to 8
	frames        int
	scans         int   // passes over a progressive JPEG
	cost          int64 // bytes that decoding takes, at most
	moving        bool
}

// maxScans bounds the time for a progressive JPEG; real ones have about ten.
const maxScans = 64

// sniff tells the format from the first bytes alone.
func sniff(data []byte) format {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return pngFormat
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return jpegFormat
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		return gifFormat
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return webpFormat
	}
	return unknown
}

// look surveys data and refuses it where the limits are passed.
func look(data []byte, l Limits) (survey, error) {
	s := survey{format: sniff(data), orientation: 1, frames: 1}
	if s.format == unknown {
		return s, &Refusal{Reason: WrongFormat}
	}
	config, err := header(s.format, data)
	if s.format == webpFormat {
		surveyWebP(data, &s)
		if s.moving {
			return s, &Refusal{Reason: Moving, Err: err}
		}
	}
	if err != nil {
		return s, &Refusal{Reason: Damaged, Err: err}
	}
	s.width, s.height = config.Width, config.Height
	pixels := int64(s.width) * int64(s.height)
	if pixels <= 0 {
		return s, &Refusal{Reason: Damaged}
	}
	if pixels > l.Pixels {
		return s, &Refusal{Reason: TooLarge}
	}
	switch s.format {
	case pngFormat:
		surveyPNG(data, &s)
	case jpegFormat:
		surveyJPEG(data, &s)
	case gifFormat:
		s.frames = gifFrames(data, l.Frames+1)
		s.cost = 2 * pixels
	case webpFormat:
		s.cost = 8 * pixels
	}
	if s.frames > l.Frames {
		return s, &Refusal{Reason: TooManyFrames}
	}
	if s.cost > l.Memory || s.scans > maxScans {
		return s, &Refusal{Reason: TooLarge}
	}
	return s, nil
}

func header(f format, data []byte) (image.Config, error) {
	r := bytes.NewReader(data)
	switch f {
	case pngFormat:
		return png.DecodeConfig(r)
	case jpegFormat:
		return jpeg.DecodeConfig(r)
	case gifFormat:
		return gif.DecodeConfig(r)
	default:
		return webp.DecodeConfig(r)
	}
}

// decode reads the pixels. A GIF gives its first frame, whose bounds may
// cover only a part of the picture.
func decode(f format, data []byte) (image.Image, error) {
	r := bytes.NewReader(data)
	switch f {
	case pngFormat:
		return png.Decode(r)
	case jpegFormat:
		return jpeg.Decode(r)
	case gifFormat:
		return gif.Decode(r)
	default:
		return webp.Decode(r)
	}
}
