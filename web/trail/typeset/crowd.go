package typeset

import (
	"cmp"
	"slices"
)

// Crowd keeps as many flags as find room within a limit and between two sides, in
// the last two of their forms, and returns how far they reach. It tries several
// orders and keeps the one that tells most. What it leaves out has to be told
// elsewhere.
func Crowd(flags []Flag, limit, start, end float64) (kept []Flag, high float64) {
	orders := []func(a, b Flag) int{
		func(a, b Flag) int { return -cmp.Compare(a.Priority, b.Priority) },
		func(a, b Flag) int { return -cmp.Compare(a.Pole, b.Pole) },
		func(a, b Flag) int { return cmp.Compare(a.Pole, b.Pole) },
	}
	best := 0.0
	for _, order := range orders {
		for forms := 1; forms <= 2; forms++ {
			placed, told, reach := crowdInOrder(flags, order, forms, NewHanger(start, end), limit)
			if kept == nil || told > best {
				kept, best, high = placed, told, reach
			}
		}
	}
	return kept, high
}

func crowdInOrder(flags []Flag, order func(a, b Flag) int, forms int, h *Hanger, limit float64) (placed []Flag, told, reach float64) {
	flags = slices.Clone(flags)
	slices.SortStableFunc(flags, order)
	for _, f := range flags {
		f.Forms = f.Forms[len(f.Forms)-forms:]
		f.Spots = [][]float64{{f.Pole}}
		if best, ok := h.nearest(f, limit); ok {
			h.keep(best)
			placed = append(placed, best)
			told += 1 + float64(0.3*float64(len(best.Text())-1))
			reach = max(reach, best.Reach())
		}
	}
	return placed, told, reach
}
