package typeset_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"waypost/web/trail/typeset"
)

const sides = 900.0

// anyFlags makes flags whose texts after their poles stay within the sides.
func anyFlags(t *rapid.T, most int) []typeset.Flag {
	flags := make([]typeset.Flag, rapid.IntRange(1, most).Draw(t, "flags"))
	for i := range flags {
		room := rapid.Float64Range(40, 200).Draw(t, "room")
		full := typeset.Block{}.Add(plain, "some words that are so many that they take more than one line", room, 4)
		f := &flags[i]
		f.Pole = rapid.Float64Range(0, sides-room-typeset.PoleGap).Draw(t, "pole")
		f.Forms = []typeset.Form{typeset.NewForm(full, 0), typeset.NewForm(full[:1], 50)}
		f.Spots = [][]float64{{f.Pole}}
		f.Choose(0)
	}
	return flags
}

func boxOf(f *typeset.Flag) typeset.Box {
	wide, high := f.Text().Size()
	left := f.Pole + typeset.PoleGap
	if f.Before {
		left = f.Pole - typeset.PoleGap - wide
	}
	return typeset.Box{Left: left, Top: f.Off, Right: left + wide, Bottom: f.Off + high}
}

// checkFlags checks that no text lies on another, outside the sides or on the pole
// of a flag that reaches farther.
func checkFlags(t *rapid.T, flags []typeset.Flag) {
	for i := range flags {
		a := boxOf(&flags[i])
		if a.Left < 0 || a.Right > sides || a.Top < 0 {
			t.Errorf("outside: %+v", a)
		}
		for j := range flags {
			f := &flags[j]
			if j < i && a.Overlaps(boxOf(f)) {
				t.Errorf("texts on each other: %+v and %+v", a, boxOf(f))
			}
			if j != i && f.Pole > a.Left && f.Pole < a.Right && f.Reach() > a.Bottom && a.Top < f.Off {
				t.Errorf("the pole at %g crosses %+v", f.Pole, a)
			}
		}
	}
}

func TestFit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		flags := anyFlags(t, 20)
		limit := rapid.Float64Range(30, 400).Draw(t, "limit")
		if reach, _, fits := typeset.Fit(flags, limit, 0, sides); fits {
			checkFlags(t, flags)
			for i := range flags {
				if flags[i].Reach() > reach || reach > limit {
					t.Errorf("a flag reaches %g, all %g of %g", flags[i].Reach(), reach, limit)
				}
			}
		}
	})
}

func TestHanger(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := typeset.NewHanger(0, sides)
		changes := anyFlags(t, 5)
		slices.SortFunc(changes, func(a, b typeset.Flag) int { return cmp.Compare(a.Pole, b.Pole) })
		placed := h.HangChanges(changes, changes)
		if len(placed) != len(changes) {
			t.Fatalf("%d of %d changes are placed", len(placed), len(changes))
		}
		notes := anyFlags(t, 8)
		checkFlags(t, append(placed, h.HangNotes(notes, 200)...))
	})
}
