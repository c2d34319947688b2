package partdate

import "time"

const secondsPerDay = 24 * 60 * 60

// Days counts civil days from 1 January 1970, which is 0, in the Gregorian
// calendar and in no time zone.
type Days int

// DayOf returns the civil day shown by t in its own location.
func DayOf(t time.Time) Days {
	year, month, day := t.Date()
	return dayNumber(year, int(month), day)
}

// Date returns n as a date known to the day. Days outside the years 1 to 9999
// give the zero date.
func (n Days) Date() Date {
	year, month, day := time.Unix(int64(n)*secondsPerDay, 0).UTC().Date()
	d, err := Of(year, int(month), day)
	if err != nil {
		return Date{}
	}
	return d
}

func dayNumber(year, month, day int) Days {
	return Days(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}
