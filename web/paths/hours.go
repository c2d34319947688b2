package paths

import (
	"slices"
	"strconv"

	"waypost/paths"
	"waypost/web/paths/typed"
)

// Quarter is what the entries of three months came to.
type Quarter struct {
	Year, Number int
	Minutes      map[paths.EntryKind]int
	Entries      int
	Led          int // entries that led to something
}

// YearText is the year as a date has it.
func (q Quarter) YearText() string { return strconv.Itoa(q.Year) }

// Kinds are the kinds that have hours in it, with them.
func (q Quarter) Kinds() []KindHours {
	var list []KindHours
	for _, kind := range paths.EntryKinds() {
		if n := q.Minutes[kind]; n > 0 {
			list = append(list, KindHours{entryLabels[kind], typed.HoursText(n)})
		}
	}
	return list
}

// KindHours is how long one kind took.
type KindHours struct{ Label, Hours string }

// Quarters are the quarters that entries are in, the latest first. What is known to the
// year alone counts to its first quarter.
func Quarters(list []paths.Entry) []Quarter {
	var all []Quarter
	for _, x := range list {
		number := max(x.Date.Month()-1, 0)/3 + 1
		i := slices.IndexFunc(all, func(q Quarter) bool { return q.Year == x.Date.Year() && q.Number == number })
		if i < 0 {
			i = len(all)
			all = append(all, Quarter{Year: x.Date.Year(), Number: number, Minutes: map[paths.EntryKind]int{}})
		}
		all[i].Entries++
		all[i].Minutes[x.Kind] += x.Minutes
		if x.LedTo != "" {
			all[i].Led++
		}
	}
	slices.Reverse(all)
	return all
}
