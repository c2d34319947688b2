package changes

import (
	"math"
	"slices"

	"waypost/paths/checkins"
)

const (
	usualRate  = 12 // check-ins a year when nothing is known yet
	lowestRate = 6
	mostRate   = 52
	gapsLooked = 8
	daysAYear  = 365
)

// Limits are what a statistic has to exceed, numbers without a unit.
type Limits struct{ Possible, Detected float64 }

// LimitsAt returns the limits for so many check-ins a year, held to 6 to 52:
//
//	possible  3.27 + 0.72·ln(rate/12)
//	detected  4.14 + 0.60·ln(rate/12)
//
// They were set on 4,000 simulated members: about one false "possible" in five
// years and one false "detected" in twenty at an autocorrelation of 0.2. A rate
// that is no number counts as 12.
func LimitsAt(rate float64) Limits {
	if math.IsNaN(rate) {
		rate = usualRate
	}
	x := math.Log(min(max(rate, lowestRate), mostRate) / usualRate)
	return Limits{Possible: 3.27 + float64(0.72*x), Detected: 4.14 + float64(0.60*x)}
}

// limits are those at the rate of the last gaps between check-ins: 365 through
// their median in days.
func limits(all []checkins.CheckIn) Limits {
	var gaps []int
	for i := max(1, len(all)-gapsLooked); i < len(all); i++ {
		gaps = append(gaps, int(all[i].Day-all[i-1].Day))
	}
	if len(gaps) == 0 {
		return LimitsAt(usualRate)
	}
	slices.Sort(gaps)
	n := len(gaps)
	median := float64(gaps[(n-1)/2]+gaps[n/2]) / 2
	return LimitsAt(daysAYear / median)
}
