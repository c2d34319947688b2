package trail

import (
	"slices"

	"waypost/web/trail/typeset"
)

// node is the point where a step or role begins: a ring or, when steps are told
// by number, a disk with the number.
type node struct {
	x, y   float64
	at     float64 // where it is drawn: y, or above it where others are in the way
	r      float64
	soft   bool
	number int
}

const (
	ringRadius = 4.6
	roleRadius = 2.8
	diskRadius = 10.5
)

// placeNodes finds the places of all nodes.
func (m *wideMap) placeNodes() []node {
	var nodes []node
	taken := []typeset.Box{signRoom(wideEnd, m.y(wideEnd, 0))}
	for _, t := range m.route.turns {
		x, y := m.turnPlace(t)
		taken = append(taken, typeset.Box{Left: x - 7, Top: y - 9, Right: x + 7, Bottom: y + 9})
	}
	add := func(l leg, n node) {
		n.at = n.y
		if m.numbered {
			n.r, n.number = diskRadius, l.number
			n.at, taken = firstFree(n.x, n.y, taken)
		}
		nodes = append(nodes, n)
	}
	for _, s := range m.strips {
		soft, _ := s.soft()
		add(s.leg, node{x: s.x0, y: m.y(s.x0, s.startLane()), r: ringRadius, soft: soft})
		for i, role := range s.roles {
			x := m.rolePlace(s, role)
			add(role, node{x: x, y: m.y(x, s.lane) - roleRise(i, s.roles), r: roleRadius})
		}
		if s.step.Detour && !s.step.Open() {
			nodes = append(nodes, node{x: s.x1, y: m.y(s.x1, 0), at: m.y(s.x1, 0), r: roleRadius})
		}
	}
	return nodes
}

// firstFree finds the lowest place for a disk at or above y and takes it.
func firstFree(x, y float64, taken []typeset.Box) (at float64, all []typeset.Box) {
	for at = y; ; at -= diskRadius / 2 {
		disk := typeset.Box{Left: x - diskRadius, Top: at - diskRadius, Right: x + diskRadius, Bottom: at + diskRadius}
		if !slices.ContainsFunc(taken, disk.Overlaps) {
			return at, append(taken, disk)
		}
	}
}
