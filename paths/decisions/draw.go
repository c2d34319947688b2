package decisions

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
)

// Draws is how many sets of weights and scores are drawn: so many quantiles of
// each, put together in so many rounds.
const (
	Draws     = quantiles * rounds
	quantiles = 10_000
	rounds    = 4
)

const (
	quartile   = 0.6745 // the standard normal deviate of the 75th percentile
	leastReach = 0.5    // how far a quartile lies from the likely score at least
)

// draw returns the values of each option, a row an option. Each random number is
// drawn as quantiles that lie evenly, shuffled (Latin hypercube sampling: McKay,
// Beckman and Conover 1979, Technometrics 21). In each round the scores meet
// other weights and each other anew. That makes chance move the outcomes as
// little as several times as many draws would.
func (t table) draw(id string) [][]float64 {
	weights := t.drawWeights(generator(id, "weights"))
	normal := evenly(func(u float64) float64 { return math.Sqrt2 * math.Erfinv(2*u-1) })
	scores := make([]float64, quantiles)
	values := make([][]float64, len(t.options))
	for o, option := range t.options {
		numbers := generator(id, "option "+option.Name)
		values[o] = make([]float64, Draws)
		for c, s := range t.scores[o] {
			copy(scores, normal)
			shuffle(numbers, scores)
			s.spread(scores)
			for round := range rounds {
				turn := numbers.IntN(quantiles)
				sums := values[o][round*quantiles:]
				for i, x := range scores[turn:] {
					sums[i] += float64(weights[c][i] * x)
				}
				met := quantiles - turn
				for i, x := range scores[:turn] {
					sums[met+i] += float64(weights[c][met+i] * x)
				}
			}
		}
	}
	return values
}

// spread makes scores of standard normal deviates; the sign of each is the
// chance of ½.
func (s Score) spread(deviates []float64) {
	down, up := max(s.Likely-s.Low, leastReach)/quartile, max(s.High-s.Likely, leastReach)/quartile
	for i, z := range deviates {
		if z < 0 {
			z *= down
		} else {
			z *= up
		}
		deviates[i] = min(max(s.Likely+z, 0), top)
	}
}

// drawWeights returns the weights of each criterion, a row a criterion. From
// exponentials E the largest, second and so on of C are made without sorting, as
// Σ E/j for j from 1, from 2 and so on to C (Rényi 1953), so that quantiles that
// lie evenly make weights that do.
func (t table) drawWeights(numbers *rand.Rand) [][]float64 {
	exponential := evenly(func(u float64) float64 { return -math.Log1p(-u) })
	weights := make([][]float64, len(t.criteria))
	for c := range weights {
		weights[c] = slices.Clone(exponential)
		shuffle(numbers, weights[c])
	}
	orders := make([][]float64, len(t.ranks))
	for r := range orders {
		orders[r] = evenly(func(u float64) float64 { return u })
		shuffle(numbers, orders[r])
	}
	falling := make([]float64, len(t.criteria))
	for i := range quantiles {
		sum, largest := 0.0, 0.0
		for c := len(weights) - 1; c >= 0; c-- {
			sum += weights[c][i]
			largest += weights[c][i] / float64(c+1)
			falling[c] = largest
		}
		next := falling
		for r, rank := range t.ranks {
			own := next[:len(rank)]
			next = next[len(rank):]
			deal(own, orders[r][i])
			for k, c := range rank {
				weights[c][i] = own[k] / sum
			}
		}
	}
	return weights
}

// deal puts all in the order that lies at u, 0 to 1, among all their orders.
func deal(all []float64, u float64) {
	for i := len(all); i > 1; i-- {
		u *= float64(i)
		j := int(u)
		u -= float64(j)
		all[i-1], all[j] = all[j], all[i-1]
	}
}

// evenly are the quantiles of a distribution, rising.
func evenly(quantile func(u float64) float64) []float64 {
	all := make([]float64, quantiles)
	for i := range all {
		all[i] = quantile((float64(i) + 0.5) / quantiles)
	}
	return all
}

func shuffle(numbers *rand.Rand, all []float64) {
	for i := len(all) - 1; i > 0; i-- {
		j := numbers.IntN(i + 1)
		all[i], all[j] = all[j], all[i]
	}
}

// generator makes the random numbers of one purpose in one decision.
func generator(id, purpose string) *rand.Rand {
	sum := sha256.Sum256([]byte(purpose + "\x00" + id))
	return rand.New(rand.NewPCG(binary.LittleEndian.Uint64(sum[:8]), binary.LittleEndian.Uint64(sum[8:16])))
}
