package trail

import (
	"strings"
)

// setLabels makes a flag for each step and role and sets them above the trail.
// Where there is no room for all, the rest are told by number only, and it
// reports so.
func (m *wideMap) setLabels() (flags []flag, high float64, numbered bool) {
	flags = m.makeLabels()
	high, fits := fit(flags, highestFlag, edge, wideWidth-edge)
	if fits {
		return flags, high, false
	}
	flags, high = crowd(flags, highestFlag, edge, wideWidth-edge)
	return flags, high, true
}

func (m *wideMap) makeLabels() []flag {
	var flags []flag
	for _, s := range m.strips {
		f := flag{
			pole:     s.x0,
			lane:     s.startLane(),
			forms:    m.labelForms(s.leg, s.x0),
			priority: s.x1 - s.x0,
		}
		if s.lane == 0 {
			f.priority += f.priority
		}
		f.choose(0)
		flags = append(flags, f)
		for i, role := range s.roles {
			x := m.rolePlace(s, role)
			f := flag{
				pole:     x,
				lane:     s.lane,
				rise:     roleRise(i, s.roles),
				forms:    m.labelForms(role, x)[1:],
				priority: (m.x(role.to) - x) / 4,
			}
			f.choose(0)
			flags = append(flags, f)
		}
	}
	return flags
}

// labelForms are the ways to label a leg, from all its words to its title.
func (m *wideMap) labelForms(l leg, pole float64) []form {
	room := wideWidth - edge - poleGap - pole
	w, s := m.words, l.step
	titleFace := faceTitle
	if s.Parent != "" {
		titleFace = faceMinor
	}
	full := headed(faceKind, w.eyebrow(s), faceDates, w.dates(s), min(room, 250))
	full = full.addEven(titleFace, s.Title, min(room, 250), 3)
	full = full.add(faceOrg, w.organization(s.Organization), min(room, 230), 1)
	narrow := headed(faceKind, w.eyebrow(s), faceDates, w.dates(s), min(room, 176))
	narrow = narrow.addEven(titleFace, s.Title, min(room, 176), 3)
	narrow = narrow.addEven(faceOrg, w.organization(s.Organization), min(room, 176), 2)
	short := block{}.add(faceKind, w.Kinds[s.Kind], min(room, 200), 1)
	short = short.addEven(titleFace, s.Title, min(room, 200), 2)
	title := block{}.add(faceMinor, s.Title, min(room, 190), 1)
	return []form{newForm(full, lost(full, 0)), newForm(narrow, lost(narrow, 8)), newForm(short, lost(short, 40)), newForm(title, lost(title, 90))}
}

// lost is what a form costs: more where it cuts the title.
func lost(b block, loss float64) float64 {
	for _, l := range b {
		if l.face.bold() && strings.HasSuffix(l.text, ellipsis) {
			loss += 60
		}
	}
	return loss
}
