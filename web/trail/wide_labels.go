package trail

import (
	"waypost/stories/trails"
	"waypost/web/trail/ink"
	"waypost/web/trail/typeset"
)

// setLabels sets the labels above the trail. It tries how much of the room time has
// to leave to them, and keeps what reads best.
func (m *wideMap) setLabels() (high float64, fits bool) {
	if m.route.places() > mostFlags {
		return 0, false
	}
	best := *m
	least := 0.0
	for _, share := range []float64{0.55, 0.65, 0.75} {
		m.scale = newScale(m.route, wideStart, m.end, share)
		m.strips = lay(m.route, m.x)
		m.labels = m.makeLabels()
		reach, cost, ok := typeset.Fit(m.labels, highestFlag, edge, wideWidth-edge)
		if ok && (!fits || cost < least) {
			best, high, least, fits = *m, reach, cost, true
		}
	}
	*m = best
	return high, fits
}

// makeLabels makes a flag for each step and role.
func (m *wideMap) makeLabels() []typeset.Flag {
	var flags []typeset.Flag
	for _, s := range m.strips {
		f := typeset.Flag{
			Pole:  s.x0,
			Lane:  s.startLane(),
			Forms: m.labelForms(s.step, s.step.Organization),
		}
		f.Choose(0)
		flags = append(flags, f)
		for i, role := range s.roles {
			x, at := m.rolePlace(s, role), role.step.Organization
			if at == s.step.Organization {
				at = trails.Organization{} // its step says it
			}
			f := typeset.Flag{
				Pole:  x,
				Lane:  s.lane,
				Rise:  roleRise(i, s.roles),
				Forms: m.labelForms(role.step, at)[1:],
			}
			f.Choose(0)
			flags = append(flags, f)
		}
	}
	return flags
}

// labelForms are the ways to label a step. All say its kind, its dates and its
// title; the narrower take more lines, and the last leave out the organization.
func (m *wideMap) labelForms(s trails.Step, at trails.Organization) []typeset.Form {
	forms, known := m.forms[s.ID]
	if known {
		return forms
	}
	for _, f := range []struct {
		room, loss float64
		most       int // lines of the title
		bare       bool
	}{{310, 0, 2, false}, {250, 0, 3, false}, {190, 6, 4, false}, {152, 16, 4, false}, {128, 60, 5, false}, {190, 70, 4, true}, {152, 85, 5, true}} {
		org := m.words.Organization(at)
		if f.bare {
			org = ""
		}
		b, lost := m.label(s, org, f.room, f.most)
		forms = append(forms, typeset.NewForm(b, f.loss+lost))
	}
	m.forms[s.ID] = forms
	return forms
}

// label words a step within so much room, and says what it costs that dates are
// or a word are broken, or words cut.
func (m *wideMap) label(s trails.Step, org string, room float64, most int) (b typeset.Block, loss float64) {
	face := ink.FaceTitle
	if s.Parent != "" {
		face = ink.FaceMinor
	}
	b = typeset.Headed(ink.FaceKind, m.route.eyebrow(s, m.words), ink.FaceDates, m.words.TightDates(s), room)
	if len(b) > 2 {
		loss += 24
	}
	b = b.AddEven(face, s.Title, room, most)
	if face.Widest(s.Title) > room {
		loss += 240 // a word is broken
	}
	if b.Cut(s.Title) {
		loss += typeset.Cut
	}
	b = b.AddEven(ink.FaceOrg, org, room, 4)
	if org != "" && b.Cut(org) || ink.FaceOrg.Widest(org) > room {
		loss += 40
	}
	return b.AddEven(ink.FaceDates, m.route.review(s, m.words), room, 3), loss
}
