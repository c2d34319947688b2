package trail

import (
	"waypost/stories/trails"
	"waypost/web/trail/typeset"
)

// setNotes hangs beneath the trail: the words of each change, which always stay,
// the goal under its peak, and what was learned, as far as there is room.
func (m *wideMap) setNotes() (changes, learned []typeset.Flag, high float64) {
	h := typeset.NewHanger(edge, wideWidth-edge)
	if m.route.goal != "" {
		m.goal = m.goalText()
		wide, tall := m.goal.Size()
		left := wideEnd + goalIn
		h.Take(typeset.Box{Left: left, Top: -goalUp, Right: left + wide, Bottom: tall - goalUp})
		high = tall - goalUp
	}
	var after, before []typeset.Flag
	for _, t := range m.route.turns {
		x := m.x(t.day)
		after = append(after, m.turnFlag(t, x, wideWidth-edge-typeset.PoleGap-x))
		before = append(before, m.turnFlag(t, x, x-typeset.PoleGap-edge))
	}
	changes = h.HangChanges(after, before)
	for _, f := range changes {
		high = max(high, f.Reach())
	}
	if m.detail > 0 {
		learned = h.HangNotes(m.makeNotes(), max(high, lowestNote))
	}
	for _, f := range learned {
		high = max(high, f.Reach())
	}
	return changes, learned, high
}

func (m *wideMap) turnFlag(t turn, x, room float64) typeset.Flag {
	room = min(max(room, 1), 264)
	b := typeset.Headed(faceHead, m.words.Changed, faceDates, m.words.date(t.change.Date), room)
	b = b.AddEven(faceWords, t.change.Words, room, 6)
	f := typeset.Flag{Pole: x, Forms: []typeset.Form{typeset.NewForm(b, 0)}}
	f.Choose(0)
	if t.leg >= 0 {
		f.Lane = m.strips[t.leg].lane
	}
	return f
}

const (
	goalIn = 28.0 // the goal's words begin this far after the end of time
	goalUp = 46.0 // and this far above the notes
)

func (m *wideMap) goalText() typeset.Block {
	const room = wideFuture - goalIn - edge
	return typeset.Block{}.Add(faceGoal, m.words.Goal, room, 1).AddEven(faceAim, m.route.goal, room, 6)
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
	const most, room = 3, 204
	var flags []typeset.Flag
	for i, words := range s.Learned[:min(len(s.Learned), most)] {
		flags = append(flags, typeset.Flag{
			Lane:     lane,
			Forms:    []typeset.Form{typeset.NewForm(typeset.Block{}.AddEven(faceNote, words, room, 4), 0), typeset.NewForm(typeset.Block{}.AddEven(faceNote, words, room, 2), 0)},
			Priority: float64(float64(most-i)*2000) + x1 - x0,
			Spots:    m.spots(x0, x1, lane),
			Note:     true,
		})
	}
	return flags
}

// spots are where a note may hang from a step: best where nothing lies beneath
// the step and not through the words of a milestone, at worst anywhere.
func (m *wideMap) spots(x0, x1 float64, lane int) [][]float64 {
	var open, clear, all []float64
	for _, share := range []float64{0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1} {
		x := min(x0+12, x1) + float64(max(x1-x0-20, 0)*share)
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
		if half := faceYear.Width(t.text)/2 + 2; t.text != "" && x > t.place-half && x < t.place+half {
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
