package decisions_test

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"waypost/paths/decisions"
)

func exactly(x float64) decisions.Score { return decisions.Score{Low: x, Likely: x, High: x} }

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %.5f, want %.5f", what, got, want)
	}
}

// small has weights of 0.75 and 0.25, so that going has a value of 6.5 and staying
// one of 6.
func small() decisions.Decision {
	return decisions.Decision{ID: "small", Ranks: [][]string{{"learning"}, {"pay"}}, Options: []decisions.Option{
		{Name: "stay", Scores: map[string]decisions.Score{"learning": exactly(5), "pay": {Low: 8, Likely: 9, High: 10}}},
		{Name: "go", Scores: map[string]decisions.Score{"learning": {Low: 7, Likely: 8, High: 8}, "pay": exactly(2)}, Unknown: []string{"no nights"}},
	}}
}

func TestCentralWeights(t *testing.T) {
	t.Parallel()
	d := small()
	d.Ranks = [][]string{{"learning"}, {"pay", "goal"}}
	for i := range d.Options {
		d.Options[i].Scores["goal"] = exactly(1)
	}
	w, err := decisions.CentralWeights(d)
	if err != nil || len(w) != 3 {
		t.Fatalf("%v, %v", w, err)
	}
	near(t, "learning", w["learning"], (1+1.0/2+1.0/3)/3, 1e-12)
	near(t, "pay", w["pay"], ((1.0/2+1.0/3)/3+(1.0/3)/3)/2, 1e-12)
	near(t, "goal", w["goal"], w["pay"], 0)
}

func TestWouldChange(t *testing.T) {
	t.Parallel()
	got, err := decisions.WouldChange(small())
	if err != nil || got.Leader != "go" || len(got.Shifts) != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, want := range []decisions.Shift{
		{Against: "stay", Option: "go", Criterion: "learning", From: 8, To: 8 - 0.5/0.75},
		{Against: "stay", Option: "stay", Criterion: "learning", From: 5, To: 5 + 0.5/0.75},
		{Against: "stay", Option: "go", Criterion: "pay", From: 2, To: 0}, // stay's pay would pass 10
	} {
		s := got.Shifts[i]
		near(t, s.Criterion, s.To, want.To, 1e-9)
		if s.To = want.To; s != want {
			t.Errorf("shift %d: %+v, want %+v", i, s, want)
		}
	}
	if want := []decisions.Swap{{Down: "learning", Up: "pay", Leader: "stay"}}; !reflect.DeepEqual(got.Swaps, want) {
		t.Errorf("swaps %+v, want %+v", got.Swaps, want)
	}
	level := small()
	level.Options[1].Scores = level.Options[0].Scores
	if got, err := decisions.WouldChange(level); err != nil || got.Leader != "go" || len(got.Shifts)+len(got.Swaps) != 0 {
		t.Errorf("of equals: %+v, %v", got, err)
	}
}

func TestFindOut(t *testing.T) {
	t.Parallel()
	got, err := decisions.FindOut(small())
	if err != nil || len(got) != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	want := []decisions.Question{
		{Option: "go", MustHave: "no nights"},
		{Option: "go", Criterion: "learning", Low: 5.75, High: 6.5, LeaderLow: "stay", LeaderHigh: "go", Turns: true},
		{Option: "stay", Criterion: "pay", Low: 5.75, High: 6.25, LeaderLow: "go", LeaderHigh: "go"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestNowAgainstLater: three months at nothing and nine at 1,500 instead of twelve at
// 2,000, and 600 at once, cost 11,100; the twelve months left of 24 repay it by 925.
func TestNowAgainstLater(t *testing.T) {
	t.Parallel()
	phases := []decisions.Phase{{Months: 3}, {Months: 9, Pay: 150_000}}
	got, err := decisions.NowAgainstLater(200_000, phases, 60_000, 24)
	if want := (decisions.Later{Months: 12, Cost: 1_110_000, Rise: 92_500, Repays: true}); err != nil || got != want {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	if got, _ := decisions.NowAgainstLater(200_000, phases, 60_001, 24); got.Rise != 92_501 {
		t.Errorf("the rise is not rounded up: %+v", got)
	}
	if got, _ := decisions.NowAgainstLater(0, phases, 0, 24); got.Cost != -1_350_000 || got.Rise != -112_500 {
		t.Errorf("what earns more: %+v", got)
	}
	if got, err := decisions.NowAgainstLater(200_000, phases, 0, 12); err != nil || got.Repays || got.Rise != 0 {
		t.Errorf("nothing is left of the horizon: %+v, %v", got, err)
	}
	for _, wrong := range []struct {
		pay, oneOff int64
		months      int
		horizon     int
	}{{math.MaxInt64, 0, 1, 24}, {0, math.MinInt64, 1, 24}, {0, 0, -1, 24}, {0, 0, math.MaxInt, 24}, {0, 0, 1, 0}, {0, 0, 1, 601}} {
		if got, err := decisions.NowAgainstLater(wrong.pay, []decisions.Phase{{Months: 1}, {Months: wrong.months}}, wrong.oneOff, wrong.horizon); err == nil {
			t.Errorf("%+v is taken: %+v", wrong, got)
		}
	}
	if _, err := decisions.NowAgainstLater(0, []decisions.Phase{{Months: 1, Pay: math.MinInt64}}, 0, 24); err == nil {
		t.Error("a pay beyond all is taken")
	}
}

func TestWord(t *testing.T) {
	t.Parallel()
	of := func(share, regret float64) decisions.Outcome {
		return decisions.Outcome{Name: "a", ShareBest: share, Regret: regret}
	}
	rest := decisions.Outcome{Name: "b", ShareBest: 0.05, Regret: 1}
	for _, c := range []struct {
		best decisions.Outcome
		want decisions.Wording
	}{
		{of(0.9, 0.1), decisions.Clear}, {of(0.899, 0.1), decisions.LeansTo}, {of(0.7, 0.1), decisions.LeansTo},
		{of(0.699, 0.1), decisions.CloseCall}, {of(0.95, 0.71), decisions.CloseCall}, {of(0.95, 0.69), decisions.Clear},
	} {
		if name, got := decisions.Word([]decisions.Outcome{rest, c.best}); name != "a" || got != c.want {
			t.Errorf("%+v: %s, %d, want %d", c.best, name, got, c.want)
		}
	}
	if name, got := decisions.Word([]decisions.Outcome{of(1, 0)}); name != "a" || got != decisions.Clear {
		t.Errorf("one option: %s, %d", name, got)
	}
	if name, got := decisions.Word(nil); name != "" || got != decisions.CloseCall {
		t.Errorf("none: %s, %d", name, got)
	}
	for share, want := range map[float64]int{0: 0, 0.024: 0, 0.026: 5, 0.92: 90, 0.976: 100, 1: 100} {
		if got := decisions.Percent(share); got != want {
			t.Errorf("%v is shown as %d, want %d", share, got, want)
		}
	}
}

func TestMustHaves(t *testing.T) {
	t.Parallel()
	d := small()
	d.Options[1].Fails = []string{"no nights"}
	outcomes, err := decisions.Outcomes(d)
	if err != nil || len(outcomes) != 1 || outcomes[0].Name != "stay" || outcomes[0].ShareBest != 1 || outcomes[0].Regret != 0 {
		t.Errorf("%+v, %v", outcomes, err)
	}
	d.Options[0].Fails = []string{"no nights"}
	_, drawn := decisions.Outcomes(d)
	_, turned := decisions.WouldChange(d)
	_, asked := decisions.FindOut(d)
	for _, err := range []error{drawn, turned, asked} {
		if !errors.Is(err, decisions.ErrNoneCounts) {
			t.Errorf("no option counts: %v", err)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*decisions.Decision){
		"no id":                         func(d *decisions.Decision) { d.ID = "" },
		"0 criteria":                    func(d *decisions.Decision) { d.Ranks = nil },
		"rank 2 has no criterion":       func(d *decisions.Decision) { d.Ranks = [][]string{{"learning", "pay"}, {}} },
		"9 criteria":                    func(d *decisions.Decision) { d.Ranks = [][]string{strings.Split("a b c d e f g h i", " ")} },
		`"pay" is ranked twice`:         func(d *decisions.Decision) { d.Ranks = [][]string{{"pay"}, {"pay"}} },
		"a criterion has no name":       func(d *decisions.Decision) { d.Ranks = [][]string{{""}} },
		"1 options":                     func(d *decisions.Decision) { d.Options = d.Options[:1] },
		"option 2 needs a name":         func(d *decisions.Decision) { d.Options[1].Name = "stay" },
		`no score for "goal"`:           func(d *decisions.Decision) { d.Ranks = append(d.Ranks, []string{"goal"}) },
		"what is no criterion":          func(d *decisions.Decision) { d.Ranks = d.Ranks[:1] },
		`option "go": the score for`:    func(d *decisions.Decision) { d.Options[1].Scores["pay"] = exactly(math.NaN()) },
		"is 11, 11, 11":                 func(d *decisions.Decision) { d.Options[1].Scores["pay"] = exactly(11) },
		"is 3, 2, 4; it is 0 ≤ low ≤":   func(d *decisions.Decision) { d.Options[1].Scores["pay"] = decisions.Score{Low: 3, Likely: 2, High: 4} },
		"is -1, 2, 4; it is 0 ≤ low ≤ ": func(d *decisions.Decision) { d.Options[1].Scores["pay"] = decisions.Score{Low: -1, Likely: 2, High: 4} },
	} {
		d := small()
		spoil(&d)
		_, err := decisions.Outcomes(d)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		if _, err := decisions.CentralWeights(d); err == nil {
			t.Errorf("weights although %q", want)
		}
	}
}

const written = `{"id":7,"criteria_rank_groups":[["a"],["b"]],"options":[{"name":"x","scores":{"a":[1,2,3],"b":[4,5,6]},"unknown_must_have":["m"]},{"name":"y","scores":{"a":[1,2,3],"b":[4,5,6]},"fails_must_have":["m"]}],"reference_draws":1}`

func TestParse(t *testing.T) {
	t.Parallel()
	d, err := decisions.Parse([]byte(written))
	if err != nil || d.ID != "7" || d.Options[1].Counts() || !d.Options[0].Counts() || d.Options[0].Scores["b"] != (decisions.Score{Low: 4, Likely: 5, High: 6}) {
		t.Errorf("%+v, %v", d, err)
	}
	if d, err := decisions.Parse([]byte(strings.Replace(written, "7", `"seven"`, 1))); err != nil || d.ID != "seven" {
		t.Errorf("%+v, %v", d, err)
	}
	for old, broken := range map[string][2]string{
		`"id":7,`:      {"", `"id" is a string or a number`},
		`"id":7`:       {`"id":null`, "no id"},
		`7`:            {"[7]", `"id" is a string or a number`},
		`"a":[1,2,3]`:  {`"a":[1,2]`, `option "x": the score for "a" is not low, likely and high`},
		`fails_`:       {`fail_`, "unknown field"},
		`"name":"x"`:   {`"name":"y"`, "option 2 needs a name of its own"},
		`draws":1}`:    {`draws":1}{}`, "something follows"},
		`"options":[{`: {`"options":[`, "not a decision as JSON"},
	} {
		if _, err := decisions.Parse([]byte(strings.Replace(written, old, broken[0], 1))); err == nil || !strings.Contains(err.Error(), broken[1]) {
			t.Errorf("%s for %s: %v, want %q", broken[0], old, err, broken[1])
		}
	}
}

// FuzzParse reads whatever somebody may send, and asks all of it but the draws.
func FuzzParse(f *testing.F) {
	f.Add([]byte(written))
	f.Add([]byte(strings.Replace(written, "[1,2,3]", "[0,0,1e-300]", 2)))
	f.Add([]byte(strings.Replace(written, "fails", "unknown", 1)))
	for _, text := range []string{``, `null`, `{"id":"","options":null}`, `{"id":1,"criteria_rank_groups":[[]]}`, `{"id":1e999}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		d, err := decisions.Parse(in)
		if err != nil {
			return
		}
		weights, err := decisions.CentralWeights(d)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, w := range weights {
			sum += w
		}
		near(t, "the sum of the weights", sum, 1, 1e-9)
		turns, err := decisions.WouldChange(d)
		if err != nil && !errors.Is(err, decisions.ErrNoneCounts) {
			t.Fatal(err)
		}
		for _, s := range turns.Shifts {
			if !(s.To >= 0 && s.To <= 10) {
				t.Fatalf("shift %+v", s)
			}
		}
		if _, err := decisions.FindOut(d); err != nil && !errors.Is(err, decisions.ErrNoneCounts) {
			t.Fatal(err)
		}
	})
}
