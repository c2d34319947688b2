package decisions

import (
	"cmp"
	"math"
	"slices"
)

// Shift is one likely score that, moved alone, makes an option equal to the one
// that leads.
type Shift struct {
	Against   string // the option that would draw level
	Option    string // whose score moves: the leader's or that one's
	Criterion string
	From, To  float64 // the likely score now and then, 0 to 10
}

// slack is what sums may be off by.
const slack = 1e-9

// By is how far the score moves.
func (s Shift) By() float64 { return s.To - s.From }

// Swap is a pair of criteria in neighbouring ranks that change places, and who
// leads then.
type Swap struct {
	Down, Up string // the criterion that mattered more, and the one that mattered less
	Leader   string
}

// Turns is what would have to change for another option to lead.
type Turns struct {
	Leader string  // by likely scores and central weights; of equals the first by name
	Shifts []Shift // smallest first
	Swaps  []Swap  // in the order of the ranks
}

// WouldChange returns what would have to change. For each other option and each
// criterion of weight w, a difference of values V from the leader is made up by
// one score that moves by V/w: the leader's down or the other's up. Moves that
// leave 0 to 10 are left out, and so is an option that is level already. Values
// are those of likely scores and [CentralWeights]. It is an error if the decision
// is not sound; ErrNoneCounts if no option counts.
func WouldChange(d Decision) (Turns, error) {
	t, err := d.table()
	if err != nil {
		return Turns{}, err
	}
	weights := central(t.ranks, len(t.criteria))
	values := t.likely(weights)
	lead := first(values)
	turns := Turns{Leader: t.options[lead].Name, Swaps: t.swaps(lead)}
	for o := range t.options {
		if values[o] == values[lead] {
			continue
		}
		for c, w := range weights {
			by := (values[lead] - values[o]) / w
			s := Shift{Against: t.options[o].Name, Criterion: t.criteria[c]}
			if from := t.scores[lead][c].Likely; from-by >= -slack {
				s.Option, s.From, s.To = turns.Leader, from, max(from-by, 0)
				turns.Shifts = append(turns.Shifts, s)
			}
			if from := t.scores[o][c].Likely; from+by <= top+slack {
				s.Option, s.From, s.To = s.Against, from, min(from+by, top)
				turns.Shifts = append(turns.Shifts, s)
			}
		}
	}
	slices.SortStableFunc(turns.Shifts, func(a, b Shift) int {
		return cmp.Compare(math.Abs(a.By()), math.Abs(b.By()))
	})
	return turns, nil
}

// swaps are the single swaps after which another option leads.
func (t table) swaps(lead int) []Swap {
	var all []Swap
	for r := 1; r < len(t.ranks); r++ {
		for i, down := range t.ranks[r-1] {
			for j, up := range t.ranks[r] {
				ranks := slices.Clone(t.ranks)
				ranks[r-1], ranks[r] = slices.Clone(ranks[r-1]), slices.Clone(ranks[r])
				ranks[r-1][i], ranks[r][j] = up, down
				values := t.likely(central(ranks, len(t.criteria)))
				if now := first(values); values[now] > values[lead] {
					all = append(all, Swap{Down: t.criteria[down], Up: t.criteria[up], Leader: t.options[now].Name})
				}
			}
		}
	}
	return all
}
