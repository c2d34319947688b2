package trail

import (
	"slices"

	"waypost/web/trail/ink"
	"waypost/web/trail/typeset"
)

// node is the point where a step or role begins, or a detour comes back.
type node struct {
	x, y float64
	r    float64
	soft bool
}

const (
	ringRadius = 4.6
	roleRadius = 2.8
)

// placeNodes finds the places of all nodes.
func (m *wideMap) placeNodes() []node {
	var nodes []node
	for _, s := range m.strips {
		nodes = append(nodes, node{s.x0, m.y(s.x0, s.startLane()), ringRadius, s.soft().Start})
		for i, role := range s.roles {
			x := m.rolePlace(s, role)
			nodes = append(nodes, node{x, m.y(x, s.lane) - roleRise(i, s.roles), roleRadius, false})
		}
		if s.step.Detour && !s.step.Open() && s.x1 < m.end-markGap/2 && !m.beginsAt(s.x1) {
			nodes = append(nodes, node{s.x1, m.y(s.x1, 0), roleRadius, false})
		}
	}
	return nodes
}

// beginsAt reports whether a step begins at a place on the spine, so that its node is
// also where a detour comes back.
func (m *wideMap) beginsAt(x float64) bool {
	return slices.ContainsFunc(m.strips, func(s strip) bool {
		return s.startLane() == 0 && max(s.x0-x, x-s.x0) < ringRadius+roleRadius+2
	})
}

// underLabel reports whether a label hangs so far over the end of time that the
// signpost needs room below it.
func (m *wideMap) underLabel() bool {
	for i := range m.labels {
		if b := m.labels[i].Box(); b.Right > m.end-12 && b.Top < ink.SignHigh {
			return true
		}
	}
	return false
}

// apart reports whether no symbol on the trail lies on another.
func (m *wideMap) apart() bool {
	var taken []typeset.Box
	for _, n := range m.nodes {
		taken = append(taken, around(n.x, n.y, n.r+1, n.r+1))
	}
	for _, t := range m.route.turns {
		x, y := m.turnPlace(t)
		taken = append(taken, around(x, y, ink.BlazeWide, ink.BlazeHigh))
	}
	if end := m.y(m.end, 0); m.route.open {
		taken = append(taken, typeset.Box{Left: m.end - 2, Top: end - ink.SignHigh, Right: wideWidth, Bottom: end + 5})
	} else {
		taken = append(taken, around(m.end, end, 8, 8))
	}
	for i, a := range taken {
		for _, b := range taken[:i] {
			if a.Overlaps(b) {
				return false
			}
		}
	}
	return true
}

func around(x, y, wide, high float64) typeset.Box {
	return typeset.Box{Left: x - wide, Top: y - high, Right: x + wide, Bottom: y + high}
}
