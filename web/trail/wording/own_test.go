package wording_test

import (
	"testing"

	"waypost/internal/partdate"
	"waypost/web/trail/wording"
)

// english are the patterns of a private path in one language.
func english() wording.Words {
	w := wording.Words{
		Level: "{check_ins}: {mean}", Levels: "{check_ins}: {first}, then {last}",
		Around: "{from} to {to}", AroundMonth: "in {date}", MonthYear: "{month} {year}", Decimal: ",",
	}
	for i := range w.Months {
		w.Months[i] = string(rune('A' + i))
	}
	return w
}

func TestCheckIns(t *testing.T) {
	t.Parallel()
	w := english()
	for _, c := range []struct {
		levels []float64
		want   string
	}{
		{nil, "7"},
		{[]float64{3.25}, "7: 3,2"},
		{[]float64{4.1, 3, 2.55}, "7: 4,1, then 2,5"},
	} {
		if got := w.CheckIns(7, c.levels); got != c.want {
			t.Errorf("%v: %q, want %q", c.levels, got, c.want)
		}
	}
}

func TestAround(t *testing.T) {
	t.Parallel()
	w := english()
	for _, c := range []struct{ from, to, want string }{
		{"2016-03-04", "2016-03-30", "in C\u00a02016"},
		{"2016-03-04", "2016-04-01", "C to D\u00a02016"},
		{"2016-04-01", "2016-03-04", "C to D\u00a02016"},
		{"2015-12-20", "2016-01-02", "L\u00a02015 to A\u00a02016"},
	} {
		from, errFrom := partdate.Parse(c.from)
		to, errTo := partdate.Parse(c.to)
		if errFrom != nil || errTo != nil {
			t.Fatal(errFrom, errTo)
		}
		if got := w.AroundWhen(from.First(), to.First()); got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}
