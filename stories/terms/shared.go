package terms

import "math"

// A word is named as a reason only where both texts speak of it, rather than
// mention it, and few other texts have it.
const (
	LeastWeight = 0.2 // in each of the two: about the mean in a text of Most words
	leastRarity = 0.5 // reached by a word that ten of a hundred texts have
)

// Rarity weighs what few of a window of texts have above what most have, from near 0
// to 1: log(1 + window/n), scaled. n counts up to the window.
func Rarity(n, window int) float64 {
	return math.Log(1+float64(window)/float64(n)) / math.Log(1+float64(window))
}

// Shared is a word that two texts have.
type Shared struct {
	Part         float64 // of the score of the two
	Telling      bool    // may be named as a reason
	Mine, Theirs string  // as each of the two writes it
}

// Share compares a word of two texts, of a rarity as Rarity gives it.
func Share(mine, theirs Term, rare float64) Shared {
	return Shared{
		Part:    float64(mine.Weight*theirs.Weight) * rare,
		Telling: min(mine.Weight, theirs.Weight) >= LeastWeight && rare >= leastRarity,
		Mine:    mine.Shown,
		Theirs:  theirs.Shown,
	}
}
