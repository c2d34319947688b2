package trail

import (
	"waypost/web/trail/ink"
	"waypost/web/trail/timescale"
	"waypost/web/trail/typeset"
)

const (
	wideWidth   = 920.0
	wideStart   = 48.0  // where time begins
	wideGoal    = 178.0 // left free after its end for the goal
	widePast    = 36.0  // and where nothing comes after it
	edge        = 8.0
	highestFlag = 400.0
	lowestNote  = 280.0
	lowestTurn  = 380.0
	lowestOwn   = 560.0 // of a private path, which may have more turns
	headroom    = 44.0  // between the spine and the labels
	mostFlags   = 14    // labels of more steps are not read as one line
)

// wideMap is the wide drawing while it is made.
type wideMap struct {
	pen     *ink.Pen
	sheet   *typeset.Sheet
	words   Words
	route   route
	scale   timescale.Scale
	ticks   []timescale.Tick
	strips  []strip
	labels  []typeset.Flag
	forms   map[string][]typeset.Form // of labels, by the IDs of their steps
	changes []typeset.Flag
	learned []typeset.Flag
	goal    typeset.Block
	rest    typeset.Block // says how many notes are left to the list
	panels  []panel
	nodes   []node
	land    ink.Terrain
	prefix  string
	detail  int
	end     float64 // where time ends
	ground  float64 // height of the line the milestones stand on
	flagTop float64 // the labels' zone ends here, from above
	noteTop float64 // the notes' zone begins here
	height  float64
}

// layWide lays the trail out: what stands where, and how high the drawing is. It
// reports whether every label and every change has its place, with its words whole.
func layWide(r route, o Options, detail int) (m *wideMap, fits bool) {
	m = &wideMap{
		pen:    ink.NewPen(wideWidth, o.Dir == RightToLeft),
		sheet:  typeset.NewSheet(),
		words:  o.Words,
		route:  r,
		prefix: o.IDPrefix + "wide",
		forms:  make(map[string][]typeset.Form),
		detail: detail,
	}
	m.end = wideWidth - m.future()
	above, fits := m.setLabels()
	if !fits {
		return nil, false
	}
	if len(r.legs) > 0 || !r.own {
		m.ticks = m.scale.Ticks(m.words, m.route.now)
	}
	below, fits := m.setNotes()
	if !fits {
		return nil, false
	}
	m.layHeights(above, below)
	for _, flags := range [][]typeset.Flag{m.labels, m.changes, m.learned} {
		m.setFeet(flags)
	}
	return m, m.apart()
}

// future is the room after the end of time: for the goal, for the signpost's board
// or for no more than the ring that ends the trail.
func (m *wideMap) future() float64 {
	switch {
	case m.route.goal != "" && m.route.open:
		return max(wideGoal, ink.SignWidth(m.route.sign)+ink.PeakWide+2*edge)
	case m.route.goal != "":
		return wideGoal
	case m.route.open:
		return ink.SignWidth(m.route.sign) + 3 + edge
	}
	return widePast
}

// draw writes the drawing, what lies beneath first.
func (m *wideMap) draw(o Options, f Figure) []byte {
	begin(m.pen, o, f, m.prefix, "tr-wide", wideWidth, m.height)
	m.drawGround()
	m.drawCurves()
	m.drawPoles()
	m.drawWays()
	m.drawNodes()
	m.drawEnds()
	m.setTexts()
	m.sheet.Write(m.pen.Pen)
	m.pen.Close("svg")
	return m.pen.Written()
}

// x is the place of a day.
func (m *wideMap) x(day float64) float64 {
	return m.scale.At(day)
}

// layHeights stacks the zones: labels, trail, milestones, notes.
func (m *wideMap) layHeights(labelHigh, noteHigh float64) {
	far, near := 0, 0
	for _, s := range m.strips {
		far, near = max(far, -s.lane), max(near, s.lane)
	}
	m.land = ink.Gentle(0, 118, 1.5)
	m.nodes = m.placeNodes()
	rise := max(headroom, float64(laneGap*float64(far))+34)
	for _, n := range m.nodes {
		rise = max(rise, n.r+12-n.y)
	}
	if m.route.open && m.underLabel() {
		rise = max(rise, ink.SignHigh+8-m.y(m.end, 0))
	}
	m.flagTop = edge + m.setCurves() + labelHigh
	base := m.flagTop + rise
	m.land.Base = base
	for i := range m.nodes {
		m.nodes[i].y += base
	}
	m.ground = base + float64(laneGap*float64(near)) + 44
	m.noteTop = m.ground + 34
	m.height = m.noteTop + max(noteHigh, 6) + edge
	if len(m.rest) > 0 {
		_, high := m.rest.Size()
		m.height += high + 8
	}
}

// y is the height of a lane at a place.
func (m *wideMap) y(x float64, lane int) float64 {
	height, _ := m.land.At(x)
	return height + float64(laneGap*float64(lane))
}

// setFeet finds where each pole touches the trail, now that heights are known.
func (m *wideMap) setFeet(flags []typeset.Flag) {
	for i := range flags {
		flags[i].Foot = m.y(flags[i].Pole, flags[i].Lane) - flags[i].Rise
	}
}
