package checkins

import (
	"fmt"

	"waypost/internal/partdate"
)

// The lowest and the highest answer. Skipped stands for none.
const (
	Skipped = 0
	Lowest  = 1
	Highest = 5
)

// Most is how many check-ins a step may have: one a day for eleven years.
const Most = 4000

// Answers holds an answer for each item, in the order of the items.
type Answers [Items]int

// CheckIn is what a member answered on one day.
type CheckIn struct {
	Day     partdate.Days
	Answers Answers
}

// Check returns an error unless the check-ins are those of one step as they can
// be: in the order of their days, at most one a day, at most Most of them, and
// each answer Skipped or from Lowest to Highest. The error counts from 1.
func Check(all []CheckIn) error {
	if len(all) > Most {
		return fmt.Errorf("%d check-ins on one step; at most %d", len(all), Most)
	}
	for i, c := range all {
		if c.Day.Date().IsZero() {
			return fmt.Errorf("check-in %d is on no day of the years 1 to 9999", i+1)
		}
		if i > 0 && c.Day <= all[i-1].Day {
			return fmt.Errorf("check-in %d, on %s, does not come after the one before it: they are in order, one a day", i+1, c.Day.Date())
		}
		for item, a := range c.Answers {
			if a != Skipped && (a < Lowest || a > Highest) {
				return fmt.Errorf("check-in %d answers %d to %s; answers are %d to %d", i+1, a, Item(item), Lowest, Highest)
			}
		}
	}
	return nil
}

// means are the mean answers to each item over the check-ins that answered it,
// and whether there are any.
func means(all []CheckIn) (mean [Items]float64, answered [Items]bool) {
	var sum, n [Items]int
	for _, c := range all {
		for item, a := range c.Answers {
			if a != Skipped {
				sum[item] += a
				n[item]++
			}
		}
	}
	for item := range Items {
		if answered[item] = n[item] > 0; answered[item] {
			mean[item] = float64(sum[item]) / float64(n[item])
		}
	}
	return mean, answered
}

// Means returns the mean answer to each item, from 1 to 5, over the check-ins
// that answered it, and 0 for an item that none of them answered.
func Means(all []CheckIn) [Items]float64 {
	mean, _ := means(all)
	return mean
}
