package trail

import (
	"slices"

	"waypost/stories/trails"
	"waypost/web/trail/ink"
	"waypost/web/trail/typeset"
)

// setNotes hangs beneath the trail: the words of each change, which always stay,
// the goal under its peak, and what was learned, as far as there is room. It returns
// how far they reach and whether the changes have found their places.
func (m *wideMap) setNotes() (high float64, fits bool) {
	h := typeset.NewHanger(edge, wideWidth-edge)
	if m.route.goal != "" {
		m.goal = m.goalText()
		wide, tall := m.goal.Size()
		left := m.end + goalIn
		h.Take(typeset.Box{Left: left, Top: -goalUp, Right: left + wide, Bottom: tall - goalUp})
		high = tall - goalUp
	}
	var after, before []typeset.Flag
	for i, t := range m.route.turns {
		x := m.x(t.day)
		after = append(after, m.turnFlag(i, t, x, wideWidth-edge-typeset.PoleGap-x))
		before = append(before, m.turnFlag(i, t, x, x-typeset.PoleGap-edge))
	}
	m.changes = h.HangChanges(after, before)
	for _, f := range m.changes {
		high = max(high, f.Reach())
	}
	lowest := lowestTurn
	if m.route.own {
		lowest = lowestOwn
	}
	if len(m.changes) < len(after) || high > lowest {
		return high, false
	}
	if m.detail > 0 {
		m.learned = h.HangNotes(m.makeNotes(), max(high, lowestNote))
	}
	for _, f := range m.learned {
		high = max(high, f.Reach())
	}
	m.clearTicks()
	m.rest = moreNotes(m.words, m.route.notes()-len(m.learned), wideWidth-2*edge)
	return high, true
}

// turnFlag words a change. Less than leastTurn is no room to read in: such a text
// does not fit there.
func (m *wideMap) turnFlag(i int, t turn, x, room float64) typeset.Flag {
	const leastTurn, mostTurn, long = 190, 290, 140
	room = max(room, leastTurn)
	if t.longest() > long {
		room = min(room, mostTurn+90)
	} else {
		room = min(room, mostTurn)
	}
	f := typeset.Flag{Key: i, Pole: x, Forms: []typeset.Form{typeset.NewForm(t.text(m.words, room, 10, false), 0)}}
	f.Choose(0)
	if t.leg >= 0 {
		f.Lane = m.strips[t.leg].lane
	}
	return f
}

// clearTicks moves the words of milestones aside where the line of a change or a
// note would run through them, or takes them away where there is no room beside it.
func (m *wideMap) clearTicks() {
	var lines []float64
	for _, f := range slices.Concat(m.changes, m.learned) {
		lines = append(lines, f.Pole)
	}
	slices.Sort(lines)
	after := wideWidth // what comes after the milestones
	if m.route.goal != "" {
		after = m.end + goalIn
	}
	last := -1 // milestone with words
	for i := range m.ticks {
		t := &m.ticks[i]
		if t.Text == "" {
			continue
		}
		t.Step(lines)
		switch {
		case t.Now && t.Evade(lines, after):
			if last >= 0 && m.ticks[last].Words+m.ticks[last].Half() > t.Words-t.Half() {
				m.ticks[last].Text = ""
			}
			last = i
		case t.Struck(lines) || t.Words-t.Half() < 0 || t.Words+t.Half() > after:
			t.Text = ""
		case last < 0 || t.Words-t.Half() >= m.ticks[last].Words+m.ticks[last].Half():
			last = i
		case t.Year && !m.ticks[last].Year && !m.ticks[last].Now:
			m.ticks[last].Text = ""
			last = i
		default:
			t.Text = ""
		}
	}
}

const (
	goalIn = 28.0 // the goal's words begin this far after the end of time
	goalUp = 46.0 // and this far above the notes
)

func (m *wideMap) goalText() typeset.Block {
	const room = wideGoal - goalIn - edge
	return typeset.Block{}.Add(ink.FaceGoal, m.words.Goal, room, 1).AddEven(ink.FaceAim, m.route.goal, room, 6)
}

// makeNotes makes the notes of all steps and roles.
func (m *wideMap) makeNotes() []typeset.Flag {
	var flags []typeset.Flag
	for _, s := range m.strips {
		flags = append(flags, m.stepNotes(s.step, s.x0, s.x1, s.lane)...)
		for _, role := range s.roles {
			flags = append(flags, m.stepNotes(role.step, m.rolePlace(s, role), m.x(role.to), s.lane)...)
		}
	}
	return flags
}

// stepNotes makes the notes of one step: the first of each step before the
// second of any, and those of long steps before those of short ones. Each may
// hang from several spots along the step.
func (m *wideMap) stepNotes(s trails.Step, x0, x1 float64, lane int) []typeset.Flag {
	const room = 204
	var flags []typeset.Flag
	for i, words := range s.Learned {
		flags = append(flags, typeset.Flag{
			Lane:     lane,
			Forms:    []typeset.Form{typeset.NewForm(typeset.Block{}.AddEven(ink.FaceNote, words, room, 5), 0), typeset.NewForm(typeset.Block{}.AddEven(ink.FaceNote, words, room-50, 7), 0)},
			Priority: float64(float64(trails.MaxLearned-i)*2000) + x1 - x0,
			Spots:    m.spots(x0, x1, lane),
			Note:     true,
		})
	}
	return flags
}

// spots are where a note may hang from a step: best where nothing lies beneath
// the step and not through the words of a milestone, at worst anywhere short of the
// signpost.
func (m *wideMap) spots(x0, x1 float64, lane int) [][]float64 {
	const most = 16
	var open, clear, all []float64
	for i := range most + 1 {
		x := min(x0+12, x1) + float64(max(x1-x0-20, 0)*float64(i)/most)
		if x > m.end-10 {
			break
		}
		all = append(all, x)
		if m.throughMilestone(x) {
			continue
		}
		clear = append(clear, x)
		if !m.overOther(x, lane) {
			open = append(open, x)
		}
	}
	return [][]float64{open, clear, all}
}

func (m *wideMap) throughMilestone(x float64) bool {
	for _, t := range m.ticks {
		if half := t.Half(); t.Text != "" && x > t.Words-half && x < t.Words+half {
			return true
		}
	}
	return false
}

func (m *wideMap) overOther(x float64, lane int) bool {
	for _, s := range m.strips {
		if s.lane > lane && x > s.x0-bend(s.lane) && x < s.x1+bend(s.lane) {
			return true
		}
	}
	return false
}
