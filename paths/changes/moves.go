package changes

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"waypost/paths/checkins"
)

// Move is what became of one item, in means of its answers, 1 to 5.
type Move struct {
	Item          checkins.Item
	Before, After float64
}

// By is how far the item rose; below 0 it fell.
func (m Move) By() float64 { return m.After - m.Before }

// Moves returns the items by how far they moved between the check-ins before a
// change and those after it, farthest first, in the order of the items where they
// moved alike. An item that one side never answers is left out. Of a finding,
// before is all[f.Window:f.Split] and after all[f.Split:]. It is an error if the
// check-ins of a side are not sound.
func Moves(before, after []checkins.CheckIn) ([]Move, error) {
	if err := errors.Join(checkins.Check(before), checkins.Check(after)); err != nil {
		return nil, err
	}
	was, is := checkins.Means(before), checkins.Means(after)
	var moves []Move
	for item := range checkins.Item(checkins.Items) {
		if was[item] > 0 && is[item] > 0 {
			moves = append(moves, Move{Item: item, Before: was[item], After: is[item]})
		}
	}
	slices.SortStableFunc(moves, func(a, b Move) int { return cmp.Compare(math.Abs(b.By()), math.Abs(a.By())) })
	return moves, nil
}
