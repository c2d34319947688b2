// Package typed reads what members type into the forms of their path: dates, numbers,
// times and amounts as people write them, and the answers to the statements of a check-in.
package typed

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/web/desk/trailform"
	"waypost/web/kit"
)

// Fields reads the fields of a form as people write them; what cannot be read is a fault.
type Fields struct {
	R      *http.Request
	Faults problem.Fields
}

// Date reads a date, none where the field is empty.
func (f *Fields) Date(name string) partdate.Date {
	text := kit.Line(f.R, name)
	if text == "" {
		return partdate.Date{}
	}
	date, err := trailform.Date(text)
	if err != nil {
		f.Faults.Add(name, "path.not_a_date", "value", text)
	}
	return date
}

// Number reads a whole number of a field, 0 where it is empty.
func (f *Fields) Number(name string) int {
	text := kit.Line(f.R, name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(text, "%")))
	if err != nil {
		f.Faults.Add(name, "path.not_a_number", "value", text)
	}
	return n
}

// Text is a field of several lines, trimmed.
func Text(r *http.Request, name string) string { return strings.TrimSpace(kit.Block(r, name)) }

// Amount reads an amount with at most two decimals as minor units.
func (f *Fields) Amount(name string) int64 {
	typed := kit.Line(f.R, name)
	if typed == "" {
		return 0
	}
	amount, err := parseAmount(typed)
	if err != nil {
		f.Faults.Add(name, "path.not_a_number", "value", typed)
	}
	return amount
}

// parseAmount reads 2800, 2800.50, 2,800.50 and 2.800,50: the last sign that is followed
// by one or two digits parts whole from hundredths.
func parseAmount(typed string) (int64, error) {
	plain := strings.NewReplacer(" ", "", "'", "", "\u00a0", "", "\u202f", "", "’", "").Replace(typed)
	whole, part := plain, ""
	if i := strings.LastIndexAny(plain, ".,"); i >= 0 && len(plain)-i-1 <= 2 {
		whole, part = plain[:i], plain[i+1:]
	}
	whole = strings.NewReplacer(",", "", ".", "").Replace(whole)
	major, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || strings.HasSuffix(plain, ".") || strings.HasSuffix(plain, ",") || major > math.MaxInt64/1000 || major < math.MinInt64/1000 {
		return 0, fmt.Errorf("%q is no amount", typed)
	}
	minor, err := strconv.ParseUint((part + "00")[:2], 10, 8)
	if err != nil {
		return 0, fmt.Errorf("%q is no amount", typed)
	}
	if strings.HasPrefix(plain, "-") {
		return major*100 - int64(minor), nil
	}
	return major*100 + int64(minor), nil
}

// AmountText writes minor units as a form holds them.
func AmountText(minor int64) string {
	sign := ""
	if minor < 0 {
		sign, minor = "-", -minor
	}
	if minor%100 == 0 {
		return sign + strconv.FormatInt(minor/100, 10)
	}
	return fmt.Sprintf("%s%d.%02d", sign, minor/100, minor%100)
}

// Hours reads a time as people write it: 2, 1.5, 1,5 or 1:30.
func (f *Fields) Hours(name string) int {
	typed := kit.Line(f.R, name)
	if typed == "" {
		return 0
	}
	minutes, err := parseHours(typed)
	if err != nil {
		f.Faults.Add(name, "path.not_hours", "value", typed)
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

// HoursText is a time as a form and a list show it; "" for none.
func HoursText(minutes int) string {
	switch {
	case minutes == 0:
		return ""
	case minutes%60 == 0:
		return strconv.Itoa(minutes / 60)
	}
	return fmt.Sprintf("%d:%02d", minutes/60, minutes%60)
}
