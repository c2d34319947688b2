package changes_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"waypost/internal/partdate"
	"waypost/paths/changes"
	"waypost/paths/checkins"
)

// alike are check-ins, so many days apart, that answer every item with the same.
func alike(days int, answers ...int) []checkins.CheckIn {
	var all []checkins.CheckIn
	for i, a := range answers {
		c := checkins.CheckIn{Day: partdate.Days(20_000 + days*i)}
		for item := range c.Answers {
			c.Answers[item] = a
		}
		all = append(all, c)
	}
	return all
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 5e-5 {
		t.Errorf("%s is %.5f, want %.5f", what, got, want)
	}
}

// TestLook: four times 4 and three times 3 leave nothing, so s² = 4·0.25/(4 + 5)
// and T = 3/√(1/4 + 1/3).
func TestLook(t *testing.T) {
	t.Parallel()
	all := alike(30, 4, 4, 4, 4, 3, 3, 3)
	f, err := changes.Look(all)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "the statistic", f.Statistic, 3/math.Sqrt(7.0/12))
	near(t, "possible from", f.Limits.Possible, 3.27+0.72*math.Log(365.0/30/12))
	near(t, "detected from", f.Limits.Detected, 4.14+0.60*math.Log(365.0/30/12))
	if !f.Possible() || f.Detected() || f.Curve != checkins.Overall || f.Window != 0 || f.Split != 4 {
		t.Errorf("found %+v", f)
	}
	near(t, "before", f.Before, 4)
	near(t, "after", f.After, 3)
	from, to, ok := f.Around(all)
	if !ok || from != all[3].Day || to != all[5].Day {
		t.Errorf("around %d to %d, %v", from, to, ok)
	}
	for what, all := range map[string][]checkins.CheckIn{
		"six":      alike(30, 5, 5, 5, 5, 1, 1),
		"the same": alike(30, 3, 3, 3, 3, 3, 3, 3, 3),
		"nothing":  nil,
		"skipped":  alike(30, 0, 0, 0, 0, 0, 0, 0, 0),
	} {
		f, err := changes.Look(all)
		if err != nil || f.Statistic != 0 || f.Curve != checkins.NoCurve || f.Possible() {
			t.Errorf("%s: %+v, %v", what, f, err)
		}
		if _, _, ok := f.Around(all); ok {
			t.Errorf("%s: around something", what)
		}
	}
	if _, err := changes.Look(alike(0, 3, 3)); err == nil {
		t.Error("two check-ins on one day are taken")
	}
	if _, err := changes.Walk(alike(0, 3, 3)); err == nil {
		t.Error("two check-ins on one day are walked")
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	for rate, detected := range map[float64]float64{
		12: 4.14, 52: 4.14 + 0.6*math.Log(52.0/12), 365: 4.14 + 0.6*math.Log(52.0/12), 6: 4.14 - 0.6*math.Ln2,
		0: 4.14 - 0.6*math.Ln2, -1: 4.14 - 0.6*math.Ln2, math.Inf(1): 4.14 + 0.6*math.Log(52.0/12),
	} {
		near(t, "detected", changes.LimitsAt(rate).Detected, detected)
	}
	near(t, "of no number", changes.LimitsAt(math.NaN()).Possible, 3.27)
}

func TestMoves(t *testing.T) {
	t.Parallel()
	all := alike(30, 4, 4, 4, 4, 4, 4)
	for i := 3; i < 6; i++ {
		all[i].Answers[checkins.Learning] = 2
		all[i].Answers[checkins.Goal] = 5
		all[i].Answers[checkins.Pay] = checkins.Skipped
	}
	moves, err := changes.Moves(all[:3], all[3:])
	if err != nil || len(moves) != 6 {
		t.Fatalf("%+v, %v", moves, err)
	}
	if moves[0] != (changes.Move{Item: checkins.Learning, Before: 4, After: 2}) || moves[1].Item != checkins.Goal || moves[2].Item != checkins.Growth {
		t.Errorf("moves %+v", moves)
	}
	if moves, err := changes.Moves(nil, all); err != nil || len(moves) != 0 {
		t.Errorf("after nothing: %+v, %v", moves, err)
	}
	if _, err := changes.Moves(alike(30, 7), all); err == nil {
		t.Error("an answer of 7 is taken")
	}
}

// answered draws check-ins with gaps and skipped items.
func answered(t *rapid.T) []checkins.CheckIn {
	gaps := rapid.SliceOfN(rapid.IntRange(1, 60), 0, 50).Draw(t, "gaps")
	day := partdate.Days(20_000)
	var all []checkins.CheckIn
	for _, g := range gaps {
		day += partdate.Days(g)
		c := checkins.CheckIn{Day: day}
		for item, a := range rapid.SliceOfN(rapid.IntRange(0, 5), checkins.Items, checkins.Items).Draw(t, "answers") {
			c.Answers[item] = a
		}
		all = append(all, c)
	}
	return all
}

// slowly finds the statistic by sums over the answers, without the functions that
// Look stands on, and whether a split is so near to half an answer that rounding
// decides whether it counts.
func slowly(all []checkins.CheckIn) (largest float64, edge bool) {
	for _, curve := range []struct {
		items, least int
		usual        float64
	}{{7, 5, 0.5}, {2, 1, 0.65}} {
		var points []float64
		for _, c := range all {
			sum, n, centre, known := 0.0, 0, 0.0, 0
			for item := range curve.items {
				total, times := 0, 0
				for _, other := range all {
					if a := other.Answers[item]; a > 0 {
						total, times = total+a, times+1
					}
				}
				if times == 0 {
					continue
				}
				m := float64(total) / float64(times)
				centre, known = centre+m, known+1
				if a := c.Answers[item]; a > 0 {
					sum, n = sum+float64(a)-m, n+1
				}
			}
			if n >= curve.least {
				points = append(points, sum/float64(n)+centre/float64(known))
			}
		}
		if len(points) > 36 {
			points = points[len(points)-36:]
		}
		n := len(points)
		for after := 3; after <= n-4; after++ {
			var sum, squares, count [2]float64
			for i, p := range points {
				side := 0
				if i >= n-after {
					side = 1
				}
				sum[side], squares[side], count[side] = sum[side]+p, squares[side]+p*p, count[side]+1
			}
			a, b := sum[0]/count[0], sum[1]/count[1]
			within := squares[0] - sum[0]*a + squares[1] - sum[1]*b
			s := math.Sqrt((4*curve.usual*curve.usual + within) / (4 + count[0] + count[1] - 2))
			move := math.Abs(b - a)
			edge = edge || math.Abs(move-0.5) < 1e-9
			if move >= 0.5 {
				largest = max(largest, move/(s*math.Sqrt(1/count[0]+1/count[1])))
			}
		}
	}
	return largest, edge
}

func TestProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := answered(t)
		f, err := changes.Look(all)
		if err != nil {
			t.Fatal(err)
		}
		slow, edge := slowly(all)
		if !edge && math.Abs(slow-f.Statistic) > 1e-9 {
			t.Fatalf("statistic %v, slowly %v", f.Statistic, slow)
		}
		if f.Detected() && !f.Possible() {
			t.Fatalf("detected but not possible: %+v", f)
		}
		found, err := changes.Walk(all)
		if err != nil || len(found) != len(all) || len(all) > 0 && found[len(all)-1] != f {
			t.Fatalf("the walk ends with other than the look: %v", err)
		}
		mirrored := append([]checkins.CheckIn(nil), all...)
		for i := range mirrored {
			mirrored[i].Day += 1000
			for item, a := range mirrored[i].Answers {
				if a != checkins.Skipped {
					mirrored[i].Answers[item] = 6 - a
				}
			}
		}
		if m, _ := changes.Look(mirrored); !edge && math.Abs(m.Statistic-f.Statistic) > 1e-9 {
			t.Fatalf("statistic %v, mirrored and later %v", f.Statistic, m.Statistic)
		}
	})
}

// TestFartherIsSurer lets the same series fall farther.
func TestFartherIsSurer(t *testing.T) {
	t.Parallel()
	before := 0.0
	for fall := range 4 {
		f, err := changes.Look(alike(30, 5, 4, 5, 4, 5, 5-fall, 4-fall+fall/3, 5-fall))
		if err != nil || f.Statistic < before {
			t.Errorf("a fall of %d: %v after %v, %v", fall, f.Statistic, before, err)
		}
		before = f.Statistic
	}
}

// FuzzWalk looks at whatever somebody may send.
func FuzzWalk(f *testing.F) {
	f.Add([]byte(`{"checkins":[{"date":"2026-05-01","learning":4},{"date":"2026-05-08","learning":1}]}`))
	f.Add([]byte(`{"checkins":[{"date":"0001-01-01"},{"date":"9999-12-31","pay":5}]}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		all, err := checkins.Parse(in)
		if err != nil {
			return
		}
		found, err := changes.Walk(all)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range found {
			if !(at.Statistic >= 0) || math.IsInf(at.Statistic, 0) || at.Split >= len(all) || at.Window > at.Split {
				t.Fatalf("found %+v", at)
			}
		}
	})
}
