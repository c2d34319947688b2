package trail

import (
	"cmp"
	"slices"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail/ink"
	"waypost/web/trail/typeset"
)

// leg is a step as it lies on the ground.
type leg struct {
	step     trails.Step
	from, to float64 // days; to is the day after the last
	lane     int     // 0 is the spine; below zero on the far side, above on the near
	roles    []leg   // what lay within it
}

func (l leg) soft() ink.Soft {
	return ink.Soft{
		Start: l.step.Start.Precision() == partdate.Year,
		End:   l.step.End.Precision() == partdate.Year,
		Days:  l.to - l.from,
	}
}

// route is a trail with its days resolved.
type route struct {
	goal        string
	legs        []leg // without roles, by their start
	turns       []turn
	first, last float64 // the days the drawing spans
	open        bool    // the trail goes on where the drawing ends
	sign        string  // on the signpost
	own         bool    // a private path, which leads to today
	aimless     bool    // the goal is not known yet
	now         float64 // today, where the path leads beyond it
	curves      []curve
	reviews     map[string]partdate.Date // by the ID of the step
}

// places counts where labels stand: at every step and role.
func (r route) places() int {
	n := len(r.legs)
	for _, l := range r.legs {
		n += len(l.roles)
	}
	return n
}

// notes counts what was learned in all steps and roles.
func (r route) notes() int {
	n := 0
	for _, l := range r.legs {
		n += len(l.step.Learned)
		for _, role := range l.roles {
			n += len(role.step.Learned)
		}
	}
	return n
}

// moreNotes says how many notes are only in the list; nothing if none is.
func moreNotes(w Words, n int, room float64) typeset.Block {
	if n <= 0 {
		return nil
	}
	return typeset.Block{}.Add(ink.FaceGoal, w.Number("trail.more_notes", n), room, 2)
}

// survey resolves the days of a trail: open steps run to asOf, dates that touch
// within their imprecision follow one another, and the spine is chosen.
func survey(own Own, asOf partdate.Days) route {
	t := own.Trail
	r := route{goal: t.Goal, curves: layCurves(own), reviews: make(map[string]partdate.Date)}
	for _, review := range own.Reviews {
		r.reviews[review.Step] = review.Date
	}
	for _, s := range roots(t) {
		l := newLeg(s, asOf)
		for _, child := range children(t, s) {
			role := newLeg(child, asOf)
			role.from = min(max(role.from, l.from), l.to)
			role.to = max(min(role.to, l.to), role.from)
			l.roles = append(l.roles, role)
			r.open = r.open || child.Open()
		}
		r.open = r.open || s.Open()
		r.legs = append(r.legs, l)
	}
	slices.SortStableFunc(r.legs, func(a, b leg) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	r.layTurns(own)
	r.span()
	r.chooseSpine()
	r.part()
	return r
}

// toToday makes the route one that leads to today, and beyond it where a step is
// planned.
func (r *route) toToday(o Options) {
	after := float64(o.AsOf + 1)
	if len(r.legs)+len(r.turns) == 0 {
		r.first, r.last = after-leastSpan, after
	}
	r.own, r.open, r.sign = true, true, o.Words.Today
	if r.goal == "" {
		r.goal, r.aimless = o.Words.NoGoal, true
	}
	if r.last > after+0.5 { // not merely by a hair
		r.now, r.open = after, false
	}
	r.last = max(r.last, after)
	r.planOpen()
}

// planOpen lets steps that are to begin and have no end go on to the end of the
// drawing, or on the spine to the next step.
func (r *route) planOpen() {
	for i := range r.legs {
		l := &r.legs[i]
		if !l.step.Open() || !r.ahead(l.from) {
			continue
		}
		r.last = max(r.last, l.from+3*leastSpan)
		l.to = r.last
		for _, next := range r.legs {
			if l.lane == 0 && next.lane == 0 && next.from > l.from {
				l.to = min(l.to, next.from)
			}
		}
	}
}

// aHair is so little time that it shows nowhere but in the order of places.
const aHair = 0.01 // days

// part sees to it that no two steps begin, and nothing changes, at the very same
// place: each symbol needs room of its own. The trail's own steps keep their days.
func (r *route) part() {
	taken := make(map[float64]bool)
	free := func(day float64) float64 {
		for taken[day] {
			day += aHair
		}
		taken[day] = true
		return day
	}
	for _, spine := range []bool{true, false} {
		for i := range r.legs {
			if l := &r.legs[i]; (l.lane == 0) == spine {
				l.from = free(l.from)
				l.to = max(l.to, l.from+aHair)
			}
		}
	}
	for i := range r.legs {
		l := &r.legs[i]
		for j := range l.roles {
			l.roles[j].from = free(l.roles[j].from)
			l.roles[j].to = max(l.roles[j].to, l.roles[j].from+aHair)
		}
	}
	for i := range r.turns {
		r.turns[i].day = free(r.turns[i].day)
		r.last = max(r.last, r.turns[i].day)
	}
	for i := range r.legs {
		r.last = max(r.last, r.legs[i].to)
	}
}

func newLeg(s trails.Step, asOf partdate.Days) leg {
	l := leg{step: s, from: float64(s.Start.First()), to: float64(asOf + 1), lane: 1}
	if !s.Open() {
		l.to = float64(s.End.Last() + 1)
	}
	l.to = max(l.to, l.from+1)
	return l
}

// layTurns puts each turn in the middle of what its date may be. It lies on
// its step where the step lasted then; otherwise on the spine.
func (r *route) layTurns(own Own) {
	t := own.Trail
	for _, turned := range turns(own) {
		since, until := turned.span()
		first, after := float64(since), float64(until)
		turned.day, turned.leg = (first+after)/2, -1
		step := turned.step()
		if s, found := t.StepByID(step); found && isChild(t, s) {
			step = s.Parent
		}
		for i, l := range r.legs {
			if step != "" && l.step.ID == step && first <= l.to && after >= l.from {
				turned.leg = i
				turned.day = min(max(turned.day, l.from), l.to)
			}
		}
		r.turns = append(r.turns, turned)
	}
}

const leastSpan = 10 // days

func (r *route) span() {
	for i, l := range r.legs {
		if i == 0 || l.from < r.first {
			r.first = l.from
		}
		if i == 0 || l.to > r.last {
			r.last = l.to
		}
	}
	for _, t := range r.turns {
		if len(r.legs) == 0 && r.first == 0 {
			r.first, r.last = t.day, t.day
		}
		r.first, r.last = min(r.first, t.day), max(r.last, t.day)
	}
	r.last = max(r.last, r.first+leastSpan)
}

// spineWeights says which kinds make the main trail where steps overlap.
func spineWeight(kind trails.StepKind) float64 {
	switch kind {
	case trails.Position, trails.Study:
		return 10
	case trails.Trial:
		return 12
	case trails.Gig, trails.Break:
		return 8
	}
	return 6
}

// chooseSpine finds the heaviest chain of legs that follow one another
// (weighted interval scheduling) and puts it on lane 0. A step that is still
// going on outweighs all that are not, so that the trail leads to the present.
func (r *route) chooseSpine() {
	best := make([]float64, len(r.legs))
	previous := make([]int, len(r.legs))
	last := -1
	for i, l := range r.legs {
		previous[i] = -1
		if l.step.Detour {
			continue
		}
		weight := float64((l.to - l.from) * spineWeight(l.step.Kind))
		if l.step.Open() {
			weight += float64((r.last - r.first) * 100)
		}
		for j := range i {
			if !r.legs[j].step.Detour && follows(r.legs[j], l) && best[j] > best[i] {
				best[i], previous[i] = best[j], j
			}
		}
		best[i] += weight
		if last < 0 || best[i] > best[last] {
			last = i
		}
	}
	for i := last; i >= 0; i = previous[i] {
		r.legs[i].lane = 0
		if j := previous[i]; j >= 0 && r.legs[j].to > r.legs[i].from {
			meet := (r.legs[j].to + r.legs[i].from) / 2
			r.legs[j].to, r.legs[i].from = meet, meet
		}
	}
}

// follows reports whether b may have begun when a was over: their dates do not
// overlap, or only because they are not known to the day.
func follows(a, b leg) bool {
	if a.to <= b.from {
		return true
	}
	return !a.step.Open() && a.step.End.First() <= b.step.Start.Last() && a.from <= b.from && a.to <= b.to
}
