package trail

import (
	"slices"

	"waypost/web/trail/ink"
	"waypost/web/trail/typeset"
)

const (
	roleNear = 9.0 // how far a role lies above its step
	roleStep = 5.0 // and one that overlaps another, above that
)

// roleRise is how far above its step a role lies; those that overlap an earlier
// one lie higher.
func roleRise(i int, roles []leg) float64 {
	level := 0
	for j := range i {
		if roles[j].to > roles[i].from {
			level++
		}
	}
	return roleNear + float64(roleStep*float64(min(level, 3)))
}

// rolePlace is where a role begins, not quite on the beginning of its step.
func (m *wideMap) rolePlace(s strip, role leg) float64 {
	return min(max(m.x(role.from), s.x0+9), max(s.x1, s.x0+9))
}

// drawGround draws the lines of the land, and the milestones with their words.
func (m *wideMap) drawGround() {
	p := m.pen
	p.Open("g", "class", "tr-land", "fill", "none", "stroke", ink.Faint, "stroke-width", "1.2")
	for i, scale := range []float64{2.1, 2.6} {
		land := ink.Gentle(m.land.Base, 118+float64(i*31), scale)
		p.Leaf("path", "d", land.Along(p, edge, wideWidth-edge, 20+float64(i*13), false))
	}
	p.Close("g")
	p.Leaf("path", "class", "tr-ground", "fill", "none", "stroke", ink.Muted, "stroke-width", "1",
		"d", "M"+p.Place(wideStart-26, m.ground)+"L"+p.Place(m.end+6, m.ground))
	if m.route.now > 0 {
		x := m.x(m.route.now)
		p.Leaf("path", "class", "tr-post", "fill", "none", "stroke", ink.Accent, "stroke-width", "1.8", "d", "M"+p.Place(x, m.y(x, 0)-9)+"L"+p.Place(x, m.ground))
	}
	p.Open("g", "class", "tr-stones", "fill", ink.Paper, "stroke", ink.Muted, "stroke-width", "1.2")
	for _, t := range m.ticks {
		p.Milestone(t.Place, m.ground, t.Year)
		f := ink.FaceMonth
		switch {
		case t.Now:
			f = ink.FaceNow
		case t.Year:
			f = ink.FaceYear
		}
		if t.Text != "" {
			m.sheet.SetMiddle(f, t.Text, t.Words, m.ground+19)
		}
	}
	p.Close("g")
}

func (m *wideMap) drawPoles() {
	p := m.pen
	p.Open("g", "class", "tr-poles", "fill", "none", "stroke", ink.Accent, "stroke-width", "1.1")
	for _, f := range m.labels {
		p.Leaf("path", "d", "M"+p.Place(f.Pole, f.Foot)+"L"+p.Place(f.Pole, m.flagTop-f.Reach()+3))
	}
	p.Close("g")
	p.Open("g", "class", "tr-threads", "fill", "none", "stroke", ink.Muted, "stroke-width", "0.9", "stroke-dasharray", "2.5 2.5")
	m.drawHung(m.learned)
	p.Close("g")
	width := "1.8"
	if m.route.own && len(m.changes) > 4 {
		width = "1.2" // many lines are long, and would be all that is seen
	}
	p.Open("g", "class", "tr-marker", "fill", "none", "stroke", ink.Marker, "stroke-width", width)
	m.drawHung(m.hung(blaze))
	p.Close("g")
	if found := m.hung(maybe); len(found) > 0 {
		p.Open("g", "class", "tr-marker", "fill", "none", "stroke", ink.Marker, "stroke-width", "1.2", "stroke-dasharray", "2 3")
		m.drawHung(found)
		p.Close("g")
	}
	if forks := m.hung(fork); len(forks) > 0 {
		p.Open("g", "class", "tr-poles", "fill", "none", "stroke", ink.Accent, "stroke-width", "1.6", "stroke-opacity", "0.45", "stroke-linecap", "round")
		m.drawHung(forks)
		for _, f := range forks {
			drawUntaken(p, f.Text(), f.Pole, m.noteTop+f.Off, f.Before)
		}
		p.Close("g")
	}
}

// hung are the flags of the turns with a mark.
func (m *wideMap) hung(is mark) []typeset.Flag {
	return slices.DeleteFunc(slices.Clone(m.changes), func(f typeset.Flag) bool { return m.route.turns[f.Key].mark != is })
}

func (m *wideMap) drawHung(flags []typeset.Flag) {
	for _, f := range flags {
		m.pen.Leaf("path", "d", "M"+m.pen.Place(f.Pole, f.Foot)+"L"+m.pen.Place(f.Pole, m.noteTop+f.Reach()-2))
	}
}

// drawNodes draws the points where steps and roles begin, and the blazes.
func (m *wideMap) drawNodes() {
	p := m.pen
	p.Open("g", "class", "tr-node", "fill", ink.Paper, "stroke", ink.Accent, "stroke-width", "2")
	for _, n := range m.nodes {
		p.Node(n.x, n.y, n.r, n.soft)
	}
	p.Close("g")
	m.route.drawMarks(p, m.turnPlace, false)
}

// turnPlace is where on the trail something changed.
func (m *wideMap) turnPlace(t turn) (x, y float64) {
	lane := 0
	if t.leg >= 0 {
		lane = m.strips[t.leg].lane
	}
	x = m.x(t.day)
	return x, m.y(x, lane)
}

// drawEnds draws the cairn, the signpost or the ring, and the way to the goal.
func (m *wideMap) drawEnds() {
	p := m.pen
	y := m.y(wideStart-26, 0)
	p.Cairn(wideStart-28, y+5)
	end := m.y(m.end, 0)
	from := m.end + 9
	if m.route.open {
		p.Signpost(m.sheet, m.route.sign, m.end+3, end)
	} else if m.route.now == 0 {
		p.Terminus(m.end, end)
	}
	to := min(m.end+72, wideWidth-edge)
	if m.route.goal != "" {
		to = wideWidth - edge - 52
		p.Peak(wideWidth-edge-30, end+6, !m.route.aimless)
	}
	if m.route.open || m.route.goal != "" {
		middle := (from + to) / 2
		p.Leaf("path", "class", "tr-onward", "fill", "none", "stroke", ink.Accent, "stroke-width", "2.2", "stroke-linecap", "round", "stroke-dasharray", "0.1 6",
			"d", "M"+p.Place(from, end)+"C"+p.Place(middle, end+9)+" "+p.Place(middle, end-5)+" "+p.Place(to, end+3))
	}
}

// setTexts sets the words of the flags and of the goal.
func (m *wideMap) setTexts() {
	for _, f := range m.labels {
		m.setFlag(f, m.flagTop-f.Reach())
	}
	for _, f := range slices.Concat(m.changes, m.learned) {
		m.setFlag(f, m.noteTop+f.Off)
	}
	m.sheet.Set(m.goal, m.end+goalIn, m.noteTop-goalUp)
	if len(m.rest) > 0 {
		_, high := m.rest.Size()
		m.sheet.Set(m.rest, 0, m.height-edge-high)
	}
}

func (m *wideMap) setFlag(f typeset.Flag, top float64) {
	if f.Before {
		m.sheet.SetBefore(f.Text(), f.Pole-typeset.PoleGap, top)
		return
	}
	m.sheet.Set(f.Text(), f.Pole+typeset.PoleGap, top)
}
