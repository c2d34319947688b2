package trail

import "waypost/web/trail/typeset"

const (
	wideWidth   = 920.0
	wideStart   = 48.0  // where time begins
	wideFuture  = 178.0 // left free after its end, for the last labels and the goal
	edge        = 8.0
	wideEnd     = wideWidth - wideFuture
	highestFlag = 270.0
	lowestNote  = 170.0
	headroom    = 58.0 // between the spine and the labels: room for the signpost
)

// wideMap is the wide drawing while it is made.
type wideMap struct {
	pen      *pen
	sheet    *typeset.Sheet
	words    Words
	route    route
	scale    scale
	ticks    []tick
	strips   []strip
	labels   []typeset.Flag
	changes  []typeset.Flag
	learned  []typeset.Flag
	goal     typeset.Block
	nodes    []node
	numbered bool
	land     terrain
	prefix   string
	detail   int
	ground   float64 // height of the line the milestones stand on
	flagTop  float64 // the labels' zone ends here, from above
	noteTop  float64 // the notes' zone begins here
	height   float64
}

// layWide lays the trail out: what stands where, and how high the drawing is.
func layWide(r route, o Options, detail int) *wideMap {
	m := &wideMap{
		pen:    &pen{Pen: typeset.NewPen(wideWidth, o.Dir == RightToLeft)},
		sheet:  typeset.NewSheet(),
		words:  o.Words,
		route:  r,
		prefix: o.IDPrefix + "wide",
		detail: detail,
		scale:  newScale(r, wideStart, wideEnd),
	}
	m.ticks = m.scale.ticks(m.words)
	m.strips = lay(r, m.x)
	var above, below float64
	m.labels, above, m.numbered = m.setLabels()
	m.changes, m.learned, below = m.setNotes()
	m.layHeights(above, below)
	for _, flags := range [][]typeset.Flag{m.labels, m.changes, m.learned} {
		m.setFeet(flags)
	}
	return m
}

// draw writes the drawing, what lies beneath first.
func (m *wideMap) draw(o Options, f Figure) []byte {
	begin(m.pen, o, f, "wide", wideWidth, m.height)
	m.drawGround()
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
	return m.scale.at(day)
}

// layHeights stacks the zones: labels, trail, milestones, notes.
func (m *wideMap) layHeights(labelHigh, noteHigh float64) {
	far, near := 0, 0
	for _, s := range m.strips {
		far, near = max(far, -s.lane), max(near, s.lane)
	}
	m.land = gentle(0, 118, 1.5)
	m.nodes = m.placeNodes()
	rise := max(headroom, float64(laneGap*float64(far))+34)
	for _, n := range m.nodes {
		rise = max(rise, n.r+12-n.at)
	}
	m.flagTop = edge + labelHigh
	base := m.flagTop + rise
	m.land.base = base
	for i := range m.nodes {
		m.nodes[i].y += base
		m.nodes[i].at += base
	}
	m.ground = base + float64(laneGap*float64(near)) + 44
	m.noteTop = m.ground + 34
	m.height = m.noteTop + max(noteHigh, 6) + edge
}

// y is the height of a lane at a place.
func (m *wideMap) y(x float64, lane int) float64 {
	height, _ := m.land.at(x)
	return height + float64(laneGap*float64(lane))
}

// setFeet finds where each pole touches the trail, now that heights are known.
func (m *wideMap) setFeet(flags []typeset.Flag) {
	for i := range flags {
		flags[i].Foot = m.y(flags[i].Pole, flags[i].Lane) - flags[i].Rise
	}
}
