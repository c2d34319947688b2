package replies_test

import (
	"testing"

	"waypost/spam/labels"
	"waypost/web/desk/replies"
)

// TestBarsOfMonths: every part of a month is seen, however small, and none leaves the
// picture.
func TestBarsOfMonths(t *testing.T) {
	t.Parallel()
	view := replies.NewFilterView([]labels.Month{
		{Month: "2026-11", Decided: 5_000, Right: 4_998, Asked: 1, WrongSpam: 1},
		{Month: "2026-10", Decided: 1, Right: 1},
		{Month: "2026-09", Decided: 3, Asked: 1, WrongShown: 2},
	})
	for i, want := range []int{3, 1, 2} {
		m := view.Months[i]
		if len(m.Bars) != want {
			t.Errorf("%s has %d parts", m.Month.Month, len(m.Bars))
		}
		foot := 120
		for _, b := range m.Bars {
			if b.Height < 4 || b.Y < 0 || b.Y+b.Height != foot || m.X != 30*(2-i) {
				t.Errorf("%s: a part is %+v, on %d", m.Month.Month, b, foot)
			}
			foot = b.Y
		}
	}
	if empty := replies.NewFilterView(nil); empty.Width() != 0 || len(empty.Months) != 0 {
		t.Errorf("of no months: %+v", empty)
	}
}
