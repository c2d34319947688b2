package write

import (
	"slices"

	"waypost/internal/alphabet"
	"waypost/topics"
)

// Sort puts topics in the order in which readers see them.
func Sort(list []topics.Topic) {
	slices.SortStableFunc(list, func(x, y topics.Topic) int { return alphabet.Compare(x.Name, y.Name) })
}
