package trail

import (
	"cmp"
	"slices"
	"strconv"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail/ink"
	"waypost/web/trail/typeset"
)

// makeRows puts steps, roles and changes in order, with a milestone before the
// first of every year.
func (m *tallMap) makeRows() {
	var rows []row
	for i, l := range m.route.legs {
		rows = append(rows, row{day: l.from, leg: i, role: -1, turn: -1})
		for j, role := range l.roles {
			rows = append(rows, row{day: role.from, leg: i, role: j, turn: -1, indent: roleIndent})
		}
	}
	for i, t := range m.route.turns {
		rows = append(rows, row{day: t.day, leg: t.leg, role: -1, turn: i})
	}
	if m.route.now > 0 {
		rows = append(rows, row{day: m.route.now, leg: -1, role: -1, turn: -1, now: true})
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.day, b.day) })
	year := 0
	for _, r := range rows {
		if y := m.yearOf(r); y > year {
			year = y
			m.rows = append(m.rows, row{day: r.day, leg: -1, role: -1, turn: -1, year: year})
		}
		m.rows = append(m.rows, r)
	}
}

func (m *tallMap) yearOf(r row) int {
	switch {
	case r.now:
		return partdate.Days(r.day).Date().Year()
	case r.turn >= 0:
		return m.route.turns[r.turn].year()
	case r.role >= 0:
		return m.route.legs[r.leg].roles[r.role].step.Start.Year()
	}
	return m.route.legs[r.leg].step.Start.Year()
}

// makeTexts wraps the words of every row.
func (m *tallMap) makeTexts() {
	told := 0
	for i := range m.rows {
		r := &m.rows[i]
		room := min(m.form.wide-edge-m.textX, tallText) - r.indent
		switch {
		case r.year != 0:
			r.text = typeset.Block{typeset.NewLine(ink.FaceEra, strconv.Itoa(r.year))}
		case r.now:
			r.text = typeset.Block{typeset.NewLine(ink.FaceSign, m.words.Today)}
		case r.turn >= 0:
			r.text = m.route.turns[r.turn].text(m.words, room, 4+2*m.detail, true)
		default:
			m.makeStepText(r, room)
		}
		told += len(r.notes)
	}
	m.rest = moreNotes(m.words, m.route.notes()-told, m.form.wide-edge-m.textX)
}

// makeStepText wraps the words of a step or role, and as many of its notes as
// the length of the trail allows.
func (m *tallMap) makeStepText(r *row, room float64) {
	s, title := m.route.legs[r.leg].step, ink.FaceTitle
	if r.role >= 0 {
		s, title = m.route.legs[r.leg].roles[r.role].step, ink.FaceMinor
	}
	if m.detail > 0 {
		r.inset, room = m.inset(s.ID, r.indent, room)
	}
	r.text = typeset.Headed(ink.FaceKind, m.route.eyebrow(s, m.words), ink.FaceDates, m.words.TightDates(s), room)
	if m.detail == 0 {
		r.text = r.text.Add(title, s.Title, room, 1)
		return
	}
	org := m.words.Organization(s.Organization)
	if r.role >= 0 && s.Organization == m.route.legs[r.leg].step.Organization {
		org = "" // it stands over the role
	}
	if one := typeset.Headed(title, s.Title, ink.FaceOrg, org, room); m.form == broad && org != "" && len(one) == 1 {
		r.text = append(r.text, one...)
	} else {
		r.text = r.text.AddEven(title, s.Title, room, 6).AddEven(ink.FaceOrg, org, room, 3)
	}
	r.text = r.text.AddEven(ink.FaceDates, m.route.review(s, m.words), room, 2)
	most, lines := trails.MaxLearned, 8
	switch {
	case m.detail == 1 || len(m.route.legs) > 28:
		most = 0
	case m.detail < fullDetail || len(m.route.legs) > 14:
		most, lines = 1, 5
	}
	for _, note := range s.Learned[:min(most, len(s.Learned))] {
		r.notes = append(r.notes, typeset.Block{}.AddEven(ink.FaceNote, note, room-noteIndent, lines))
	}
}

const (
	noteIndent = 12.0
	noteSpace  = 5.0 // above a note
)
