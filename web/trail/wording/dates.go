package wording

import (
	"strconv"
	"strings"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail/typeset"
)

// Date says a partial date in as few words as it has parts.
func (w Words) Date(d partdate.Date) string {
	year := strconv.Itoa(d.Year())
	switch d.Precision() {
	case partdate.Day:
		return Fill(w.DayPattern, "day", strconv.Itoa(d.Day()), "month", w.MonthsShort[d.Month()-1], "year", year)
	case partdate.Month:
		return Fill(w.MonthYear, "month", w.MonthsShort[d.Month()-1], "year", year)
	case partdate.Year:
		return year
	}
	return ""
}

// LongDate is date with the month written out.
func (w Words) LongDate(d partdate.Date) string {
	if d.Precision() != partdate.Month {
		return w.Date(d)
	}
	return Fill(w.MonthYear, "month", w.Months[d.Month()-1], "year", strconv.Itoa(d.Year()))
}

// Dates says from when to when a step lasted.
func (w Words) Dates(s trails.Step) string {
	switch {
	case s.Open():
		return Fill(w.Since, "from", w.Date(s.Start))
	case s.Start == s.End:
		return w.Date(s.Start)
	}
	return Fill(w.Range, "from", w.fromWithin(s.Start, s.End), "to", w.Date(s.End))
}

// fromWithin leaves out the year where the end, as precise, says it too.
func (w Words) fromWithin(from, to partdate.Date) string {
	if from.Year() == to.Year() && from.Precision() == to.Precision() {
		switch from.Precision() {
		case partdate.Month:
			return w.MonthsShort[from.Month()-1]
		case partdate.Day:
			return w.DayMonth(from)
		}
	}
	return w.Date(from)
}

// DayMonth says a day without its year.
func (w Words) DayMonth(d partdate.Date) string {
	return Fill(w.DayInMonth, "day", strconv.Itoa(d.Day()), "month", w.MonthsShort[d.Month()-1])
}

// Duration says how long a closed step lasted, as coarsely as its dates are
// known; it is empty where they say too little.
func (w Words) Duration(s trails.Step) string {
	if s.Open() || s.Start.Precision() == partdate.Year || s.End.Precision() == partdate.Year {
		return ""
	}
	days := int(s.End.Last()-s.Start.First()) + 1
	exact := s.Start.Precision() == partdate.Day && s.End.Precision() == partdate.Day
	switch {
	case exact && days < 14:
		return w.Number("trail.days", days)
	case exact && days < 60:
		return w.Number("trail.weeks", (days+3)/7)
	}
	months := 12*(s.End.Year()-s.Start.Year()) + s.End.Month() - s.Start.Month()
	if exact && s.End.Day() < s.Start.Day() {
		months--
	}
	if !exact {
		months++
	}
	if months < 24 {
		return w.Number("trail.months", max(months, 1))
	}
	return w.Number("trail.years", (months+6)/12)
}

// Organization says where a step took place, as far as it is told.
func (w Words) Organization(o trails.Organization) string {
	if o.Shown == trails.Hidden {
		return w.HiddenOrg
	}
	return o.Text
}

// Eyebrow is the line over a step's title: its kind, and whether it was a detour.
func (w Words) Eyebrow(s trails.Step) string {
	kind := w.Kinds[s.Kind]
	if s.Detour {
		return kind + " · " + w.Detour
	}
	return kind
}

// Tight keeps a date on one line.
func Tight(date string) string {
	return strings.ReplaceAll(date, " ", string(typeset.NoBreak))
}

// TightDates is dates for the drawing: a line breaks only between the two.
func (w Words) TightDates(s trails.Step) string {
	if s.Open() || s.Start == s.End {
		return Tight(w.Dates(s))
	}
	const between = "\x00" // in no date
	from, to := w.fromWithin(s.Start, s.End), w.Date(s.End)
	before, after, _ := strings.Cut(Fill(w.Range, "from", "", "to", between), between)
	return Tight(from+strings.TrimRight(before, " ")) + " " + Tight(to+after)
}

// ToldWhen is what stands on the signpost: the month in which the story was published,
// to which steps run that were still going on.
func (w Words) ToldWhen(asOf partdate.Days) string {
	return Fill(w.Told, "date", w.Date(MonthOf(asOf)))
}
