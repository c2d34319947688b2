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

// Moves returns the items by how far they moved between the check-ins before the
// index split and those from there on, farthest first, in the order of the items
// where they moved alike. An item that one side never answers is left out. Give
// the check-ins of the finding's window, with the split counted from there. It is
// an error if the check-ins are not sound or the split leaves a side empty.
func Moves(all []checkins.CheckIn, split int) ([]Move, error) {
	if err := checkins.Check(all); err != nil {
		return nil, err
	}
	if split < 1 || split >= len(all) {
		return nil, errors.New("a split has check-ins on both sides")
	}
	before, after := checkins.Means(all[:split]), checkins.Means(all[split:])
	var moves []Move
	for item := range checkins.Item(checkins.Items) {
		if before[item] > 0 && after[item] > 0 {
			moves = append(moves, Move{Item: item, Before: before[item], After: after[item]})
		}
	}
	slices.SortStableFunc(moves, func(a, b Move) int { return cmp.Compare(math.Abs(b.By()), math.Abs(a.By())) })
	return moves, nil
}
