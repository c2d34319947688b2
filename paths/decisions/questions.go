package decisions

import (
	"cmp"
	"slices"
)

// Question is something worth finding out: a must-have of which it is not known
// whether an option meets it, or one score.
type Question struct {
	Option    string
	MustHave  string // "" of a score
	Criterion string // "" of a must-have

	// The option's value with the score at its low and at its high and all else
	// at likely, 0 to 10, and who leads then.
	Low, High             float64
	LeaderLow, LeaderHigh string

	Turns bool // either leader is not the one at likely scores
}

// Width is how far the option's value goes from low to high.
func (q Question) Width() float64 { return q.High - q.Low }

// FindOut returns what to find out first: unknown must-haves in the order of the
// decision, then the scores that change who leads, then the rest, each by width,
// widest first (one-way sensitivity, the bars of a tornado chart). Scores without
// a range are left out. Values are those of [CentralWeights]. It is an error if
// the decision is not sound; ErrNoneCounts if no option counts.
func FindOut(d Decision) ([]Question, error) {
	t, err := d.table()
	if err != nil {
		return nil, err
	}
	var must, scores []Question
	for _, o := range d.Options {
		if !o.Counts() {
			continue
		}
		for _, m := range o.Unknown {
			must = append(must, Question{Option: o.Name, MustHave: m})
		}
	}
	weights := central(t.ranks, len(t.criteria))
	values := t.likely(weights)
	lead := first(values)
	for o, row := range t.scores {
		for c, s := range row {
			if s.Low == s.High {
				continue
			}
			q := Question{Option: t.options[o].Name, Criterion: t.criteria[c]}
			low, high := t.with(o, c, s.Low, weights), t.with(o, c, s.High, weights)
			q.Low, q.High = low[o], high[o]
			atLow, atHigh := leads(low, lead), leads(high, lead)
			q.LeaderLow, q.LeaderHigh = t.options[atLow].Name, t.options[atHigh].Name
			q.Turns = atLow != lead || atHigh != lead
			scores = append(scores, q)
		}
	}
	slices.SortStableFunc(scores, func(a, b Question) int {
		return cmp.Or(-cmp.Compare(number(a.Turns), number(b.Turns)), cmp.Compare(b.Width(), a.Width()))
	})
	return append(must, scores...), nil
}

// with are the values with one likely score set to another.
func (t table) with(option, criterion int, score float64, weights []float64) []float64 {
	t.scores = slices.Clone(t.scores)
	t.scores[option] = slices.Clone(t.scores[option])
	t.scores[option][criterion].Likely = score
	return t.likely(weights)
}

// leads is who leads, which stays who it was while nobody is ahead of them.
func leads(values []float64, was int) int {
	if now := first(values); values[now] > values[was] {
		return now
	}
	return was
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
