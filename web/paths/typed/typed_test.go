package typed

import (
	"net/http"
	"net/url"
	"testing"
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
	for text, want := range map[string]int64{"2800": 280_000, "2800.5": 280_050, "2,800.50": 280_050, "2.800,50": 280_050, "2.800": 280_000, "1'200": 120_000, "-3.05": -305, "-0.50": -50, "0": 0} {
		if got, err := parseAmount(text); err != nil || got != want {
			t.Errorf("%q is %d, want %d: %v", text, got, want, err)
		}
	}
	for _, text := range []string{"much", "", "-", "1.x", "12345678901234567890", "1.2.", "."} {
		if got, err := parseAmount(text); err == nil {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}

// TestAmountsComeBack: what a form shows is read as what it was made of.
func TestAmountsComeBack(t *testing.T) {
	t.Parallel()
	for _, minor := range []int64{0, 5, 50, 99, 100, 280_050, -5, -50, -305, 1_000_000_000_000} {
		if got, err := parseAmount(AmountText(minor)); err != nil || got != minor {
			t.Errorf("%d is shown as %q and read as %d: %v", minor, AmountText(minor), got, err)
		}
	}
}

func FuzzFields(f *testing.F) {
	for _, seed := range []string{"2", "1:30", "2.800,50", "-0.5", "2016-05", "May 2016", "٣", "1e309", "9223372036854775807", "0x10"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := &http.Request{PostForm: url.Values{"x": {text}}}
		read := Fields{R: r}
		hours, amount := read.Hours("x"), read.Amount("x")
		_, _ = read.Number("x"), read.Date("x")
		if hours < 0 {
			t.Errorf("%q is %d minutes", text, hours)
		}
		if got, err := parseAmount(AmountText(amount)); err != nil || got != amount {
			t.Errorf("%q is read as %d, shown as %q and then %d", text, amount, AmountText(amount), got)
		}
	})
}
