package decisions

import (
	"cmp"
	"math"
	"slices"
)

// Wording is how sure a result may sound.
type Wording int

// The wordings, from the least sure on.
const (
	CloseCall Wording = iota // either is defensible
	LeansTo                  // one option
	Clear                    // on what the member wrote
)

const (
	clearFrom   = 0.90
	leansFrom   = 0.70
	closeRegret = 0.3
)

// Word returns the option with the largest share best, of equals the one with the
// least regret, and how sure the result may sound: Clear from a share of 0.90,
// LeansTo from 0.70, else CloseCall; and CloseCall whatever the share when the
// two smallest regrets differ by less than 0.3. It returns "" and CloseCall of no
// outcomes.
func Word(all []Outcome) (leader string, w Wording) {
	if len(all) == 0 {
		return "", CloseCall
	}
	best := slices.MinFunc(all, func(a, b Outcome) int {
		return cmp.Or(cmp.Compare(b.ShareBest, a.ShareBest), cmp.Compare(a.Regret, b.Regret), cmp.Compare(a.Name, b.Name))
	})
	byRegret := slices.SortedFunc(slices.Values(all), func(a, b Outcome) int { return cmp.Compare(a.Regret, b.Regret) })
	switch {
	case len(all) > 1 && byRegret[1].Regret-byRegret[0].Regret < closeRegret:
		return best.Name, CloseCall
	case best.ShareBest >= clearFrom:
		return best.Name, Clear
	case best.ShareBest >= leansFrom:
		return best.Name, LeansTo
	}
	return best.Name, CloseCall
}

// Percent returns a share of 0 to 1 in percent, rounded to 5, as it may be shown.
func Percent(share float64) int { return 5 * int(math.Round(share*20)) }
