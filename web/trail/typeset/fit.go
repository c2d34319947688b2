package typeset

import (
	"cmp"
	"slices"
)

// Fit brings flags within a limit, choosing how much each says and on which side
// of its pole, between the sides start and end, and sorts them by their poles. It
// returns how far the farthest reaches, how badly all read (the less the better), and
// whether they stand within the limit and the sides with no text cut.
func Fit(flags []Flag, limit, start, end float64) (reach, cost float64, fits bool) {
	slices.SortStableFunc(flags, func(a, b Flag) int { return cmp.Compare(a.Pole, b.Pole) })
	return search(flags, limit, start, end)
}

// search improves a choice, flag by flag, until nothing improves it, starting
// once from many words and once from few, and keeps the better of the two.
func search(flags []Flag, limit, start, end float64) (reach, least float64, fits bool) {
	var best []Flag
	for _, form := range []int{0, 2} {
		for i := range flags {
			flags[i].Choose(min(form, len(flags[i].Forms)-1))
			flags[i].Before = false
		}
		if c := improve(flags, limit, start, end); best == nil || c < least {
			best, least = slices.Clone(flags), c
		}
	}
	copy(flags, best)
	reach, _ = settle(flags)
	return reach, least, reach <= limit && least < Cut
}

func improve(flags []Flag, limit, start, end float64) float64 {
	best := cost(flags, limit, start, end)
	for better := true; better; {
		better = false
		for i := range flags {
			f := &flags[i]
			form, side := f.chosen, f.Before
			for option := range 2 * len(f.Forms) {
				f.Choose(option / 2)
				f.Before = option%2 == 1
				if atLeast(flags, start, end) >= best-1 {
					continue
				}
				if c := cost(flags, limit, start, end); c < best-1 {
					best, better = c, true
					form, side = f.chosen, f.Before
				}
			}
			f.Choose(form)
			f.Before = side
		}
	}
	return best
}

// Cut is what a form that lost words of its title has to cost: flags of which one
// has such a form do not fit.
const Cut = 1e5

// before is what a text before its pole costs: those who read from the start side
// look for it after.
const before = 80

// impossible is what flags cost that cannot stand so.
const impossible = 1e7

// atLeast is what cost cannot fall below, and is found without placing anything.
func atLeast(flags []Flag, start, end float64) float64 {
	total, high := 0.0, 0.0
	for i := range flags {
		f := &flags[i]
		if b := f.Box(); b.Left < start || b.Right > end {
			total += impossible
		}
		total += f.Forms[f.chosen].loss
		if f.Before {
			total += before
		}
		high = max(high, f.high)
	}
	return total + high
}

// cost says how bad a choice is: how far the flags reach, how far each stands
// off, what it leaves out, and that a text before its pole reads less easily.
func cost(flags []Flag, limit, start, end float64) float64 {
	reach, possible := settle(flags)
	total := reach + float64(5*max(reach-limit, 0))
	if !possible {
		total = impossible
	}
	for i := range flags {
		f := &flags[i]
		if b := f.Box(); b.Left < start || b.Right > end {
			total += impossible
		}
		total += float64(f.Off*0.25) + f.Forms[f.chosen].loss
		if f.Before {
			total += before
		}
	}
	return total
}
