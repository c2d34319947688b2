package trail

import (
	"slices"

	"waypost/web/trail/ink"
	"waypost/web/trail/timescale"
	"waypost/web/trail/typeset"
)

const (
	tallRail   = 24.0 // where the spine runs
	railGap    = 17.0 // between rails
	mostRails  = 5    // beside the spine; further overlaps share the last
	tallTop    = 44.0 // room for the cairn
	rowSpace   = 18.0
	tallBend   = 22.0 // how far a rail takes to leave the spine
	roleIndent = 16.0
	tallText   = 480.0 // longer lines are not read well
	tallGoal   = 68.0  // the goal's words begin this far in, beside the peak
)

// form is one of the two drawings that run downwards: the slim one for narrow
// places, and the broad one for wide places when the trail has too much to say for
// the drawing that runs across.
type form struct {
	id, classes string
	wide        float64
}

var (
	slim  = form{"tall", "tr-tall", 360}
	broad = form{"wide", "tr-wide tr-broad", 680}
)

// row is something that happens at a height of the tall drawing, with its words.
type row struct {
	day    float64
	leg    int  // in route.legs, or -1
	role   int  // in the leg's roles, or -1
	turn   int  // in route.turns, or -1
	year   int  // of a milestone; 0 for all others
	now    bool // is today
	text   typeset.Block
	notes  []typeset.Block
	inset  *inset
	indent float64
	top, y float64 // of the words; of the point on the rail
}

// rail is a leg in the tall drawing.
type rail struct {
	leg
	lane         int
	first, after int // the rows from its start until it is over
	y0, y1       float64
}

// tallMap is the tall drawing while it is made. Time runs down; heights follow
// the words, so that nothing is left empty where little happened.
type tallMap struct {
	pen    *ink.Pen
	sheet  *typeset.Sheet
	words  Words
	route  route
	rows   []row
	rails  []rail
	land   ink.Terrain
	textX  float64
	times  timescale.Scale
	goal   typeset.Block
	end    float64 // where the trail ends
	height float64
	rest   typeset.Block // says how many notes are left to the list
	form   form
	prefix string
	detail int
}

// layTall lays the trail out: rows, rails, and how high the drawing is.
func layTall(r route, o Options, f form, detail int) *tallMap {
	m := &tallMap{
		pen:    ink.NewPen(f.wide, o.Dir == RightToLeft),
		sheet:  typeset.NewSheet(),
		words:  o.Words,
		route:  r,
		land:   ink.Gentle(tallRail, stride(r), 0.5),
		form:   f,
		prefix: o.IDPrefix + f.id,
		detail: detail,
	}
	m.makeRows()
	m.makeRails()
	m.makeTexts()
	m.layRows()
	m.layRails()
	return m
}

// stride is how far it is from one sway of the trail to the next; long ways beside one
// another sway less often, as every sway takes bytes.
func stride(r route) float64 {
	if r.own && len(r.legs) > 24 {
		return 168
	}
	return 84
}

// draw writes the drawing, what lies beneath first.
func (m *tallMap) draw(o Options, f Figure) []byte {
	begin(m.pen, o, f, m.prefix, m.form.classes, m.form.wide, m.height)
	m.drawMilestones()
	m.drawRails()
	m.drawInsets()
	m.drawPoints()
	m.drawEnds()
	m.sheet.Write(m.pen.Pen)
	m.pen.Close("svg")
	return m.pen.Written()
}

// makeRails gives every leg a rail: the spine's keep the first, the others get
// the nearest that is free from their first row until they are over.
func (m *tallMap) makeRails() {
	m.rails = make([]rail, len(m.route.legs))
	most := 0
	var free [mostRails + 1]int // lane → the row from which it is free
	for i, l := range m.route.legs {
		r := rail{leg: l}
		r.first = slices.IndexFunc(m.rows, func(w row) bool { return w.leg == i && w.role < 0 && w.turn < 0 })
		r.after = r.first + 1
		for r.after < len(m.rows) && m.rows[r.after].day < l.to {
			r.after++
		}
		if l.lane != 0 {
			r.lane = mostRails
			for lane := mostRails; lane > 0; lane-- {
				if free[lane] <= r.first {
					r.lane = lane
				}
			}
			free[r.lane] = r.after
		}
		most = max(most, r.lane)
		m.rails[i] = r
	}
	m.textX = tallRail + float64(railGap*float64(most)) + 22
}

// layRows stacks the rows and sets the end of the trail below the last.
func (m *tallMap) layRows() {
	at := tallTop
	for i := range m.rows {
		r := &m.rows[i]
		r.top = at
		r.y = at + float64(r.text[0].Face.Size*0.62)
		_, high := r.text.Size()
		at += high + rowSpace
		for _, note := range r.notes {
			_, high := note.Size()
			at += noteSpace + high
		}
		at += r.more()
		if r.year != 0 {
			at -= rowSpace / 3
		}
	}
	m.end = at + 14
	if m.route.open {
		m.end = at + 56
	}
	m.height = m.end + 18
	if m.route.goal != "" {
		room := min(m.form.wide-edge-m.textX, tallText) - tallGoal
		m.goal = typeset.Block{}.Add(ink.FaceGoal, m.words.Goal, room, 1).AddEven(ink.FaceAim, m.route.goal, room, 7)
		_, high := m.goal.Size()
		m.height = m.end + max(high+16, 62) + edge
	}
	if len(m.rest) > 0 {
		_, high := m.rest.Size()
		m.height += high + edge
	}
	var days, places []float64
	for _, r := range m.rows {
		if r.year == 0 {
			days, places = append(days, r.day), append(places, r.y)
		}
	}
	m.times = timescale.Through(append(days, m.route.last+0.5), append(places, m.end))
}

// layRails finds where each leg begins and ends.
func (m *tallMap) layRails() {
	for i := range m.rails {
		r := &m.rails[i]
		shortest := 16.0
		if r.step.Detour {
			shortest = loopLong
		}
		r.y0 = m.rows[r.first].y
		r.y1 = max(m.times.At(r.to), r.y0+shortest)
		if r.to >= m.route.last {
			r.y1 = m.end
			if r.lane != 0 {
				r.y1 = m.short()
			}
		}
	}
	for i := range m.rails {
		for j := range m.rails {
			if a, b := &m.rails[i], m.rails[j]; i != j && a.lane == b.lane && b.y0 > a.y0 {
				a.y1 = min(a.y1, b.y0)
			}
		}
	}
}

// short is where all but the spine end: above the signpost's board, if there is one.
func (m *tallMap) short() float64 {
	if m.route.open {
		return m.end - ink.SignHigh
	}
	return m.end
}

// x is the place of a rail at a height.
func (m *tallMap) x(y float64, lane int) float64 {
	sway, _ := m.land.At(y)
	return sway + float64(railGap*float64(lane))
}
