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
	leastGap  = 0.02 // share of the whole that two different days are apart
	evenShare = 0.25 // share of the room that is dealt out by even time
)

// newScale spreads a route's days from one place to another.
func newScale(r route, from, to float64) scale {
	var days []float64
	for _, l := range r.legs {
		days = append(days, l.from, l.to)
	}
	for _, t := range r.turns {
		days = append(days, t.day)
	}
	days = append(days, r.first, r.last)
	slices.Sort(days)
	days = slices.Compact(days)
	gaps := make([]float64, len(days))
	sum := 0.0
	for i := 1; i < len(days); i++ {
		gaps[i] = stretch(days[i] - days[i-1])
		sum += gaps[i]
	}
	least := min(leastGap, 0.5/float64(len(days)))
	span := r.last - r.first
	total := 0.0
	for i := 1; i < len(days); i++ {
		gaps[i] = max(gaps[i]/sum, least) + float64(evenShare*(days[i]-days[i-1])/span)
		total += gaps[i]
	}
	s := scale{days: days, places: make([]float64, len(days))}
	at := 0.0
	for i := range days {
		at += gaps[i] / total
		s.places[i] = from + float64((to-from)*min(at, 1))
	}
	return s
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
