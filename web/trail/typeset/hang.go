package typeset

import (
	"cmp"
	"slices"
)

// Hanger holds what already hangs beneath the trail, as boxes and poles
// measured from the upper edge of the notes' zone.
type Hanger struct {
	start, end float64 // the room from side to side
	boxes      []Box
	poles      []Flag
}

// NewHanger makes a hanger with nothing on it, between two sides.
func NewHanger(start, end float64) *Hanger { return &Hanger{start: start, end: end} }

// Take keeps a box free of flags that are hung later.
func (h *Hanger) Take(b Box) { h.boxes = append(h.boxes, b) }

// hang places a flag at a pole, its text on one side of it, as near the trail
// as it goes without touching anything. It fails where there is no such place.
func (h *Hanger) hang(f Flag, pole float64, before bool) (Flag, bool) {
	f.Pole, f.Before, f.Off = pole, before, 0
	if at := f.Box(); at.Left < h.start || at.Right > h.end {
		return f, false
	}
	distances := []float64{0}
	for _, b := range h.boxes {
		distances = append(distances, b.Bottom+rowGap)
	}
	slices.Sort(distances)
	for _, f.Off = range distances {
		if f.Off >= 0 && h.free(&f) {
			return f, true
		}
	}
	return f, false
}

func (h *Hanger) free(f *Flag) bool {
	at := f.Box()
	room := Box{at.Left - textGap, at.Top - rowGap + 1, at.Right + textGap, at.Bottom + rowGap - 1}
	for _, b := range h.boxes {
		crossed := f.Pole > b.Left-4 && f.Pole < b.Right+4 && b.Top < f.Reach()
		if crossed || room.Overlaps(b) {
			return false
		}
	}
	for i := range h.poles {
		p := &h.poles[i]
		if p.Pole > at.Left-4 && p.Pole < at.Right+4 && p.Reach() > f.Off {
			return false
		}
		if f.Note && p.Pole > f.Pole-9 && p.Pole < f.Pole+9 {
			return false
		}
	}
	return true
}

func (h *Hanger) keep(f Flag) {
	h.boxes = append(h.boxes, f.Box())
	h.poles = append(h.poles, f)
}

// HangChanges places all of some flags so that the farthest reaches as little far
// as possible: every choice of sides is tried, from either end. Both slices hold the
// same flags in the order of their poles, with texts that fit after their poles and
// before them. Where there is no place for all it returns none.
func (h *Hanger) HangChanges(after, before []Flag) []Flag {
	var best []Flag
	bestCost := 0.0
	sides := min(len(after), 6)
	for choice := range 1 << sides {
		for _, backwards := range []bool{true, false} {
			trial := Hanger{h.start, h.end, slices.Clone(h.boxes), nil}
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

func (h *Hanger) hangAll(after, before []Flag, choice int, backwards bool) ([]Flag, float64) {
	var placed []Flag
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
		f, ok := h.hang(f, f.Pole, left)
		if !ok {
			return nil, 0
		}
		h.keep(f)
		placed = append(placed, f)
		cost += float64(f.Off*0.4) + float64(f.high*0.2)
		farthest = max(farthest, f.Reach())
	}
	return placed, cost + farthest
}

// HangNotes adds as many notes as find a place where they reach no farther than the
// limit; what finds none is left to the list. It tries several orders: those of most
// priority first, or from either side.
func (h *Hanger) HangNotes(notes []Flag, limit float64) []Flag {
	orders := []func(a, b Flag) int{
		func(a, b Flag) int { return -cmp.Compare(a.Priority, b.Priority) },
		func(a, b Flag) int { return -cmp.Compare(a.first(), b.first()) },
		func(a, b Flag) int { return cmp.Compare(a.first(), b.first()) },
	}
	var best []Flag
	bestCost := 0.0
	for _, order := range orders {
		ordered := slices.Clone(notes)
		slices.SortStableFunc(ordered, order)
		trial := Hanger{h.start, h.end, slices.Clone(h.boxes), slices.Clone(h.poles)}
		placed, cost := trial.hangInOrder(ordered, limit)
		if len(placed) > len(best) || len(placed) == len(best) && cost < bestCost {
			best, bestCost = placed, cost
		}
	}
	for _, f := range best {
		h.keep(f)
	}
	return best
}

func (h *Hanger) hangInOrder(notes []Flag, limit float64) (placed []Flag, cost float64) {
	for _, f := range notes {
		if at, ok := h.nearest(f, limit); ok {
			h.keep(at)
			placed = append(placed, at)
			cost += at.Reach()
		}
	}
	return placed, cost
}

// first is the first spot of a flag.
func (f *Flag) first() float64 {
	for _, spots := range f.Spots {
		if len(spots) > 0 {
			return spots[0]
		}
	}
	return f.Pole
}

// nearest tries the forms of a flag from the fullest, and for each its spots
// from the best.
func (h *Hanger) nearest(f Flag, limit float64) (best Flag, found bool) {
	for form := range f.Forms {
		f.Choose(form)
		for _, spots := range f.Spots {
			if best, found = h.nearestOf(f, spots, limit); found {
				return best, true
			}
		}
	}
	return f, false
}

func (h *Hanger) nearestOf(f Flag, spots []float64, limit float64) (best Flag, found bool) {
	for _, before := range []bool{false, true} {
		for _, spot := range spots {
			g, ok := h.hang(f, spot, before)
			if ok && g.Reach() <= limit && (!found || g.Off < best.Off-1) {
				best, found = g, true
			}
		}
	}
	return best, found
}
