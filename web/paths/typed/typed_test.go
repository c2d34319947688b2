package typed

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"waypost/internal/problem"
)

func TestHours(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"2": 120, "1.5": 90, "1,5": 90, "1:30": 90, "0:05": 5, "0.1": 6, "10000": 600_000} {
		if got, err := parseHours(text); err != nil || got != want {
			t.Errorf("%q is %d minutes, want %d: %v", text, got, want, err)
		}
	}
	for _, text := range []string{"x", "-1", "1:60", "1:", ":30", "1:-3", "NaN", "Inf", "1e9", "99999:00"} {
		if got, err := parseHours(text); err == nil {
			t.Errorf("%q was read as %d minutes", text, got)
		}
	}
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	for code, all := range map[string]map[string]int64{
		"EUR": {"2800": 280_000, "2800.5": 280_050, "2,800.50": 280_050, "2.800,50": 280_050, "2.800": 280_000, "1'200": 120_000, "-3.05": -305, "-0.50": -50, "0": 0, "1.234.567": 123_456_700},
		"":    {"2800.5": 280_050},
		"JPY": {"250000": 250_000, "250,000": 250_000, "250.000": 250_000, "250000.00": 250_000, "-1": -1, "1,250,000": 1_250_000, "1,250,000.0": 1_250_000},
		"KWD": {"1": 1000, "1.5": 1500, "1,25": 1250, "1.250": 1250, "0.005": 5, "-0.005": -5, "1,200.500": 1_200_500, "1.200,500": 1_200_500, "1,200,500": 1_200_500_000, "1.200.500": 1_200_500_000},
		"CLF": {"1.2345": 12_345, "1,5": 15_000, "1.250": 12_500},
	} {
		for text, want := range all {
			if got, err := parseAmount(text, code); err != nil || got != want {
				t.Errorf("%q of %s is %d, want %d: %v", text, code, got, want, err)
			}
		}
	}
	for text, want := range map[string]string{"much EUR": "path.not_a_number", "- EUR": "path.not_a_number", "1.x EUR": "path.not_a_number", "12345678901234567890 EUR": "path.not_a_number",
		"1.2. EUR": "path.not_a_number", ". EUR": "path.not_a_number", "1.+5 EUR": "path.not_a_number", "1.5 JPY": "path.amount_fine", "1200.05 KRW": "path.amount_fine", "1,250 KWD": "path.amount_unclear", "92233720368547758 KWD": "path.not_a_number"} {
		typed, code, _ := strings.Cut(text, " ")
		read := Fields{R: &http.Request{PostForm: url.Values{"x": {typed}}}}
		got := read.Amount("x", code)
		var said *problem.Problem
		if !errors.As(read.Faults.Err(), &said) || said.Fields[0].Message.Key != want {
			t.Errorf("%q of %s was read as %d: %v, want %s", typed, code, got, read.Faults.Err(), want)
		}
	}
}

// TestAmountsComeBack: what a form shows is read as what it was made of.
func TestAmountsComeBack(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"EUR", "JPY", "KWD", "CLF", ""} {
		for _, minor := range []int64{0, 5, 50, 99, 100, 999, 1000, 1500, 280_050, 1_200_500, -5, -50, -305, 1_000_000_000_000} {
			if got, err := parseAmount(AmountText(minor, code), code); err != nil || got != minor {
				t.Errorf("%d of %s is shown as %q and read as %d: %v", minor, code, AmountText(minor, code), got, err)
			}
		}
	}
}

func FuzzFields(f *testing.F) {
	for _, seed := range []string{"2", "1:30", "2.800,50", "-0.5", "2016-05", "May 2016", "٣", "1e309", "9223372036854775807", "0x10"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, code := range []string{"", "JPY", "KWD", "UYW"} {
			if amount, err := parseAmount(text, code); err == nil {
				if got, err := parseAmount(AmountText(amount, code), code); err != nil || got != amount {
					t.Errorf("%q of %s is read as %d, shown as %q and then %d", text, code, amount, AmountText(amount, code), got)
				}
			}
		}
		r := &http.Request{PostForm: url.Values{"x": {text}}}
		read := Fields{R: r}
		hours, amount := read.Hours("x"), read.Amount("x", "EUR")
		_, _ = read.Number("x"), read.Date("x")
		if hours < 0 {
			t.Errorf("%q is %d minutes", text, hours)
		}
		if got, err := parseAmount(AmountText(amount, "EUR"), "EUR"); err != nil || got != amount {
			t.Errorf("%q is read as %d, shown as %q and then %d", text, amount, AmountText(amount, "EUR"), got)
		}
	})
}
