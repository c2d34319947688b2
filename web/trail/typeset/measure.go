package typeset

import "unicode"

// ascii gives the width of the characters from the space to the tilde in
// hundredths of the font size: for each the widest of Noto Sans, Noto Serif,
// DejaVu Sans and DejaVu Serif, rounded up, so that a line that fits by this
// table fits in the narrower fonts that readers have.
var ascii = [...]int{
	32, 44, 48, 84, 64, 96, 92, 32, 40, 40, 56, 84, 32, 40, 32, 40, // !"#$%&'()*+,-./
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 36, 36, 84, 84, 84, 56, // 0123456789:;<=>?
	100, 76, 76, 80, 84, 76, 72, 80, 88, 40, 44, 76, 68, 104, 88, 84, // @ABCDEFGHIJKLMNO
	68, 84, 76, 72, 68, 88, 76, 108, 72, 68, 72, 40, 40, 40, 84, 52, // PQRSTUVWXYZ[\]^_
	52, 64, 64, 56, 64, 64, 40, 64, 68, 32, 32, 64, 32, 100, 68, 64, // `abcdefghijklmno
	64, 64, 48, 56, 44, 68, 60, 88, 60, 60, 56, 64, 56, 64, 84, // pqrstuvwxyz{|}~
}

const boldFactor = 1.12

// width is Face.Width.
func width(text string, size float64, bold bool) float64 {
	thousandths := 0
	for _, r := range text {
		thousandths += advance(r)
	}
	wide := float64(float64(thousandths)*size) / 1000
	if bold {
		wide = float64(wide * boldFactor)
	}
	return wide
}

func advance(r rune) int {
	switch {
	case r >= ' ' && int(r-' ') < len(ascii):
		return ascii[r-' '] * 10
	case r == '·' || r == '’' || r == '‘' || r == '\u00a0':
		return 340
	case r == '–' || r == '“' || r == '”':
		return 560
	case r < 0x300:
		return advanceLetter(r, 700, 900)
	case joins(r):
		return 0
	case r < 0x530:
		return advanceLetter(r, 820, 1000)
	}
	return advanceOther(r)
}

// advanceLetter is for Latin, Greek and Cyrillic letters.
func advanceLetter(r rune, lower, upper int) int {
	switch {
	case unicode.IsLower(r):
		return lower
	case unicode.IsUpper(r):
		return upper
	}
	return 1000
}

func advanceOther(r rune) int {
	switch {
	case r >= 0x1F000:
		return 1400
	case r >= 0x590 && r < 0x600:
		return 720
	case r >= 0x600 && r < 0x780, r >= 0xE00 && r < 0xF00:
		return 820
	case unicode.In(r, unicode.Latin):
		return 900
	case wide(r):
		return 1040
	}
	return 1000
}

// wide reports whether r is set in a full square, and a line may break beside it.
func wide(r rune) bool {
	return r >= 0x2E80 && r < 0xA000 || r >= 0xAC00 && r < 0xD7B0 || r >= 0xF900 && r < 0xFB00 ||
		r >= 0xFF00 && r < 0xFFF0 || r >= 0x20000 && r < 0x40000
}

// joins reports whether r is drawn together with the character before it, or
// not at all.
func joins(r rune) bool {
	if r < 0x300 {
		return r == '\u00ad'
	}
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || r >= 0x1F3FB && r <= 0x1F3FF
}
