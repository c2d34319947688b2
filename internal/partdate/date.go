package partdate

import (
	"cmp"
	"fmt"
	"time"
)

// Precision says how much of a date is known, from nothing to the day.
type Precision int

// The precisions, in rising order.
const (
	None Precision = iota
	Year
	Month
	Day
)

// Date is a year, a month of a year or a day. The zero value is no date at
// all. Dates are comparable with ==.
type Date struct {
	year, month, day int
}

// Of makes the date of the given parts; month and day may be 0 for "not
// known". It refuses what Parse would refuse.
func Of(year, month, day int) (Date, error) {
	d := Date{year, month, day}
	if year < 1 || year > 9999 || month < 0 || month > 12 || day < 0 || (month == 0 && day != 0) {
		return Date{}, fmt.Errorf("date %04d-%02d-%02d does not exist", year, month, day)
	}
	if day > daysIn(year, month) {
		return Date{}, fmt.Errorf("date %04d-%02d-%02d does not exist", year, month, day)
	}
	return d, nil
}

// IsZero reports whether d is no date at all.
func (d Date) IsZero() bool { return d == Date{} }

// Year returns the year, 1 to 9999, or 0 for the zero date.
func (d Date) Year() int { return d.year }

// Month returns the month, 1 to 12, or 0 when it is not known.
func (d Date) Month() int { return d.month }

// Day returns the day of the month, or 0 when it is not known.
func (d Date) Day() int { return d.day }

// Precision returns how much of d is known.
func (d Date) Precision() Precision {
	switch {
	case d.day != 0:
		return Day
	case d.month != 0:
		return Month
	case d.year != 0:
		return Year
	}
	return None
}

// Compare orders dates by their first day and, where that is equal, the
// coarser one first: 2016, 2016-01, 2016-01-01, 2016-02. The zero date comes
// before all others.
func (d Date) Compare(e Date) int {
	return cmp.Or(
		cmp.Compare(d.year, e.year),
		cmp.Compare(d.month, e.month),
		cmp.Compare(d.day, e.day),
	)
}

// First returns the first day d may stand for. The zero date has none; 0 is
// returned for it.
func (d Date) First() Days {
	if d.IsZero() {
		return 0
	}
	return dayNumber(d.year, max(d.month, 1), max(d.day, 1))
}

// Last returns the last day d may stand for. The zero date has none; 0 is
// returned for it.
func (d Date) Last() Days {
	switch d.Precision() {
	case Year:
		return dayNumber(d.year, 12, 31)
	case Month:
		return dayNumber(d.year, d.month, daysIn(d.year, d.month))
	}
	return d.First()
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
