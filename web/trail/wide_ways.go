package trail

import "waypost/web/trail/ink"

// drawWays draws the spine's ground, the paths to and from the lanes, and every leg.
func (m *wideMap) drawWays() {
	p := m.pen
	p.Open("g", "fill", "none")
	p.Leaf("path", "class", "tr-track", "stroke", ink.Faint, "stroke-width", "3.5", "stroke-linecap", "round",
		"d", m.land.Along(p, wideStart-22, m.end, 0, false))
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
func (m *wideMap) drawLegs(ahead bool) {
	p := m.pen
	for i, s := range m.strips {
		if s.lane != 0 && !s.step.Detour && m.route.ahead(s.from) == ahead {
			m.drawLeaving(i)
		}
		if s.joins && !s.step.Detour && m.route.ahead(s.to-0.5) == ahead {
			m.drawBend(m.curve(s.x1, s.lane, min(s.x1+bend(s.lane), m.end), 0))
		}
	}
	for _, s := range m.strips {
		part := s
		switch crosses := m.route.crosses(s.leg); {
		case crosses && ahead:
			part.x0 = m.x(m.route.now)
		case crosses:
			part.x1 = m.x(m.route.now)
		}
		if m.route.ahead(s.from) == ahead || part.x0 > s.x0 {
			p.Draw(m.way(part), p.Fade(m.prefix, s.soft(), s.x0, s.x1, false), ink.Pattern(s.step.Kind)...)
		}
		for i, role := range s.roles {
			if m.route.ahead(role.from) != ahead {
				continue
			}
			x := m.rolePlace(s, role)
			off := float64(laneGap*float64(s.lane)) - roleRise(i, s.roles)
			p.Draw(m.land.Along(p, x, max(min(m.x(role.to), s.x1), x+4), off, false), "", ink.RolePattern(role.step.Kind))
		}
	}
}

// way is the path of a leg: along its lane or, for a detour, a loop.
func (m *wideMap) way(s strip) string {
	p := m.pen
	off := float64(laneGap * float64(s.lane))
	if !s.step.Detour || s.lane == 0 {
		return m.land.Along(p, s.x0, s.x1, off, false)
	}
	y0, y1 := m.y(s.x0, 0), m.y(s.x1, 0)
	top0, top1 := m.y(s.x0, s.lane), m.y(s.x1, s.lane)
	r := min(bulge, (s.x1-s.x0)/2)
	half0, half1 := (y0+top0)/2, (y1+top1)/2
	d := "M" + p.Place(s.x0, y0) +
		"C" + p.Place(s.x0+r/2, y0-float64((y0-top0)*0.2)) + " " + p.Place(s.x0-bulge, half0+float64((y0-half0)*0.5)) + " " + p.Place(s.x0-bulge, half0) +
		"C" + p.Place(s.x0-bulge, top0+float64((half0-top0)*0.3)) + " " + p.Place(s.x0-bulge/2, top0) + " " + p.Place(s.x0+r, m.y(s.x0+r, s.lane))
	if s.x1-s.x0 > 2*r {
		d += m.land.Onward(p, s.x0+r, s.x1-r, off, false)
	}
	if s.step.Open() {
		return d
	}
	return d + "C" + p.Place(s.x1+bulge/2, top1) + " " + p.Place(s.x1+bulge, top1+float64((half1-top1)*0.3)) + " " + p.Place(s.x1+bulge, half1) +
		"C" + p.Place(s.x1+bulge, half1+float64((y1-half1)*0.5)) + " " + p.Place(s.x1-r/2, y1-float64((y1-top1)*0.2)) + " " + p.Place(s.x1, y1)
}

// drawLeaving draws how a leg beside the spine leaves it, or the link from the leg
// before it in its lane.
func (m *wideMap) drawLeaving(i int) {
	s := m.strips[i]
	off := float64(laneGap * float64(s.lane))
	if s.link {
		m.drawBend(m.land.Along(m.pen, m.before(i), s.x0, off, false))
	} else {
		m.drawBend(m.curve(max(s.x0-bend(s.lane), edge), 0, s.x0, s.lane))
	}
}

// before is the end of the leg that leg i is linked to.
func (m *wideMap) before(i int) float64 {
	end := wideStart
	for _, s := range m.strips[:i] {
		if s.lane == m.strips[i].lane {
			end = s.x1
		}
	}
	return min(end, m.strips[i].x0)
}

func (m *wideMap) drawBend(d string) {
	m.pen.Leaf("path", "class", "tr-bend", "d", d, "stroke", ink.Accent, "stroke-width", "1.8")
}

// curve leads smoothly from one lane to another.
func (m *wideMap) curve(x0 float64, lane0 int, x1 float64, lane1 int) string {
	middle := (x0 + x1) / 2
	y0, y1 := m.y(x0, lane0), m.y(x1, lane1)
	return "M" + m.pen.Place(x0, y0) + "C" + m.pen.Place(middle, y0) + " " + m.pen.Place(middle, y1) + " " + m.pen.Place(x1, y1)
}
