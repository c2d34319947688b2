package trail

import (
	"slices"

	"waypost/web/trail/timescale"
)

const (
	labelGap  = 110.0 // the poles of two labels are that far apart where there is room
	markGap   = 24.0  // least distance of what stands on the trail
	curveDot  = 7.0   // room for each check-in
	curveLong = 150.0 // at most for all of a step
	loopLong  = 40.0  // least length of a detour, so that its loop is round
)

// newScale spreads a route's days from one place to another. Where labels crowd,
// their poles take that share of the room before time does.
func newScale(r route, from, to, share float64) timescale.Scale {
	days := r.days()
	return timescale.New(days, r.claims(days, to-from, share), from, to)
}

// days are all days at which something begins, ends or changes, once each.
func (r route) days() []float64 {
	days := []float64{r.first, r.last}
	for _, l := range r.legs {
		days = append(days, l.from, l.to)
		for _, role := range l.roles {
			days = append(days, role.from)
		}
	}
	for _, t := range r.turns {
		days = append(days, t.day)
	}
	for _, c := range r.curves {
		from, to := c.span()
		days = append(days, min(max(from, r.first), r.last), min(max(to, r.first), r.last))
	}
	if r.now > 0 {
		days = append(days, r.now)
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// claims are the distances that keep symbols off one another and give labels
// room, in a drawing of that width.
func (r route) claims(days []float64, wide, share float64) []timescale.Claim {
	var poles, marks []float64
	var claims []timescale.Claim
	ask := func(from, to, least float64) {
		i, _ := slices.BinarySearch(days, from)
		j, _ := slices.BinarySearch(days, to)
		if i < j {
			claims = append(claims, timescale.Claim{From: i, To: j, Least: least})
		}
	}
	for _, l := range r.legs {
		poles = append(poles, l.from)
		for _, role := range l.roles {
			poles = append(poles, role.from)
		}
		if l.step.Detour {
			marks = append(marks, l.to)
			ask(l.from, l.to, loopLong)
		}
	}
	for _, t := range r.turns {
		marks = append(marks, t.day)
	}
	for _, c := range r.curves {
		from, to := c.span()
		ask(max(from, r.first), min(to, r.last), min(float64(curveDot*float64(len(c.Dots))), curveLong))
	}
	if len(poles) == 0 {
		return claims
	}
	gap := min(labelGap, share*wide/float64(len(poles)))
	marks = slices.Concat(marks, poles, []float64{r.last})
	slices.Sort(poles)
	slices.Sort(marks)
	for i := 1; i < len(poles); i++ {
		ask(poles[i-1], poles[i], gap)
	}
	ask(poles[len(poles)-1], r.last, gap)
	for i := 1; i < len(marks); i++ {
		ask(marks[i-1], marks[i], markGap)
	}
	return claims
}
