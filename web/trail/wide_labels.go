package trail

import (
	"strings"

	"waypost/web/trail/typeset"
)

// setLabels makes a flag for each step and role and sets them above the trail.
// Where there is no room for all, the rest are told by number only, and it
// reports so.
func (m *wideMap) setLabels() (flags []typeset.Flag, high float64, numbered bool) {
	flags = m.makeLabels()
	high, fits := typeset.Fit(flags, highestFlag, edge, wideWidth-edge)
	if fits {
		return flags, high, false
	}
	flags, high = typeset.Crowd(flags, highestFlag, edge, wideWidth-edge)
	return flags, high, true
}

func (m *wideMap) makeLabels() []typeset.Flag {
	var flags []typeset.Flag
	for _, s := range m.strips {
		f := typeset.Flag{
			Pole:     s.x0,
			Lane:     s.startLane(),
			Forms:    m.labelForms(s.leg, s.x0),
			Priority: s.x1 - s.x0,
		}
		if s.lane == 0 {
			f.Priority += f.Priority
		}
		f.Choose(0)
		flags = append(flags, f)
		for i, role := range s.roles {
			x := m.rolePlace(s, role)
			f := typeset.Flag{
				Pole:     x,
				Lane:     s.lane,
				Rise:     roleRise(i, s.roles),
				Forms:    m.labelForms(role, x)[1:],
				Priority: (m.x(role.to) - x) / 4,
			}
			f.Choose(0)
			flags = append(flags, f)
		}
	}
	return flags
}

// labelForms are the ways to label a leg, from all its words to its title.
func (m *wideMap) labelForms(l leg, pole float64) []typeset.Form {
	room := wideWidth - edge - typeset.PoleGap - pole
	w, s := m.words, l.step
	titleFace := faceTitle
	if s.Parent != "" {
		titleFace = faceMinor
	}
	full := typeset.Headed(faceKind, w.eyebrow(s), faceDates, w.dates(s), min(room, 250))
	full = full.AddEven(titleFace, s.Title, min(room, 250), 3)
	full = full.Add(faceOrg, w.organization(s.Organization), min(room, 230), 1)
	narrow := typeset.Headed(faceKind, w.eyebrow(s), faceDates, w.dates(s), min(room, 176))
	narrow = narrow.AddEven(titleFace, s.Title, min(room, 176), 3)
	narrow = narrow.AddEven(faceOrg, w.organization(s.Organization), min(room, 176), 2)
	short := typeset.Block{}.Add(faceKind, w.Kinds[s.Kind], min(room, 200), 1)
	short = short.AddEven(titleFace, s.Title, min(room, 200), 2)
	title := typeset.Block{}.Add(faceMinor, s.Title, min(room, 190), 1)
	return []typeset.Form{typeset.NewForm(full, lost(full, 0)), typeset.NewForm(narrow, lost(narrow, 8)), typeset.NewForm(short, lost(short, 40)), typeset.NewForm(title, lost(title, 90))}
}

// lost is what a form costs: more where it cuts the title.
func lost(b typeset.Block, loss float64) float64 {
	for _, l := range b {
		if l.Face.Bold() && strings.HasSuffix(l.Text, typeset.Ellipsis) {
			loss += 60
		}
	}
	return loss
}
