package currency_test

import (
	"fmt"
	"testing"

	"waypost/internal/currency"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		minor int64
		code  string
		want  string
	}{
		{280_050, "EUR", "2800 50"}, {280_000, "EUR", "2800 "}, {5, "USD", "0 05"}, {-305, "", "-3 05"}, {2800, "JPY", "2800 "}, {1, "KRW", "1 "},
		{250_500, "KWD", "250 500"}, {7, "TND", "0 007"}, {12_345, "CLF", "1 2345"}, {-12_345, "BHD", "-12 345"},
		{2800, "BYR", "2800 "}, {2800, "TRL", "2800 "}, {280_050, "ANG", "2800 50"}, {280_050, "STD", "2800 50"},
	} {
		whole, rest := currency.Split(c.minor, c.code)
		if got := fmt.Sprint(whole, " ", rest); got != c.want {
			t.Errorf("%d of %q is %q, want %q", c.minor, c.code, got, c.want)
		}
	}
}

func TestValid(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{"EUR": true, "JPY": true, "": false, "eur": false, "EURO": false, "E1R": false, "ÉU": false} {
		if currency.Valid(code) != want {
			t.Errorf("%q is valid: %v", code, !want)
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"EUR": "EUR", " jpy ": "JPY", "yen": "JPY", "€": "EUR", "Euro": "EUR", "sFr.": "CHF", "dem": "DEM", "US$": "USD",
		"$": "one of USD, CAD, AUD", "¥": "one of JPY, CNY", "Pounds": "one of GBP, EGP", "YEN ": "JPY", "XYZ": "", "": "", "money": "", "bhd": "BHD",
		"ang": "ANG", "SLL": "SLL", "ZWL": "ZWL", "VEF": "VEF", "CUC": "CUC", "HRK": "HRK", "MRO": "MRO", "STD": "STD", "BYR": "BYR",
	} {
		got, choice := currency.Read(typed)
		if choice != "" {
			got += "one of " + choice
		}
		if got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}
