package decisions

import "math"

// Outcome is how one option came out over all draws. Values are 0 to 10.
type Outcome struct {
	Name      string
	ShareBest float64 // share of draws, 0 to 1, in which its value was largest; shared among equals
	Low, High float64 // 10th and 90th percentile of its value, to a thousandth
	Mean      float64 // mean of its value
	Regret    float64 // mean of what it lacked of the best option's value; 0 or more
	Likely    float64 // its value at likely scores and central weights
}

// Outcomes returns how the options that count come out, in the order of the
// decision. In each of Draws draws
//
//	weights  one exponential a criterion, made to sum to 1, the largest to the
//	         first rank and so on; within a rank at random
//	scores   m − |z|·max(m − low, 0.5)/0.6745 or m + |z|·max(high − m, 0.5)/0.6745,
//	         each with chance ½, z standard normal, held to 0 to 10
//	value    Σ weight·score
//
// with m the likely score (stochastic multicriteria acceptability analysis with
// ranked criteria, SMAA-2: Lahdelma and Salminen 2001, Oper. Res. 49; Tervonen
// and Lahdelma 2007, EJOR 178). The random numbers follow from the decision's id
// and each option's name, so that neither the order of options and criteria nor
// another option changes what is drawn for one. It is an error if the decision is
// not sound; ErrNoneCounts if no option counts.
func Outcomes(d Decision) ([]Outcome, error) {
	t, err := d.table()
	if err != nil {
		return nil, err
	}
	values := t.draw(d.ID)
	share, regret := shares(values)
	likely := t.likely(central(t.ranks, len(t.criteria)))
	found := map[string]Outcome{}
	for o, option := range t.options {
		low, high := tails(values[o])
		found[option.Name] = Outcome{Name: option.Name, ShareBest: share[o], Low: low, High: high,
			Mean: mean(values[o]), Regret: regret[o], Likely: likely[o]}
	}
	var all []Outcome
	for _, o := range d.Options {
		if o.Counts() {
			all = append(all, found[o.Name])
		}
	}
	return all, nil
}

// shares are how often each row of values is the largest, and what it lacks of
// the largest in the mean.
func shares(values [][]float64) (best, regret []float64) {
	best, regret = make([]float64, len(values)), make([]float64, len(values))
	for i := range Draws {
		largest, equals := values[0][i], 1
		for _, row := range values[1:] {
			switch v := row[i]; {
			case v > largest:
				largest, equals = v, 1
			case v == largest:
				equals++
			}
		}
		for o, row := range values {
			regret[o] += largest - row[i]
			if row[i] == largest {
				best[o] += 1 / float64(equals)
			}
		}
	}
	for o := range values {
		best[o] /= Draws
		regret[o] /= Draws
	}
	return best, regret
}

// fine is how many steps a point of value is counted in where percentiles are
// sought.
const fine = 1000

// tails are the 10th and the 90th percentile of values of 0 to 10.
func tails(values []float64) (low, high float64) {
	var counts [top*fine + 1]int
	for _, v := range values {
		counts[min(max(int(math.Round(v*fine)), 0), top*fine)]++
	}
	below := 0
	for step, n := range counts {
		if below <= len(values)/10 {
			low = float64(step) / fine
		}
		if below <= len(values)*9/10 {
			high = float64(step) / fine
		}
		below += n
	}
	return low, high
}
