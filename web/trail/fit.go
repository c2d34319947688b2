package trail

import (
	"cmp"
	"slices"
)

// fit brings flags within a limit, choosing how much each says and on which
// side of its pole, and reports whether it succeeded. Beyond so many flags it
// only shortens.
func fit(flags []flag, limit, start, end float64) (reach float64, fits bool) {
	const searchAtMost = 14
	slices.SortStableFunc(flags, func(a, b flag) int { return cmp.Compare(a.pole, b.pole) })
	if len(flags) <= searchAtMost {
		return search(flags, limit, start, end)
	}
	shortest := slices.Clone(flags)
	for i := range shortest {
		shortest[i].choose(len(shortest[i].forms) - 1)
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
		flags[weakest].choose(flags[weakest].chosen + 1)
	}
}

// search improves a choice, flag by flag, until nothing improves it, starting
// once from many words and once from few, and keeps the better of the two.
func search(flags []flag, limit, start, end float64) (reach float64, fits bool) {
	var best []flag
	bestCost := 0.0
	for _, form := range []int{0, 2} {
		for i := range flags {
			flags[i].choose(min(form, len(flags[i].forms)-1))
			flags[i].before = false
		}
		if c := improve(flags, limit, start, end); best == nil || c < bestCost {
			best, bestCost = slices.Clone(flags), c
		}
	}
	copy(flags, best)
	reach, _ = settle(flags)
	return reach, reach <= limit
}

func improve(flags []flag, limit, start, end float64) float64 {
	best := cost(flags, limit, start, end)
	for better := true; better; {
		better = false
		for i := range flags {
			f := &flags[i]
			form, before := f.chosen, f.before
			for option := range 2 * len(f.forms) {
				f.choose(option / 2)
				f.before = option%2 == 1
				if c := cost(flags, limit, start, end); c < best-1 {
					best, better = c, true
					form, before = f.chosen, f.before
				}
			}
			f.choose(form)
			f.before = before
		}
	}
	return best
}

// cost says how bad a choice is: how far the flags reach, how far each stands
// off, what it leaves out, and that a text before its pole reads less easily.
func cost(flags []flag, limit, start, end float64) float64 {
	const impossible = 1e9
	for i := range flags {
		if b := flags[i].box(); b.left < start || b.right > end {
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
		total += float64(f.off*0.25) + f.forms[f.chosen].loss
		if f.before {
			total += 5
		}
	}
	return total
}

// weakestUnder finds the flag to shorten next among those that hold up the
// farthest one, or -1.
func weakestUnder(flags []flag) int {
	weakest := -1
	for i := farthest(flags); i >= 0; i = flags[i].under {
		if flags[i].chosen+1 < len(flags[i].forms) && (weakest < 0 || weaker(&flags[i], &flags[weakest])) {
			weakest = i
		}
	}
	return weakest
}

func weaker(a, b *flag) bool {
	return cmp.Or(cmp.Compare(a.chosen, b.chosen), cmp.Compare(a.priority, b.priority)) < 0
}

func farthest(flags []flag) int {
	most := -1
	for i := range flags {
		if most < 0 || flags[i].reach() > flags[most].reach() {
			most = i
		}
	}
	return most
}
