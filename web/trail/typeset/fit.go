package typeset

import (
	"cmp"
	"slices"
)

// Fit brings flags within a limit, choosing how much each says and on which side
// of its pole, between the sides start and end, and sorts them by their poles. It
// returns how far the farthest reaches, and whether that is within the limit. Of
// many flags it tries fewer choices: it only shortens.
func Fit(flags []Flag, limit, start, end float64) (reach float64, fits bool) {
	const searchAtMost = 14
	slices.SortStableFunc(flags, func(a, b Flag) int { return cmp.Compare(a.Pole, b.Pole) })
	if len(flags) <= searchAtMost {
		return search(flags, limit, start, end)
	}
	shortest := slices.Clone(flags)
	for i := range shortest {
		shortest[i].Choose(len(shortest[i].Forms) - 1)
	}
	if reach, _ = settle(shortest); reach > limit {
		return reach, false
	}
	for {
		if reach, _ = settle(flags); reach <= limit {
			return reach, true
		}
		weakest := weakestUnder(flags)
		if weakest < 0 {
			return reach, false
		}
		flags[weakest].Choose(flags[weakest].chosen + 1)
	}
}

// search improves a choice, flag by flag, until nothing improves it, starting
// once from many words and once from few, and keeps the better of the two.
func search(flags []Flag, limit, start, end float64) (reach float64, fits bool) {
	var best []Flag
	bestCost := 0.0
	for _, form := range []int{0, 2} {
		for i := range flags {
			flags[i].Choose(min(form, len(flags[i].Forms)-1))
			flags[i].Before = false
		}
		if c := improve(flags, limit, start, end); best == nil || c < bestCost {
			best, bestCost = slices.Clone(flags), c
		}
	}
	copy(flags, best)
	reach, _ = settle(flags)
	return reach, reach <= limit
}

func improve(flags []Flag, limit, start, end float64) float64 {
	best := cost(flags, limit, start, end)
	for better := true; better; {
		better = false
		for i := range flags {
			f := &flags[i]
			form, before := f.chosen, f.Before
			for option := range 2 * len(f.Forms) {
				f.Choose(option / 2)
				f.Before = option%2 == 1
				if c := cost(flags, limit, start, end); c < best-1 {
					best, better = c, true
					form, before = f.chosen, f.Before
				}
			}
			f.Choose(form)
			f.Before = before
		}
	}
	return best
}

// cost says how bad a choice is: how far the flags reach, how far each stands
// off, what it leaves out, and that a text before its pole reads less easily.
func cost(flags []Flag, limit, start, end float64) float64 {
	const impossible = 1e9
	for i := range flags {
		if b := flags[i].box(); b.Left < start || b.Right > end {
			return impossible
		}
	}
	reach, possible := settle(flags)
	if !possible {
		return impossible
	}
	total := reach + float64(5*max(reach-limit, 0))
	for i := range flags {
		f := &flags[i]
		total += float64(f.Off*0.25) + f.Forms[f.chosen].loss
		if f.Before {
			total += 5
		}
	}
	return total
}

// weakestUnder finds the flag to shorten next among those that hold up the
// farthest one, or -1.
func weakestUnder(flags []Flag) int {
	weakest := -1
	for i := farthest(flags); i >= 0; i = flags[i].under {
		if flags[i].chosen+1 < len(flags[i].Forms) && (weakest < 0 || weaker(&flags[i], &flags[weakest])) {
			weakest = i
		}
	}
	return weakest
}

func weaker(a, b *Flag) bool {
	return cmp.Or(cmp.Compare(a.chosen, b.chosen), cmp.Compare(a.Priority, b.Priority)) < 0
}

func farthest(flags []Flag) int {
	most := -1
	for i := range flags {
		if most < 0 || flags[i].Reach() > flags[most].Reach() {
			most = i
		}
	}
	return most
}
