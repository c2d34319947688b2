package partdate

import (
	"errors"
	"fmt"
)

var errForm = errors.New("a date is written YYYY, YYYY-MM or YYYY-MM-DD")

// Parse reads YYYY, YYYY-MM or YYYY-MM-DD (EDTF level 0, ISO 8601 extended
// form), years 0001 to 9999, ASCII digits only. A day that the Gregorian
// calendar does not have is refused, as is the empty text.
func Parse(s string) (Date, error) {
	var parts [3]int
	switch len(s) {
	case len("2006"), len("2006-01"), len("2006-01-02"):
	default:
		return Date{}, fmt.Errorf("read date %.16q: %w", s, errForm)
	}
	for i, layout := range []struct{ from, to int }{{0, 4}, {5, 7}, {8, 10}} {
		if layout.to > len(s) {
			break
		}
		if layout.from > 0 && s[layout.from-1] != '-' {
			return Date{}, fmt.Errorf("read date %q: %w", s, errForm)
		}
		n, ok := digits(s[layout.from:layout.to])
		if !ok || n == 0 {
			return Date{}, fmt.Errorf("read date %q: %w", s, errForm)
		}
		parts[i] = n
	}
	d, err := Of(parts[0], parts[1], parts[2])
	if err != nil {
		return Date{}, fmt.Errorf("read date %q: %w", s, err)
	}
	return d, nil
}

func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// String writes d as Parse reads it; the zero date is the empty text.
func (d Date) String() string {
	switch d.Precision() {
	case Year:
		return fmt.Sprintf("%04d", d.year)
	case Month:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	case Day:
		return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
	}
	return ""
}

// MarshalText writes d as String does. In JSON it is a string; give the field
// the option omitzero to leave the zero date out.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what Parse reads, and the empty text as the zero date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	read, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = read
	return nil
}
