package db

import "time"

// OrNull is a text as a column keeps it that may have none: NULL for "".
func OrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// TimeOrNull is a moment in Unix milliseconds; NULL for the zero time.
func TimeOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}
