package timescale

import (
	"math"
	"sort"
)

// Scale turns days into places. Time is stretched where much happens and drawn
// together where little does, as on a strip map; the milestones show by how
// much.
type Scale struct {
	days   []float64 // rising
	places []float64
}

const (
	leastGap  = 0.02 // share of the whole that two different days are apart
	evenShare = 0.25 // share of the room that is dealt out by even time
)

// Claim asks for room between two of the days.
type Claim struct {
	From, To int // their indexes
	Least    float64
}

// New spreads days, which are rising, from one place to another, and gives those
// between which something claims room as much as there is.
func New(days []float64, claims []Claim, from, to float64) Scale {
	gaps := make([]float64, len(days))
	sum := 0.0
	for i := 1; i < len(days); i++ {
		gaps[i] = stretch(days[i] - days[i-1])
		sum += gaps[i]
	}
	least := min(leastGap, 0.5/float64(len(days)))
	span := days[len(days)-1] - days[0]
	for i := 1; i < len(days); i++ {
		gaps[i] = max(gaps[i]/sum, least) + float64(evenShare*(days[i]-days[i-1])/span)
	}
	makeRoom(gaps, claims, to-from)
	s := Scale{days: days, places: make([]float64, len(days))}
	at := from
	for i := range days {
		at += gaps[i]
		s.places[i] = min(at, to)
	}
	return s
}

// Through is the scale on which days, which are rising, lie at given places.
func Through(days, places []float64) Scale { return Scale{days, places} }

// makeRoom scales gaps to fill the room and lengthens those that claims find too
// short. Each round takes back a little from the claims that are met; after some
// rounds what is missing is less than a tenth.
func makeRoom(gaps []float64, claims []Claim, room float64) {
	const rounds = 60
	asked := 0.0
	for _, c := range claims {
		asked += c.Least
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
			for _, g := range gaps[c.From+1 : c.To+1] {
				long += g
			}
			if least := float64(c.Least * share); long < least {
				for i := c.From + 1; i <= c.To; i++ {
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

// At gives the place of a day. Days outside the scale lie at its ends.
func (s Scale) At(day float64) float64 {
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
