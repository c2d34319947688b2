package paths

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"waypost/paths"
	"waypost/web/kit"
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
			list = append(list, KindHours{entryLabels[kind], hoursText(n)})
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

// hours reads a time as people write it: 2, 1.5, 1,5 or 1:30.
func (d *dates) hours(name string) int {
	typed := kit.Line(d.r, name)
	if typed == "" {
		return 0
	}
	minutes, err := parseHours(typed)
	if err != nil {
		d.faults.Add(name, "path.not_hours", "value", typed)
	}
	return minutes
}

func parseHours(typed string) (int, error) {
	if whole, part, ok := strings.Cut(typed, ":"); ok {
		hours, err := strconv.ParseUint(whole, 10, 16)
		minutes, err2 := strconv.ParseUint(part, 10, 16)
		if err != nil || err2 != nil || minutes > 59 {
			return 0, fmt.Errorf("%q is no time", typed)
		}
		return int(hours*60 + minutes), nil
	}
	hours, err := strconv.ParseFloat(strings.Replace(typed, ",", ".", 1), 64)
	if err != nil || math.IsNaN(hours) || hours < 0 || hours > 10_000 {
		return 0, fmt.Errorf("%q is no time", typed)
	}
	return int(math.Round(hours * 60)), nil
}

// hoursText is a time as a form and a list show it; "" for none.
func hoursText(minutes int) string {
	switch {
	case minutes == 0:
		return ""
	case minutes%60 == 0:
		return strconv.Itoa(minutes / 60)
	}
	return fmt.Sprintf("%d:%02d", minutes/60, minutes%60)
}
