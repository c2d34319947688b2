package trail

import "waypost/web/trail/ink"

const roleSide = 9.5 // how far beside its step a role runs

func (m *tallMap) drawMilestones() {
	p := m.pen
	p.Open("g", "class", "tr-stones", "fill", ink.Paper, "stroke", ink.Muted, "stroke-width", "1.2")
	for _, r := range m.rows {
		if r.year != 0 {
			p.Milestone(m.textX+5, r.y+5.5, true)
			m.sheet.Set(r.text, m.textX+15, r.top)
		}
	}
	p.Close("g")
	p.Open("g", "class", "tr-land", "fill", "none", "stroke", ink.Faint, "stroke-width", "1.2")
	for _, r := range m.rows {
		if r.year != 0 {
			wide, _ := r.text.Size()
			p.Leaf("path", "d", "M"+p.Place(m.textX+22+wide, r.y)+"L"+p.Place(m.form.wide-edge, r.y))
		}
	}
	p.Close("g")
	for _, r := range m.rows {
		if r.now {
			wide, _ := r.text.Size()
			p.Leaf("path", "class", "tr-post", "fill", "none", "stroke", ink.Accent, "stroke-width", "1.4",
				"d", "M"+p.Place(edge, r.y)+"L"+p.Place(m.textX-6, r.y)+"M"+p.Place(m.textX+8+wide, r.y)+"L"+p.Place(m.form.wide-edge, r.y))
		}
	}
}

func (m *tallMap) drawRails() {
	p := m.pen
	p.Open("g", "fill", "none")
	p.Leaf("path", "class", "tr-track", "stroke", ink.Faint, "stroke-width", "3.5", "stroke-linecap", "round",
		"d", m.land.Along(p, tallTop-18, m.end, 0, true))
	m.drawLegs(false)
	p.Close("g")
	if m.route.now > 0 {
		p.Open("g", "class", "tr-ahead", "fill", "none", "opacity", "0.5")
		m.drawLegs(true)
		p.Close("g")
	}
}

// drawLegs draws the legs and roles that have begun, or those that lie ahead; the part
// of a leg that lies beyond today belongs to the latter.
func (m *tallMap) drawLegs(ahead bool) {
	p := m.pen
	for _, r := range m.rails {
		if r.lane == 0 || r.step.Detour {
			continue
		}
		if m.route.ahead(r.from) == ahead {
			m.drawBend(m.curve(r.y0-tallBend, 0, r.y0, r.lane))
		}
		if !r.step.Open() && r.to < m.route.last && m.route.ahead(r.to-0.5) == ahead {
			m.drawBend(m.curve(r.y1, r.lane, min(r.y1+tallBend, m.end), 0))
		}
	}
	for _, r := range m.rails {
		part := r
		switch crosses := m.route.crosses(r.leg); {
		case crosses && ahead:
			part.y0 = m.times.At(m.route.now)
		case crosses:
			part.y1 = m.times.At(m.route.now)
		}
		if m.route.ahead(r.from) == ahead || part.y0 > r.y0 {
			p.Draw(m.way(part), p.Fade(m.prefix, r.soft(), r.y0, r.y1, true), ink.Pattern(r.step.Kind)...)
		}
		for _, role := range r.roles {
			if m.route.ahead(role.from) == ahead {
				y0, y1 := m.roleSpan(r, role)
				p.Draw(m.land.Along(p, y0, y1, float64(railGap*float64(r.lane))+roleSide, true), "", ink.RolePattern(role.step.Kind))
			}
		}
	}
}

// roleSpan is from where to where a role runs beside its step.
func (m *tallMap) roleSpan(r rail, role leg) (y0, y1 float64) {
	for _, w := range m.rows {
		if w.role >= 0 && m.route.legs[w.leg].roles[w.role].step.ID == role.step.ID {
			y0 = w.y
		}
	}
	return y0, max(min(m.times.At(role.to), r.y1, m.short()), y0+8)
}

func (m *tallMap) drawBend(d string) {
	m.pen.Leaf("path", "class", "tr-bend", "d", d, "stroke", ink.Accent, "stroke-width", "1.8")
}

func (m *tallMap) curve(y0 float64, lane0 int, y1 float64, lane1 int) string {
	return "M" + m.pen.Place(m.x(y0, lane0), y0) + m.bend(y0, lane0, y1, lane1)
}

func (m *tallMap) bend(y0 float64, lane0 int, y1 float64, lane1 int) string {
	middle, x0, x1 := (y0+y1)/2, m.x(y0, lane0), m.x(y1, lane1)
	return "C" + m.pen.Place(x0, middle) + " " + m.pen.Place(x1, middle) + " " + m.pen.Place(x1, y1)
}

// way is the path of a leg: down its rail or, for a detour, out and back.
func (m *tallMap) way(r rail) string {
	off := float64(railGap * float64(r.lane))
	if !r.step.Detour || r.lane == 0 {
		return m.land.Along(m.pen, r.y0, r.y1, off, true)
	}
	out := min(tallBend, (r.y1-r.y0)/2)
	d := m.curve(r.y0, 0, r.y0+out, r.lane)
	if r.step.Open() {
		return d + m.land.Onward(m.pen, r.y0+out, r.y1, off, true)
	}
	return d + m.land.Onward(m.pen, r.y0+out, r.y1-out, off, true) + m.bend(r.y1-out, r.lane, r.y1, 0)
}

// drawPoints draws where steps and roles begin and where something changed, and
// sets their words.
func (m *tallMap) drawPoints() {
	p := m.pen
	p.Open("g", "class", "tr-threads", "fill", "none", "stroke", ink.Muted, "stroke-width", "0.9", "stroke-dasharray", "2.5 2.5")
	for _, r := range m.rows {
		m.setWords(r)
	}
	p.Close("g")
	p.Open("g", "class", "tr-node", "fill", ink.Paper, "stroke", ink.Accent, "stroke-width", "2")
	for _, r := range m.rows {
		if r.leg < 0 || r.turn >= 0 {
			continue
		}
		lane := m.rails[r.leg].lane
		soft := m.rails[r.leg].soft().Start
		switch {
		case r.role >= 0:
			p.Node(m.x(r.y, lane)+roleSide, r.y, 3, false)
		case m.rails[r.leg].step.Detour:
			p.Node(m.x(r.y, 0), r.y, 5, soft)
		default:
			p.Node(m.x(r.y, lane), r.y, 5, soft)
		}
	}
	p.Close("g")
	m.drawBlazes()
}

func (m *tallMap) setWords(r row) {
	if r.year != 0 {
		return
	}
	x := m.textX + r.indent
	_, high := r.text.Size()
	m.sheet.Set(r.text, x, r.top)
	top := r.top + high
	for _, note := range r.notes {
		_, high := note.Size()
		top += noteSpace
		m.sheet.Set(note, x+noteIndent, top)
		m.pen.Leaf("path", "d", "M"+m.pen.Place(x+3, top+1)+"L"+m.pen.Place(x+3, top+high-2))
		top += high
	}
}

func (m *tallMap) drawBlazes() {
	p := m.pen
	p.Open("g", "class", "tr-marker", "fill", "none", "stroke", ink.Marker, "stroke-width", "1.8")
	m.drawTurnLines(blaze)
	p.Close("g")
	if len(m.route.marked(maybe)) > 0 {
		p.Open("g", "class", "tr-marker", "fill", "none", "stroke", ink.Marker, "stroke-width", "1.2", "stroke-dasharray", "2 3")
		m.drawTurnLines(maybe)
		p.Close("g")
	}
	if len(m.route.marked(fork)) > 0 {
		p.Open("g", "class", "tr-poles", "fill", "none", "stroke", ink.Accent, "stroke-width", "1.8", "stroke-opacity", "0.45", "stroke-linecap", "round")
		m.drawTurnLines(fork)
		p.Close("g")
	}
	m.route.drawMarks(p, func(t turn) (x, y float64) {
		lane := 0
		if t.leg >= 0 {
			lane = m.rails[t.leg].lane
		}
		for _, r := range m.rows {
			if r.turn >= 0 && m.route.turns[r.turn].day == t.day {
				y = r.y
			}
		}
		return m.x(y, lane), y
	}, true)
}

// drawTurnLines draws the lines from the marks of turns to their words, and for
// decisions the ways not taken.
func (m *tallMap) drawTurnLines(is mark) {
	p := m.pen
	for _, r := range m.rows {
		if r.turn < 0 || m.route.turns[r.turn].mark != is {
			continue
		}
		from := 10.0
		if is != blaze {
			from = tallRail
		}
		_, high := r.text.Size()
		p.Leaf("path", "d", "M"+p.Place(from, r.y)+"L"+p.Place(m.textX-8, r.y)+"L"+p.Place(m.textX-8, r.top+high-3))
		if is == fork {
			drawUntaken(p, r.text, m.textX-8, r.top, false)
		}
	}
}

// drawEnds draws the cairn, the signpost or the ring, and the way to the goal.
func (m *tallMap) drawEnds() {
	p := m.pen
	p.Cairn(m.x(tallTop-16, 0), tallTop-14)
	x := m.x(m.end, 0)
	if m.route.open {
		p.Signpost(m.sheet, m.route.sign, x, m.end)
	} else if m.route.now == 0 {
		p.Terminus(x, m.end)
	}
	if len(m.rest) > 0 {
		_, high := m.rest.Size()
		m.sheet.Set(m.rest, m.textX, m.height-edge-high)
	}
	if m.route.goal == "" {
		return
	}
	peak, foot := m.textX+30, m.end+58
	p.Leaf("path", "class", "tr-onward", "fill", "none", "stroke", ink.Accent, "stroke-width", "2.2", "stroke-linecap", "round", "stroke-dasharray", "0.1 6",
		"d", "M"+p.Place(x, m.end+12)+"C"+p.Place(x, m.end+34)+" "+p.Place(x+6, foot-3)+" "+p.Place(peak-26, foot-3))
	p.Peak(peak, foot, !m.route.aimless)
	m.sheet.Set(m.goal, m.textX+tallGoal, m.end+16)
}
