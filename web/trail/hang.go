package trail

import (
	"cmp"
	"slices"
)

// hanger holds what already hangs beneath the trail, as boxes and poles
// measured from the upper edge of the notes' zone.
type hanger struct {
	start, end float64 // the room from side to side
	boxes      []box
	poles      []flag
}

// newHanger makes a hanger with nothing on it, between two sides.
func newHanger(start, end float64) *hanger { return &hanger{start: start, end: end} }

// take keeps a room free of flags.
func (h *hanger) take(b box) { h.boxes = append(h.boxes, b) }

// hang places a flag at a pole, its text on one side of it, as near the trail
// as it goes without touching anything. It fails where there is no such place.
func (h *hanger) hang(f flag, pole float64, before bool) (flag, bool) {
	f.pole, f.before, f.off = pole, before, 0
	if at := f.box(); at.left < h.start || at.right > h.end {
		return f, false
	}
	distances := []float64{0}
	for _, b := range h.boxes {
		distances = append(distances, b.bottom+rowGap)
	}
	slices.Sort(distances)
	for _, f.off = range distances {
		if f.off >= 0 && h.free(&f) {
			return f, true
		}
	}
	return f, false
}

func (h *hanger) free(f *flag) bool {
	at := f.box()
	room := box{at.left - textGap, at.top - rowGap + 1, at.right + textGap, at.bottom + rowGap - 1}
	for _, b := range h.boxes {
		crossed := f.pole > b.left-4 && f.pole < b.right+4 && b.top < f.reach()
		if crossed || room.overlaps(b) {
			return false
		}
	}
	for i := range h.poles {
		p := &h.poles[i]
		if p.pole > at.left-4 && p.pole < at.right+4 && p.reach() > f.off {
			return false
		}
		if f.note && p.pole > f.pole-9 && p.pole < f.pole+9 {
			return false
		}
	}
	return true
}

func (h *hanger) keep(f flag) {
	h.boxes = append(h.boxes, f.box())
	h.poles = append(h.poles, f)
}

// hangChanges places the changes so that the farthest reaches as little far as
// possible: every choice of sides is tried, from either end. With all texts
// after their poles and the last placed first there is always a place.
func (h *hanger) hangChanges(after, before []flag) []flag {
	var best []flag
	bestCost := 0.0
	sides := min(len(after), 6)
	for choice := range 1 << sides {
		for _, backwards := range []bool{true, false} {
			trial := hanger{h.start, h.end, slices.Clone(h.boxes), nil}
			placed, cost := trial.hangAll(after, before, choice, backwards)
			if placed != nil && (best == nil || cost < bestCost) {
				best, bestCost = placed, cost
			}
		}
	}
	for _, f := range best {
		h.keep(f)
	}
	return best
}

func (h *hanger) hangAll(after, before []flag, choice int, backwards bool) ([]flag, float64) {
	var placed []flag
	cost, farthest := 0.0, 0.0
	for n := range after {
		i := n
		if backwards {
			i = len(after) - 1 - n
		}
		f, left := after[i], choice>>min(i, 30)&1 == 1
		if left {
			f = before[i]
		}
		f, ok := h.hang(f, f.pole, left)
		if !ok {
			return nil, 0
		}
		h.keep(f)
		placed = append(placed, f)
		cost += float64(f.off*0.4) + float64(f.high*0.2)
		farthest = max(farthest, f.reach())
	}
	return placed, cost + farthest
}

// hangNotes adds notes, those of most priority first, where they reach no
// farther than the limit. What finds no place is left to the list.
func (h *hanger) hangNotes(notes []flag, limit float64) []flag {
	slices.SortStableFunc(notes, func(a, b flag) int { return -cmp.Compare(a.priority, b.priority) })
	var placed []flag
	for _, f := range notes {
		if best, ok := h.nearest(f, limit); ok {
			h.keep(best)
			placed = append(placed, best)
		}
	}
	return placed
}

// nearest tries the forms of a flag from the fullest, and for each its spots
// from the best.
func (h *hanger) nearest(f flag, limit float64) (best flag, found bool) {
	for form := range f.forms {
		f.choose(form)
		for _, spots := range f.spots {
			if best, found = h.nearestOf(f, spots, limit); found {
				return best, true
			}
		}
	}
	return f, false
}

func (h *hanger) nearestOf(f flag, spots []float64, limit float64) (best flag, found bool) {
	for _, before := range []bool{false, true} {
		for _, spot := range spots {
			g, ok := h.hang(f, spot, before)
			if ok && g.reach() <= limit && (!found || g.off < best.off-1) {
				best, found = g, true
			}
		}
	}
	return best, found
}
