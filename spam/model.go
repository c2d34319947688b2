package spam

import "math"

// What learning turns on; found by trying on the first halves of six corpora. A change
// here changes every model: raise layout with it.
const (
	rate    = 0.4  // how far one label moves what it has
	start   = 1e-3 // of the sum of squares that slows a weight down
	enough  = 4.0  // a margin that needs no more learning
	replays = 8    // older labels looked at again with each new one
)

const (
	layout = 1  // of the model's bytes
	places = 18 // bits: so many weights are kept
)

// weight is of one place; past is the sum of the squares of what moved it (AdaGrad).
type weight struct{ now, past float32 }

// Model is what was learned from labels, over a base that may be nil. Check may run in
// many goroutines at once, but not while Learn runs; the caller sees to that.
type Model struct {
	base    *Base
	weights []weight
	labels  [2]int // ham, spam
	gauge   gauge
	counts  counts
	memory  memory
	desk    *located
}

// New is a model that has learned nothing yet. The base may be nil.
func New(base *Base) *Model {
	return &Model{base: base, weights: make([]weight, 1<<places), gauge: newGauge(), desk: new(located)}
}

// Labels is how many messages were learned of each kind.
func (m *Model) Labels() (ham, spam int) { return m.labels[0], m.labels[1] }

// located are the places of a message's features, group after group.
type located struct {
	at []uint32
	n  [groups]int
}

func (l *located) of(f *Features) {
	l.at = l.at[:0]
	for g, ids := range f.of {
		l.n[g] = len(ids)
		shift := fineBits[g] - places
		for _, id := range ids {
			l.at = append(l.at, id>>shift)
		}
	}
}

// value is that of one feature in a group of n: each group weighs the same.
func value(n int) float64 { return float64(1 / math.Sqrt(float64(n))) }

// learned is the margin by the community's own labels alone.
func (m *Model) learned(l *located) float64 {
	total, from := 0.0, 0
	for _, n := range l.n {
		if n == 0 {
			continue
		}
		sum := 0.0
		for _, at := range l.at[from : from+n] {
			sum += float64(m.weights[at].now)
		}
		total += float64(sum * value(n))
		from += n
	}
	return total
}

// margin is how far a message is from the middle, above 0 towards spam.
func (m *Model) margin(l *located) float64 {
	total := m.learned(l)
	if m.base != nil {
		total += float64(m.trust() * m.base.margin(l))
	}
	return total
}

// outweighed is the number of labels at which the base counts half.
const outweighed = 100.0

func (m *Model) trust() float64 {
	return float64(outweighed / (outweighed + float64(m.labels[0]+m.labels[1])))
}

// Check judges a message. It changes nothing.
func (m *Model) Check(message Message, t Thresholds) Verdict {
	d := desks.Get().(*desk)
	defer desks.Put(d)
	r := reader{desk: d, speak: true, spoken: d.spoken[:0], causes: d.causes[:0]}
	r.read(message)
	d.located.of(&r.out)
	margin := m.gauge.margin(m.margin(&d.located))
	v := Verdict{Kind: Unsure, Probability: logistic(margin)}
	v.Decided = v.Probability > m.decided(t.Decide)
	v.Untaught = v.Probability >= t.Spam && !m.experienced()
	switch {
	case v.Probability < t.Ham:
		v.Kind = Ham
	case v.Probability >= t.Spam && v.Decided && m.experienced():
		v.Kind = Spam
	}
	v.Reasons = r.reasons(m, v)
	d.spoken, d.causes = r.spoken, r.causes
	return v
}

// decided is the probability above which a message counts as spam: the more a verdict
// rests on examples from elsewhere, the surer it must be.
func (m *Model) decided(usual float64) float64 {
	const byExamples = 0.98
	if m.base == nil {
		return usual
	}
	return usual + float64(m.trust()*(byExamples-usual))
}

// experienced tells whether the community has decided often enough that its filter may
// refuse a message; the base alone never does.
func (m *Model) experienced() bool {
	const few = 10
	return m.labels[0] >= few && m.labels[1] >= few
}
