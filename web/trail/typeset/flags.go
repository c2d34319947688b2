package typeset

// Flag is a label beside a pole that rises from the trail or hangs from it. Key, Lane,
// Rise and Foot are for whoever draws the pole; no placing depends on them.
type Flag struct {
	Pole     float64     // where it stands, from the start side
	Spots    [][]float64 // where it may stand when that is not settled, the best first
	Forms    []Form      // from the fullest to the shortest
	Priority float64     // the highest are placed first and shortened last
	Note     bool        // its pole keeps away from other poles

	Key  int     // what it is of
	Lane int     // whose path it touches
	Rise float64 // how far above that path
	Foot float64 // the height at which it touches

	Before bool    // the text stands before the pole, not after it
	Off    float64 // distance of the text's near edge from the zone's edge

	chosen     int // of the forms
	wide, high float64
}

// PoleGap is the distance between a pole and its text.
const PoleGap = 7

const (
	textGap = 10 // between texts side by side
	rowGap  = 9  // between texts one over the other
)

// Form is one way to word a flag.
type Form struct {
	text       Block
	wide, high float64
	loss       float64 // what choosing it costs, in units of distance
}

// NewForm is a wording of a flag; loss is what choosing it costs, in units of distance.
func NewForm(text Block, loss float64) Form {
	wide, high := text.Size()
	return Form{text, wide, high, loss}
}

// Text is the words of the form that was chosen.
func (f *Flag) Text() Block { return f.Forms[f.chosen].text }

// Reach is how far the text's far edge is from the zone's edge.
func (f *Flag) Reach() float64 { return f.Off + f.high }

// Choose takes one of the flag's forms by its index. A new flag has none.
func (f *Flag) Choose(form int) {
	f.chosen = form
	f.wide, f.high = f.Forms[form].wide, f.Forms[form].high
}

// Box is the room of the text, measured from the zone's edge.
func (f *Flag) Box() Box {
	left := f.Pole + PoleGap
	if f.Before {
		left = f.Pole - PoleGap - f.wide
	}
	return Box{left, f.Off, left + f.wide, f.Reach()}
}

// covers reports whether a pole at x would cross the text, or come too near.
func (f *Flag) covers(x float64) bool {
	b := f.Box()
	return x > b.Left-textGap/2 && x < b.Right+textGap/2
}

// beside reports whether the texts of two flags share some of the width.
func (f *Flag) beside(g *Flag) bool {
	a, b := f.Box(), g.Box()
	return a.Left < b.Right+textGap && b.Left < a.Right+textGap
}
