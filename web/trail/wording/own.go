package wording

import "waypost/internal/partdate"

// CheckIns says how many check-ins there are and where their levels lie, the first and
// the last.
func (w Words) CheckIns(n int, levels []float64) string {
	said := w.Number("trail.check_ins", n)
	switch len(levels) {
	case 0:
		return said
	case 1:
		return Fill(w.Level, "check_ins", said, "mean", w.decimal(levels[0]))
	}
	return Fill(w.Levels, "check_ins", said, "first", w.decimal(levels[0]), "last", w.decimal(levels[len(levels)-1]))
}

// FoundWord names a change that the numbers show.
func (w Words) FoundWord(detected bool) string {
	if detected {
		return w.Detected
	}
	return w.Possible
}

// AroundWhen says when a change was that nobody has confirmed.
func (w Words) AroundWhen(from, to partdate.Days) string {
	early, late := MonthOf(min(from, to)), MonthOf(max(from, to))
	if early == late {
		return Fill(w.AroundMonth, "date", Tight(w.LongDate(late)))
	}
	first := Tight(w.LongDate(early))
	if early.Year() == late.Year() && early.Month() != 0 {
		first = w.Months[early.Month()-1]
	}
	return Fill(w.Around, "from", first, "to", Tight(w.LongDate(late)))
}

// MonthOf is the month of a day.
func MonthOf(day partdate.Days) partdate.Date {
	d := day.Date()
	month, err := partdate.Of(d.Year(), d.Month(), 0)
	if err != nil {
		return d
	}
	return month
}
