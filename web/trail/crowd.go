package trail

import (
	"cmp"
	"slices"
)

// crowd keeps as many labels as find room, in short forms: it tries several
// orders and keeps the one that tells most.
func crowd(flags []flag, limit, start, end float64) (kept []flag, high float64) {
	orders := []func(a, b flag) int{
		func(a, b flag) int { return -cmp.Compare(a.priority, b.priority) },
		func(a, b flag) int { return -cmp.Compare(a.pole, b.pole) },
		func(a, b flag) int { return cmp.Compare(a.pole, b.pole) },
	}
	best := 0.0
	for _, order := range orders {
		for forms := 1; forms <= 2; forms++ {
			placed, told, reach := crowdInOrder(flags, order, forms, newHanger(start, end), limit)
			if kept == nil || told > best {
				kept, best, high = placed, told, reach
			}
		}
	}
	return kept, high
}

func crowdInOrder(flags []flag, order func(a, b flag) int, forms int, h *hanger, limit float64) (placed []flag, told, reach float64) {
	flags = slices.Clone(flags)
	slices.SortStableFunc(flags, order)
	for _, f := range flags {
		f.forms = f.forms[len(f.forms)-forms:]
		f.spots = [][]float64{{f.pole}}
		if best, ok := h.nearest(f, limit); ok {
			h.keep(best)
			placed = append(placed, best)
			told += 1 + float64(0.3*float64(len(best.text())-1))
			reach = max(reach, best.reach())
		}
	}
	return placed, told, reach
}
