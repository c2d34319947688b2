package trail

import (
	"cmp"
	"slices"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail/wording"
)

// curve is a step's check-ins in order, with the step.
type curve struct {
	Curve
	step trails.Step
}

// layCurves takes the curves of steps that are on the trail and have check-ins, by
// their first.
func layCurves(own Own) []curve {
	var all []curve
	for _, c := range own.Curves {
		step, found := own.Trail.StepByID(c.Step)
		if !found || len(c.Dots) == 0 {
			continue
		}
		c.Dots = slices.SortedStableFunc(slices.Values(c.Dots), func(a, b Dot) int { return cmp.Compare(a.Day, b.Day) })
		all = append(all, curve{c, step})
	}
	slices.SortStableFunc(all, func(a, b curve) int { return cmp.Compare(a.Dots[0].Day, b.Dots[0].Day) })
	return all
}

// span is from its first to its last check-in or level, in the middle of these days.
func (c curve) span() (from, to float64) {
	first, last := c.Dots[0].Day, c.Dots[len(c.Dots)-1].Day
	for _, l := range c.Levels {
		first, last = min(first, l.From), max(last, l.To)
	}
	return noon(first), noon(last)
}

// noon is the middle of a day.
func noon(day partdate.Days) float64 { return float64(day) + 0.5 }

// review says when a step is looked at again, if that is set.
func (r route) review(s trails.Step, w Words) string {
	date := r.reviews[s.ID]
	if date.IsZero() {
		return ""
	}
	return wording.Fill(w.Review, "date", wording.Tight(w.Date(date)))
}

// ahead reports whether what begins on a day lies beyond today.
func (r route) ahead(day float64) bool { return r.now > 0 && day >= r.now }

// eyebrow is the line over a step's title.
func (r route) eyebrow(s trails.Step, w Words) string {
	if r.ahead(float64(s.Start.First())) {
		return w.Eyebrow(s) + " · " + w.Planned
	}
	return w.Eyebrow(s)
}

// crosses reports whether a leg has begun and is planned to go on beyond today. A
// detour is drawn whole.
func (r route) crosses(l leg) bool {
	return r.now > 0 && l.from < r.now && l.to > r.now && (!l.step.Detour || l.lane == 0)
}

// curveOf is the curve of a step.
func (r route) curveOf(id string) (c curve, found bool) {
	i := slices.IndexFunc(r.curves, func(c curve) bool { return c.Step == id })
	if i < 0 {
		return curve{}, false
	}
	return r.curves[i], true
}
