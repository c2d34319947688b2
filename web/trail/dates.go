package trail

import (
	"strconv"
	"strings"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail/typeset"
)

// date says a partial date in as few words as it has parts.
func (w Words) date(d partdate.Date) string {
	year := strconv.Itoa(d.Year())
	switch d.Precision() {
	case partdate.Day:
		return fill(w.DayPattern, "day", strconv.Itoa(d.Day()), "month", w.MonthsShort[d.Month()-1], "year", year)
	case partdate.Month:
		return fill(w.MonthYear, "month", w.MonthsShort[d.Month()-1], "year", year)
	case partdate.Year:
		return year
	}
	return ""
}

// longDate is date with the month written out.
func (w Words) longDate(d partdate.Date) string {
	if d.Precision() != partdate.Month {
		return w.date(d)
	}
	return fill(w.MonthYear, "month", w.Months[d.Month()-1], "year", strconv.Itoa(d.Year()))
}

// dates says from when to when a step lasted.
func (w Words) dates(s trails.Step) string {
	switch {
	case s.Open():
		return fill(w.Since, "from", w.date(s.Start))
	case s.Start == s.End:
		return w.date(s.Start)
	}
	return fill(w.Range, "from", w.fromWithin(s.Start, s.End), "to", w.date(s.End))
}

// fromWithin leaves out the year where the end, as precise, says it too.
func (w Words) fromWithin(from, to partdate.Date) string {
	if from.Year() == to.Year() && from.Precision() == to.Precision() {
		switch from.Precision() {
		case partdate.Month:
			return w.MonthsShort[from.Month()-1]
		case partdate.Day:
			return w.dayMonth(from)
		}
	}
	return w.date(from)
}

func (w Words) dayMonth(d partdate.Date) string {
	return fill(w.DayMonth, "day", strconv.Itoa(d.Day()), "month", w.MonthsShort[d.Month()-1])
}

// duration says how long a closed step lasted, as coarsely as its dates are
// known; it is empty where they say too little.
func (w Words) duration(s trails.Step) string {
	if s.Open() || s.Start.Precision() == partdate.Year || s.End.Precision() == partdate.Year {
		return ""
	}
	days := int(s.End.Last()-s.Start.First()) + 1
	exact := s.Start.Precision() == partdate.Day && s.End.Precision() == partdate.Day
	switch {
	case exact && days < 14:
		return w.count("trail.days", days)
	case exact && days < 60:
		return w.count("trail.weeks", (days+3)/7)
	}
	months := 12*(s.End.Year()-s.Start.Year()) + s.End.Month() - s.Start.Month()
	if exact && s.End.Day() < s.Start.Day() {
		months--
	}
	if !exact {
		months++
	}
	if months < 24 {
		return w.count("trail.months", max(months, 1))
	}
	return w.count("trail.years", (months+6)/12)
}

func (w Words) organization(o trails.Organization) string {
	if o.Shown == trails.Hidden {
		return w.HiddenOrg
	}
	return o.Text
}

// eyebrow is the line over a step's title: its kind, and whether it was a detour.
func (w Words) eyebrow(s trails.Step) string {
	kind := w.Kinds[s.Kind]
	if s.Detour {
		return kind + " · " + w.Detour
	}
	return kind
}

// tight keeps a date on one line.
func tight(date string) string {
	return strings.ReplaceAll(date, " ", string(typeset.NoBreak))
}

// tightDates is dates for the drawing: a line breaks only between the two.
func (w Words) tightDates(s trails.Step) string {
	if s.Open() || s.Start == s.End {
		return tight(w.dates(s))
	}
	const between = "\x00" // in no date
	from, to := w.fromWithin(s.Start, s.End), w.date(s.End)
	before, after, _ := strings.Cut(fill(w.Range, "from", "", "to", between), between)
	return tight(from+strings.TrimRight(before, " ")) + " " + tight(to+after)
}

// told is what stands on the signpost: the month in which the story was published,
// to which steps run that were still going on.
func (w Words) told(asOf partdate.Days) string {
	d := asOf.Date()
	month, err := partdate.Of(d.Year(), d.Month(), 0)
	if err != nil {
		month = d
	}
	return fill(w.Told, "date", w.date(month))
}

// moreNotes says how many notes are only in the list; nothing if none is.
func (w Words) moreNotes(n int, room float64) typeset.Block {
	if n <= 0 {
		return nil
	}
	return typeset.Block{}.Add(faceGoal, w.count("trail.more_notes", n), room, 2)
}
