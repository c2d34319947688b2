package typeset

import "strings"

// Line is a line of text in its face. It may have a tail in a quieter one; see Headed.
type Line struct {
	Face  Face
	Text  string
	First bool // begins the text it is of
	quiet Face // of the tail
	tail  string
	in    float64 // how far it is set in
	wide  float64 // with that
}

// NewLine is a line without a tail. It is not wrapped, however long it is.
func NewLine(f Face, text string) Line {
	return Line{Face: f, Text: text, wide: f.Width(text)}
}

// Block is lines of text one under the other, the first on top.
type Block []Line

// Size is the room the block takes: its widest line, and its lines with their leading.
func (b Block) Size() (wide, high float64) {
	for _, l := range b {
		wide = max(wide, l.wide)
		high += l.Face.leading()
	}
	return wide, high
}

// Add appends text, wrapped into at most most lines no wider than room. What does
// not fit is cut and ends with the Ellipsis. Like append, it returns the longer block.
func (b Block) Add(f Face, text string, room float64, most int) Block {
	return b.addLines(f, wrap(text, f, room, most))
}

// AddEven is Add with lines of about the same length.
func (b Block) AddEven(f Face, text string, room float64, most int) Block {
	return b.addLines(f, wrapEven(text, f, room, most))
}

// Headed begins a block with a few words and a tail in a quieter face: on one line
// where there is room, else one under the other.
func Headed(f Face, text string, quiet Face, tail string, room float64) Block {
	one := NewLine(f, text)
	one.quiet, one.tail = quiet, "  "+tail
	one.wide += quiet.Width(one.tail)
	if one.wide <= room {
		return Block{one}
	}
	return Block{}.Add(f, text, room, 2).Add(quiet, tail, room, 2)
}

// Cut reports whether the text that was added last had to be cut.
func (b Block) Cut(text string) bool {
	return len(b) > 0 && strings.HasSuffix(b[len(b)-1].Text, Ellipsis) && !strings.HasSuffix(text, Ellipsis)
}

// AddIn is AddEven with every line set in by so much.
func (b Block) AddIn(f Face, text string, room float64, most int, in float64) Block {
	from := len(b)
	b = b.AddEven(f, text, room-in, most)
	for i := range b[from:] {
		b[from+i].in = in
		b[from+i].wide += in
	}
	return b
}

// Starts are the middles of the first lines of all texts in that face, from the top
// of the block.
func (b Block) Starts(f Face) []float64 {
	var starts []float64
	high := 0.0
	for _, l := range b {
		if l.First && l.Face.Class == f.Class {
			starts = append(starts, high+float64(f.Size*0.68))
		}
		high += l.Face.leading()
	}
	return starts
}

func (b Block) addLines(f Face, lines []string) Block {
	for i, text := range lines {
		l := NewLine(f, text)
		l.First = i == 0
		b = append(b, l)
	}
	return b
}

// Box is the room a block of text takes, from the start side and the top.
type Box struct{ Left, Top, Right, Bottom float64 }

// Overlaps reports whether two boxes share room; those that only touch do not.
func (a Box) Overlaps(b Box) bool {
	return a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom
}
