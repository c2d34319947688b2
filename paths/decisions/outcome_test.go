package decisions_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"waypost/internal/testkit/cases"
	"waypost/paths/decisions"
)

// some makes one of many decisions, with ties and must-haves.
func some(seed uint64) decisions.Decision {
	r := rand.New(rand.NewPCG(seed, 1))
	d := decisions.Decision{ID: fmt.Sprint("some ", seed)}
	criteria := []string{"learning", "goal", "happiness", "belonging", "workload", "pay", "doors", "home"}[:1+r.IntN(8)]
	for _, c := range criteria {
		if n := len(d.Ranks); n > 0 && r.IntN(3) == 0 {
			d.Ranks[n-1] = append(d.Ranks[n-1], c)
		} else {
			d.Ranks = append(d.Ranks, []string{c})
		}
	}
	for o := range 2 + r.IntN(5) {
		option := decisions.Option{Name: string(rune('a' + o)), Scores: map[string]decisions.Score{}}
		for _, c := range criteria {
			s := []float64{float64(r.IntN(9)), float64(r.IntN(9)), float64(r.IntN(9))}
			slices.Sort(s)
			option.Scores[c] = decisions.Score{Low: s[0], Likely: s[1], High: s[2]}
		}
		if o > 1 && r.IntN(5) == 0 {
			option.Fails = []string{"no nights"}
		}
		d.Options = append(d.Options, option)
	}
	return d
}

func drawn(t testing.TB, d decisions.Decision) map[string]decisions.Outcome {
	t.Helper()
	all, err := decisions.Outcomes(d)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]decisions.Outcome{}
	for _, o := range all {
		found[o.Name] = o
	}
	return found
}

func TestOutcomesHold(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		d := some(seed)
		was := drawn(t, d)
		sum := 0.0
		for name, o := range was {
			sum += o.ShareBest
			if !(o.Low <= o.Mean && o.Mean <= o.High && o.Low >= 0 && o.High <= 10 && o.Regret >= 0) {
				t.Errorf("%d: %s: %+v", seed, name, o)
			}
		}
		near(t, "the sum of shares", sum, 1, 1e-9)
		if again := drawn(t, d); !reflect.DeepEqual(again, was) {
			t.Errorf("%d: drawn twice, it differs: %+v, %+v", seed, was, again)
		}
		if other := drawn(t, decisions.Decision{ID: "other", Ranks: d.Ranks, Options: d.Options}); reflect.DeepEqual(other, was) {
			t.Errorf("%d: another id draws the same", seed)
		}

		turned := d
		turned.Options = slices.Clone(d.Options)
		slices.Reverse(turned.Options)
		turned.Ranks = nil
		for _, rank := range d.Ranks {
			rank = slices.Clone(rank)
			slices.Reverse(rank)
			turned.Ranks = append(turned.Ranks, rank)
		}
		if now := drawn(t, turned); !reflect.DeepEqual(now, was) {
			t.Errorf("%d: in another order it differs: %+v, %+v", seed, was, now)
		}

		better := d
		better.Options = slices.Clone(d.Options)
		raised := decisions.Option{Name: "a", Scores: map[string]decisions.Score{}}
		for c, s := range d.Options[0].Scores {
			raised.Scores[c] = decisions.Score{Low: s.Low + 1, Likely: s.Likely + 1, High: s.High + 1}
		}
		better.Options[0] = raised
		now := drawn(t, better)
		for name, o := range now {
			w := was[name]
			if name == "a" && (o.ShareBest < w.ShareBest || o.Mean <= w.Mean || o.Regret > w.Regret) {
				t.Errorf("%d: raised, it does worse: %+v, %+v", seed, w, o)
			}
			if name != "a" && (o.ShareBest > w.ShareBest || o.Mean != w.Mean || o.Regret < w.Regret) {
				t.Errorf("%d: %s does better when another is raised: %+v, %+v", seed, name, w, o)
			}
		}
	}
}

// slowly draws as the method is written down: exponentials sorted, a coin for the
// side of each score, every number of its own.
func slowly(d decisions.Decision, draws int) (mean, best map[string]float64) {
	r := rand.New(rand.NewPCG(1, 2))
	mean, best = map[string]float64{}, map[string]float64{}
	for range draws {
		var e []float64
		total := 0.0
		for _, rank := range d.Ranks {
			for range rank {
				e = append(e, r.ExpFloat64())
				total += e[len(e)-1]
			}
		}
		slices.SortFunc(e, func(a, b float64) int { return int(math.Copysign(1, b-a)) })
		weights := map[string]float64{}
		for _, rank := range d.Ranks {
			for i, at := range r.Perm(len(rank)) {
				weights[rank[i]] = e[at] / total
			}
			e = e[len(rank):]
		}
		leader, largest := "", -1.0
		for _, o := range d.Options {
			if len(o.Fails) > 0 {
				continue
			}
			v := 0.0
			for _, c := range slices.Concat(d.Ranks...) {
				s := o.Scores[c]
				z := math.Abs(r.NormFloat64())
				if r.IntN(2) == 0 {
					v += weights[c] * max(s.Likely-z*max(s.Likely-s.Low, 0.5)/0.6745, 0)
				} else {
					v += weights[c] * min(s.Likely+z*max(s.High-s.Likely, 0.5)/0.6745, 10)
				}
			}
			mean[o.Name] += v / float64(draws)
			if v > largest {
				leader, largest = o.Name, v
			}
		}
		best[leader] += 1 / float64(draws)
	}
	return mean, best
}

func TestOutcomesSlowly(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		d := some(100 + seed)
		mean, best := slowly(d, 20_000)
		for name, o := range drawn(t, d) {
			near(t, "the mean", o.Mean, mean[name], 0.06)
			near(t, "the share best", o.ShareBest, best[name], 0.02)
		}
	}
}

// TestReference holds outcomes against those that another implementation drew
// 400,000 times.
func TestReference(t *testing.T) {
	t.Parallel()
	folders := []string{"testdata"}
	if outside, ok := cases.Dir(t, "fixtures/path/decisions"); ok {
		folders = append(folders, outside)
	}
	count := make([]int, 2)
	for i, folder := range folders {
		text, err := os.ReadFile(filepath.Join(folder, "reference.json"))
		if err != nil {
			t.Fatal(err)
		}
		var all []json.RawMessage
		if err := json.Unmarshal(text, &all); err != nil {
			t.Fatal(err)
		}
		count[i] = len(all)
		for _, one := range all {
			againstReference(t, one)
		}
	}
	cases.Count(t, count[0], count[1])
}

func againstReference(t *testing.T, one []byte) {
	t.Helper()
	d, err := decisions.Parse(one)
	if err != nil {
		t.Fatal(err)
	}
	var reference struct {
		Weights map[string]float64 `json:"central_weights"`
		Want    struct {
			Best   map[string]float64    `json:"p_best"`
			Range  map[string][2]float64 `json:"value_80"`
			Mean   map[string]float64    `json:"value_mean"`
			Regret map[string]float64    `json:"expected_regret"`
			Likely map[string]float64    `json:"value_at_likely_central_weights"`
		} `json:"expected"`
	}
	if err := json.Unmarshal(one, &reference); err != nil {
		t.Fatal(err)
	}
	weights, err := decisions.CentralWeights(d)
	if err != nil || len(weights) != len(reference.Weights) {
		t.Fatalf("%s: %v, %v", d.ID, weights, err)
	}
	for c, w := range weights {
		near(t, d.ID+": the weight of "+c, w, reference.Weights[c], 1e-4)
	}
	outcomes := drawn(t, d)
	if len(outcomes) != len(reference.Want.Best) {
		t.Errorf("%s: %d options count, want %d", d.ID, len(outcomes), len(reference.Want.Best))
	}
	for name, o := range outcomes {
		what, want := d.ID+": "+name+": ", reference.Want
		near(t, what+"the share best", o.ShareBest, want.Best[name], 0.02)
		near(t, what+"low", o.Low, want.Range[name][0], 0.05)
		near(t, what+"high", o.High, want.Range[name][1], 0.05)
		near(t, what+"the mean", o.Mean, want.Mean[name], 0.05)
		near(t, what+"the regret", o.Regret, want.Regret[name], 0.03)
		near(t, what+"the likely value", o.Likely, want.Likely[name], 1e-4)
	}
}
