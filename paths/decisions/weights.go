package decisions

// CentralWeights returns the weight of each criterion when only the ranks are
// known, 0 to 1, together 1: the rank-order centroid, of the i-th of C
//
//	w = (1/C) · Σ 1/j for j from i to C
//
// averaged within a rank (Edwards and Barron 1994, Organ. Behav. Hum. Decis.
// Process. 60). It is an error if the decision is not sound.
func CentralWeights(d Decision) (map[string]float64, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	criteria, ranks := d.ranked()
	weights := map[string]float64{}
	for i, w := range central(ranks, len(criteria)) {
		weights[criteria[i]] = w
	}
	return weights, nil
}

// centroid are the rank-order centroid weights of so many criteria, falling.
func centroid(criteria int) []float64 {
	w := make([]float64, criteria)
	sum := 0.0
	for i := criteria; i >= 1; i-- {
		sum += 1 / float64(i)
		w[i-1] = sum / float64(criteria)
	}
	return w
}

func mean(all []float64) float64 {
	sum := 0.0
	for _, x := range all {
		sum += x
	}
	return sum / float64(len(all))
}

// central are the central weights by criterion, with the ranks as given.
func central(ranks [][]int, criteria int) []float64 {
	falling := centroid(criteria)
	weights := make([]float64, criteria)
	for _, rank := range ranks {
		w := mean(falling[:len(rank)])
		falling = falling[len(rank):]
		for _, c := range rank {
			weights[c] = w
		}
	}
	return weights
}

// likely are the values of the options at their likely scores.
func (t table) likely(weights []float64) []float64 {
	values := make([]float64, len(t.options))
	for o, row := range t.scores {
		for c, s := range row {
			values[o] += float64(weights[c] * s.Likely)
		}
	}
	return values
}

// first is the index of the largest value, the first of equal ones.
func first(values []float64) int {
	at := 0
	for i, v := range values {
		if v > values[at] {
			at = i
		}
	}
	return at
}
