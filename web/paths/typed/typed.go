// Package typed reads what members type into the forms of their path: dates, numbers,
// times and amounts as people write them, and the answers to the statements of a check-in.
package typed

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"waypost/internal/currency"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/web/desk/trailform"
	"waypost/web/kit"
)

// Fields reads the fields of a form as people write them; what cannot be read is a fault.
type Fields struct {
	R      *http.Request
	Faults problem.Fields
	Codes  []string // currencies that are kept already: they may stay, known or not
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

// Currency reads a currency, "" where the field is empty.
func (f *Fields) Currency(name string) string {
	typed := kit.Line(f.R, name)
	if upper := strings.ToUpper(typed); upper != "" && slices.Contains(f.Codes, upper) {
		return upper
	}
	code, choice := currency.Read(typed)
	switch {
	case choice != "":
		f.Faults.Add(name, "path.currency_which", "value", typed, "such", choice)
	case code == "" && typed != "":
		f.Faults.Add(name, "path.currency_unknown", "value", typed)
	}
	return code
}

// Amount reads an amount of a currency in its smallest unit.
func (f *Fields) Amount(name, code string) int64 {
	typed := kit.Line(f.R, name)
	if typed == "" {
		return 0
	}
	amount, err := parseAmount(typed, code)
	switch {
	case errors.Is(err, errUnclear):
		f.Faults.Add(name, "path.amount_unclear", "value", typed)
	case errors.Is(err, errTooFine):
		f.Faults.Add(name, "path.amount_fine", "value", typed, "currency", code)
	case err != nil:
		f.Faults.Add(name, "path.not_a_number", "value", typed)
	}
	return amount
}

var (
	errNoAmount = errors.New("no amount")
	errUnclear  = errors.New("the sign may part thousands or thousandths")
	errTooFine  = errors.New("more decimals than the currency has")
)

// parseAmount reads 2800, 2800.50, 2,800.50 and 2.800,50: the last sign that is followed by
// one or two digits parts the whole from the rest. Three digits are thousands, and only
// of a currency that has so many decimals they are the rest, after a point or where
// another sign is before.
func parseAmount(typed, code string) (int64, error) {
	plain := strings.NewReplacer(" ", "", "'", "", "\u00a0", "", "\u202f", "", "’", "").Replace(typed)
	digits, whole, part := currency.Digits(code), plain, ""
	if i := strings.LastIndexAny(plain, ".,"); i >= 0 {
		tail, before := plain[i+1:], plain[:i]
		alone, again := !strings.ContainsAny(before, ".,"), strings.ContainsRune(before, rune(plain[i]))
		switch {
		case len(tail) <= 2, len(tail) == digits && len(tail) > 3, len(tail) == 3 && digits >= 3 && !again && (plain[i] == '.' || !alone):
			whole, part = before, tail
		case len(tail) == 3 && digits >= 3 && alone:
			return 0, errUnclear
		}
		if tail == "" {
			return 0, errNoAmount
		}
	}
	whole = strings.NewReplacer(",", "", ".", "").Replace(whole)
	unit := currency.Unit(code)
	major, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || major > math.MaxInt64/unit/10 || major < math.MinInt64/unit/10 {
		return 0, errNoAmount
	}
	if strings.Trim(part, "0123456789") != "" {
		return 0, errNoAmount
	}
	if fine := strings.TrimRight(part, "0"); len(fine) > digits {
		return 0, errTooFine
	}
	minor := int64(0)
	if digits > 0 {
		minor, err = strconv.ParseInt((part + strings.Repeat("0", digits))[:digits], 10, 64)
	}
	if err != nil {
		return 0, errNoAmount
	}
	if strings.HasPrefix(plain, "-") {
		minor = -minor
	}
	return major*unit + minor, nil
}

// AmountText writes an amount as a form holds it.
func AmountText(minor int64, code string) string {
	whole, rest := currency.Split(minor, code)
	text := strconv.FormatInt(whole, 10)
	if rest == "" {
		return text
	}
	if minor < 0 && whole == 0 {
		text = "-0"
	}
	return text + "." + rest
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
