package calendar

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"waypost/internal/partdate"
)

// rule says on which days something repeats (RFC 5545, 3.3.10). Rules that repeat within a
// day are not followed.
type rule struct {
	freq     string // DAILY, WEEKLY, MONTHLY, YEARLY
	interval int
	count    int // 0 for no end by count
	until    *moment

	months, monthDays, yearDays, weeks, positions []int

	days      []nthDay
	weekStart time.Weekday
	clock     [3]string // BYHOUR, BYMINUTE, BYSECOND
}

// onceADay reports a rule that gives no other time of day than that of the start.
func (r rule) onceADay(start moment) bool {
	seconds := int(start.clock / time.Second)
	for i, n := range []int{seconds / 3600, seconds / 60 % 60, seconds % 60} {
		if text := strings.TrimLeft(r.clock[i], "0"); !start.allDay && r.clock[i] != "" && text != strings.TrimLeft(strconv.Itoa(n), "0") {
			return false
		}
	}
	return true
}

// nthDay is a day of the week: each (n = 0), the nth or, below 0, the nth from the end.
type nthDay struct {
	n       int
	weekday time.Weekday
}

var weekdays = map[string]time.Weekday{"SU": 0, "MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6}

// ruleOf reads a rule; ok is false for one that cannot be read or is not followed.
func (z *zones) ruleOf(value, zone string) (r rule, ok bool) {
	r = rule{interval: 1, weekStart: time.Monday}
	for part := range strings.SplitSeq(strings.ToUpper(strings.TrimSpace(value)), ";") {
		name, value, _ := strings.Cut(part, "=")
		ok = true
		switch name {
		case "":
		case "FREQ":
			r.freq = value
			ok = slices.Contains([]string{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}, value)
		case "INTERVAL":
			r.interval, ok = number(value, 1, 100_000)
		case "COUNT":
			r.count, ok = number(value, 1, 1_000_000)
		case "UNTIL":
			var until moment
			until, ok = z.moment(value, zone)
			r.until = &until
		case "WKST":
			r.weekStart, ok = weekdays[value]
		case "BYDAY":
			r.days, ok = daysOf(value)
		case "BYMONTH":
			r.months, ok = numbers(value, 1, 12)
		case "BYMONTHDAY":
			r.monthDays, ok = numbers(value, -31, 31)
		case "BYYEARDAY":
			r.yearDays, ok = numbers(value, -366, 366)
		case "BYWEEKNO":
			r.weeks, ok = numbers(value, -53, 53)
		case "BYHOUR":
			r.clock[0] = value
		case "BYMINUTE":
			r.clock[1] = value
		case "BYSECOND":
			r.clock[2] = value
		case "BYSETPOS":
			r.positions, ok = numbers(value, -366, 366)
		default:
			ok = strings.HasPrefix(name, "X-")
		}
		if !ok {
			return r, false
		}
	}
	return r, r.freq != ""
}

func number(value string, low, high int) (int, bool) {
	n, err := strconv.Atoi(value)
	return n, err == nil && n >= low && n <= high
}

// numbers reads a list of numbers, none of which is 0.
func numbers(value string, low, high int) (all []int, ok bool) {
	for part := range strings.SplitSeq(value, ",") {
		n, ok := number(part, low, high)
		if !ok || n == 0 || len(all) > 400 {
			return nil, false
		}
		all = append(all, n)
	}
	return all, true
}

func daysOf(value string) (all []nthDay, ok bool) {
	for part := range strings.SplitSeq(value, ",") {
		if len(part) < 2 || len(all) > 400 {
			return nil, false
		}
		weekday, ok := weekdays[part[len(part)-2:]]
		d := nthDay{weekday: weekday}
		if n := part[:len(part)-2]; n != "" && ok {
			if d.n, ok = number(n, -53, 53); d.n == 0 {
				return nil, false
			}
		}
		if !ok {
			return nil, false
		}
		all = append(all, d)
	}
	return all, true
}

// civil is a day taken apart.
type civil struct {
	day     partdate.Days
	date    partdate.Date
	weekday time.Weekday
	yearDay int // from 1
	inMonth int // days of its month
	inYear  int
}

func civilOf(day partdate.Days) civil {
	date := day.Date()
	first := func(year, month int) partdate.Days {
		return partdate.DayOf(time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC))
	}
	newYear := first(date.Year(), 1)
	return civil{
		day: day, date: date, weekday: time.Weekday(((int(day)+4)%7 + 7) % 7), // day 0 was a Thursday
		yearDay: int(day-newYear) + 1, inYear: int(first(date.Year()+1, 1) - newYear),
		inMonth: int(first(date.Year(), date.Month()+1) - first(date.Year(), date.Month())),
	}
}

// matches reports whether something that began on a day repeats on another.
func (r rule) matches(start, c civil) bool {
	if len(r.months) > 0 && !slices.Contains(r.months, c.date.Month()) {
		return false
	}
	if len(r.monthDays) > 0 && !fromEnds(r.monthDays, c.date.Day(), c.inMonth) {
		return false
	}
	if len(r.yearDays) > 0 && !fromEnds(r.yearDays, c.yearDay, c.inYear) {
		return false
	}
	if len(r.weeks) > 0 {
		week, of := r.week(c)
		if !fromEnds(r.weeks, week, of) {
			return false
		}
	}
	if len(r.days) > 0 {
		return slices.ContainsFunc(r.days, func(d nthDay) bool { return r.falls(d, c) })
	}
	return r.asAtFirst(start, c)
}

// asAtFirst fills what a rule leaves open from the day on which it began.
func (r rule) asAtFirst(start, c civil) bool {
	switch {
	case len(r.weeks) > 0 || r.freq == "WEEKLY":
		return c.weekday == start.weekday
	case r.freq == "YEARLY" && len(r.monthDays) > 0 && len(r.months) == 0 && len(r.yearDays) == 0:
		return c.date.Month() == start.date.Month()
	case r.freq == "DAILY" || len(r.monthDays) > 0 || len(r.yearDays) > 0:
		return true
	case r.freq == "MONTHLY" || len(r.months) > 0:
		return c.date.Day() == start.date.Day()
	}
	return c.date.Day() == start.date.Day() && c.date.Month() == start.date.Month()
}

// fromEnds reports whether the nth of so many is listed, counted from either end.
func fromEnds(list []int, n, of int) bool {
	return slices.Contains(list, n) || slices.Contains(list, n-of-1)
}

// falls reports whether a day is one of those meant, counted in its month or its year.
func (r rule) falls(d nthDay, c civil) bool {
	if d.weekday != c.weekday {
		return false
	}
	n, of := c.date.Day(), c.inMonth
	if r.freq == "YEARLY" && len(r.months) == 0 {
		n, of = c.yearDay, c.inYear
	}
	switch {
	case d.n == 0 || r.freq == "WEEKLY" || r.freq == "DAILY":
		return true
	case d.n > 0:
		return (n-1)/7+1 == d.n
	}
	return (of-n)/7+1 == -d.n
}

// week is the number of a day's week and how many there are in that year: the first week
// has at least four days in it.
func (r rule) week(c civil) (week, of int) {
	middle := r.middle(c)
	last := (middle.inYear - middle.yearDay) / 7
	week = (middle.yearDay-1)/7 + 1
	return week, week + last
}

// middle is the fourth day of a day's week, which lies in the year that the week counts to.
func (r rule) middle(c civil) civil {
	into := (int(c.weekday-r.weekStart) + 7) % 7
	return civilOf(c.day - partdate.Days(into) + 3)
}

// period numbers the stretch of time a day lies in, of which every interval-th counts.
func (r rule) period(c civil) int {
	switch r.freq {
	case "DAILY":
		return int(c.day)
	case "WEEKLY":
		return floor(int(c.day)+4-int(r.weekStart), 7)
	case "MONTHLY":
		return c.date.Year()*12 + c.date.Month()
	}
	if len(r.weeks) > 0 {
		return r.middle(c).date.Year()
	}
	return c.date.Year()
}

func floor(n, by int) int {
	if n < 0 {
		return (n+1)/by - 1
	}
	return n / by
}

// repeats gives the moments at which something repeats that begins at start, up to the
// last day. The start is the first of them; where the rule does not say so it is not counted.
func (r rule) repeats(start moment, last partdate.Days) []moment {
	first := civilOf(start.day)
	all := []moment{start}
	counted := 0
	var set []partdate.Days // of one period
	current := r.period(first)
	take := func() (more bool) {
		for _, day := range r.positioned(set) {
			next := start.on(day)
			if r.until != nil && after(next, *r.until) || r.count > 0 && counted >= r.count {
				return false
			}
			if day >= start.day {
				counted++
			}
			if day > start.day && day <= last {
				all = append(all, next)
			}
		}
		set = set[:0]
		return true
	}
	begin := start.day
	if len(r.positions) > 0 { // a position is counted from the beginning of the period
		begin -= 366
	}
	for day := begin; day <= last+r.tail(); day++ {
		c := civilOf(day)
		if c.date.IsZero() {
			continue
		}
		period := r.period(c)
		if period != current {
			if !take() {
				return all
			}
			current = period
		}
		if floor(period-r.period(first), r.interval)*r.interval == period-r.period(first) && r.matches(first, c) {
			set = append(set, day)
		}
	}
	take()
	return all
}

// tail is how far beyond the last day a period may end, which a position counted from its
// end needs to see.
func (r rule) tail() partdate.Days {
	if len(r.positions) == 0 {
		return 0
	}
	return 366
}

// positioned are the days of a period that BYSETPOS chooses, in their order.
func (r rule) positioned(set []partdate.Days) []partdate.Days {
	if len(r.positions) == 0 {
		return set
	}
	var chosen []partdate.Days
	for i, day := range set {
		if fromEnds(r.positions, i+1, len(set)) {
			chosen = append(chosen, day)
		}
	}
	return chosen
}

// after reports whether a moment comes after the last that a rule allows.
func after(m, until moment) bool {
	if m.allDay || until.allDay {
		return m.day > until.day
	}
	return m.at().After(until.at())
}
