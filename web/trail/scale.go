package trail

import (
	"math"
	"slices"
	"sort"
)

// scale turns days into places. Time is stretched where much happens and drawn
// together where little does, as on a strip map; the milestones show by how
// much.
type scale struct {
	days   []float64 // rising
	places []float64
}

const (
	leastGap  = 0.02  // share of the whole that two different days are apart
	evenShare = 0.25  // share of the room that is dealt out by even time
	labelGap  = 110.0 // the poles of two labels are that far apart where there is room
	markGap   = 24.0  // least distance of what stands on the trail
	curveDot  = 7.0   // room for each check-in
	curveLong = 150.0 // at most for all of a step
	loopLong  = 40.0  // least length of a detour, so that its loop is round
)

// newScale spreads a route's days from one place to another. Where labels crowd,
// their poles take an even share of the room before time does.
func newScale(r route, from, to, share float64) scale {
	days := r.days()
	gaps := make([]float64, len(days))
	sum := 0.0
	for i := 1; i < len(days); i++ {
		gaps[i] = stretch(days[i] - days[i-1])
		sum += gaps[i]
	}
	least := min(leastGap, 0.5/float64(len(days)))
	span := r.last - r.first
	for i := 1; i < len(days); i++ {
		gaps[i] = max(gaps[i]/sum, least) + float64(evenShare*(days[i]-days[i-1])/span)
	}
	makeRoom(gaps, r.claims(days, to-from, share), to-from)
	s := scale{days: days, places: make([]float64, len(days))}
	at := from
	for i := range days {
		at += gaps[i]
		s.places[i] = min(at, to)
	}
	return s
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

// claim asks for room between two of the scale's days.
type claim struct {
	from, to int
	least    float64
}

// claims are the distances that keep symbols off one another and give labels
// room, in a drawing of that width.
func (r route) claims(days []float64, wide, share float64) []claim {
	var poles, marks []float64
	var claims []claim
	ask := func(from, to, least float64) {
		i, _ := slices.BinarySearch(days, from)
		j, _ := slices.BinarySearch(days, to)
		if i < j {
			claims = append(claims, claim{i, j, least})
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

// makeRoom scales gaps to fill the room and lengthens those that claims find too
// short. Each round takes back a little from the claims that are met; after some
// rounds what is missing is less than a tenth.
func makeRoom(gaps []float64, claims []claim, room float64) {
	const rounds = 60
	asked := 0.0
	for _, c := range claims {
		asked += c.least
	}
	share := min(1, float64(1.7*room)/max(asked, 1))
	for n := range rounds {
		total := 0.0
		for _, g := range gaps {
			total += g
		}
		for i := range gaps {
			gaps[i] = float64(gaps[i] * room / total)
		}
		if n == rounds-1 {
			return
		}
		for _, c := range claims {
			long := 0.0
			for _, g := range gaps[c.from+1 : c.to+1] {
				long += g
			}
			if least := float64(c.least * share); long < least {
				for i := c.from + 1; i <= c.to; i++ {
					gaps[i] = float64(gaps[i] * least / long)
				}
			}
		}
	}
}

// stretch is the power 5/8, by square roots alone: they are exact in the same
// way on every machine, powers are not.
func stretch(days float64) float64 {
	half := math.Sqrt(days)
	return float64(half * math.Sqrt(math.Sqrt(half)))
}

// at gives the place of a day. Days outside the scale lie at its ends.
func (s scale) at(day float64) float64 {
	i := sort.SearchFloat64s(s.days, day)
	switch {
	case i == 0:
		return s.places[0]
	case i == len(s.days):
		return s.places[i-1]
	}
	share := (day - s.days[i-1]) / (s.days[i] - s.days[i-1])
	return s.places[i-1] + float64((s.places[i]-s.places[i-1])*share)
}
