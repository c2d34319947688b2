package trail

// line is a line of text in its face, with a tail in a quieter one.
type line struct {
	face  face
	text  string
	quiet face // of the tail
	tail  string
	wide  float64
}

func newLine(f face, text string) line {
	return line{face: f, text: text, wide: f.width(text)}
}

// block is lines of text one under the other.
type block []line

func (b block) size() (wide, high float64) {
	for _, l := range b {
		wide = max(wide, l.wide)
		high += l.face.leading()
	}
	return wide, high
}

// add wraps text into the block.
func (b block) add(f face, text string, room float64, most int) block {
	return b.addLines(f, wrap(text, f, room, most))
}

// addEven is add with lines of about the same length.
func (b block) addEven(f face, text string, room float64, most int) block {
	return b.addLines(f, wrapEven(text, f, room, most))
}

// headed begins a block with a few words and a tail in a quieter face, on one
// line where there is room.
func headed(f face, text string, quiet face, tail string, room float64) block {
	one := newLine(f, text)
	one.quiet, one.tail = quiet, "  "+tail
	one.wide += quiet.width(one.tail)
	if one.wide <= room {
		return block{one}
	}
	return block{}.add(f, text, room, 2).add(quiet, tail, room, 2)
}

func (b block) addLines(f face, lines []string) block {
	for _, text := range lines {
		b = append(b, newLine(f, text))
	}
	return b
}

// box is the room a block of text takes, from the start side and the top.
type box struct{ left, top, right, bottom float64 }

func (a box) overlaps(b box) bool {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
