package trail

// flag is a label beside a pole that rises from the trail or hangs from it.
type flag struct {
	pole     float64     // where it stands
	spots    [][]float64 // where it may stand when that is not settled, the best first
	lane     int         // whose path it touches
	rise     float64     // how far above that path
	foot     float64     // the height at which it touches
	before   bool        // the text stands before the pole, not after it
	forms    []form      // from the fullest to the shortest
	chosen   int         // of the forms
	priority float64
	note     bool

	off        float64 // distance of the text's near edge from the zone's edge
	wide, high float64
	under      int // the flag that keeps it from coming nearer, or -1
}

const (
	poleGap = 7  // between a pole and its text
	textGap = 10 // between texts side by side
	rowGap  = 9  // between texts one over the other
)

// form is one way to word a flag.
type form struct {
	text       block
	wide, high float64
	loss       float64 // what choosing it costs, in units of distance
}

func newForm(text block, loss float64) form {
	wide, high := text.size()
	return form{text, wide, high, loss}
}

func (f *flag) text() block    { return f.forms[f.chosen].text }
func (f *flag) reach() float64 { return f.off + f.high }

// choose takes one of the flag's forms.
func (f *flag) choose(form int) {
	f.chosen = form
	f.wide, f.high = f.forms[form].wide, f.forms[form].high
}

// box is the room of the text, measured from the zone's edge.
func (f *flag) box() box {
	left := f.pole + poleGap
	if f.before {
		left = f.pole - poleGap - f.wide
	}
	return box{left, f.off, left + f.wide, f.reach()}
}

// covers reports whether a pole at x would cross the text, or come too near.
func (f *flag) covers(x float64) bool {
	b := f.box()
	return x > b.left-textGap/2 && x < b.right+textGap/2
}

// beside reports whether the texts of two flags share some of the width.
func (f *flag) beside(g *flag) bool {
	a, b := f.box(), g.box()
	return a.left < b.right+textGap && b.left < a.right+textGap
}
