package checkins_test

import (
	"math"
	"strings"
	"testing"

	"waypost/internal/partdate"
	"waypost/paths/checkins"
)

// alike are monthly check-ins that answer every item with the same.
func alike(answers ...int) []checkins.CheckIn {
	var all []checkins.CheckIn
	for i, a := range answers {
		c := checkins.CheckIn{Day: partdate.Days(20_000 + 30*i)}
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

// TestPoints: of seven items at 3 and then 5, pay skipped the second time, six have
// a mean of 4 and pay one of 3, so that all means have one of 27/7.
func TestPoints(t *testing.T) {
	t.Parallel()
	all := alike(3, 5)
	all[1].Answers[checkins.Pay] = checkins.Skipped
	points := checkins.Overall.Points(all)
	if len(points) != 2 {
		t.Fatalf("points %+v", points)
	}
	near(t, "the first", points[0].Value, 3)
	near(t, "the second", points[1].Value, 1+27.0/7)
	all[1].Answers[checkins.Goal], all[1].Answers[checkins.Workload] = checkins.Skipped, checkins.Skipped
	if points := checkins.Overall.Points(all); len(points) != 1 {
		t.Errorf("four answers make a point: %+v", points)
	}
	if points := checkins.LearningAndGrowth.Points(all); len(points) != 2 || points[1].Value != 5 {
		t.Errorf("learning and growth: %+v", points)
	}
	all[0].Answers[checkins.Growth], all[1].Answers[checkins.Growth] = checkins.Skipped, checkins.Skipped
	if points := checkins.LearningAndGrowth.Points(all); len(points) != 2 || points[0].Value != 3 {
		t.Errorf("learning alone: %+v", points)
	}
	if points := checkins.NoCurve.Points(all); points != nil {
		t.Errorf("no curve has points: %+v", points)
	}
	if points := checkins.Overall.Points(make([]checkins.CheckIn, 3)); points != nil {
		t.Errorf("nothing answered has points: %+v", points)
	}
}

// TestLevels: 3, 4, 5 about 4 leave 2, so s² = (4·0.25 + 2)/(4 + 3 − 2) = 0.6.
func TestLevels(t *testing.T) {
	t.Parallel()
	levels, err := checkins.Overall.Levels(alike(3, 4, 5), nil)
	if err != nil || len(levels) != 1 {
		t.Fatalf("levels %+v, %v", levels, err)
	}
	near(t, "the mean", levels[0].Mean, 4)
	near(t, "the margin", levels[0].Margin, 1.645*1.22*math.Sqrt(0.6)/math.Sqrt(3))
	near(t, "the spread of learning", checkins.LearningAndGrowth.Spread(checkins.LearningAndGrowth.Points(alike(3, 4, 5))), math.Sqrt((4*0.65*0.65+2)/5))

	levels, err = checkins.Overall.Levels(alike(4, 4, 4, 2, 2), []int{3})
	if err != nil || len(levels) != 2 {
		t.Fatalf("levels %+v, %v", levels, err)
	}
	if l := levels[1]; l.From != 3 || l.To != 4 || l.Points != 2 || l.Margin != 0 {
		t.Errorf("two points have no band: %+v", l)
	}
	near(t, "the second mean", levels[1].Mean, 2)
	for _, starts := range [][]int{{0}, {5}, {3, 3}, {-1}} {
		if _, err := checkins.Overall.Levels(alike(4, 4, 4, 2, 2), starts); err == nil {
			t.Errorf("changes at %v are taken", starts)
		}
	}
	if levels, err := checkins.Overall.Levels(nil, nil); err != nil || len(levels) != 0 {
		t.Errorf("nothing has levels: %+v, %v", levels, err)
	}
}

// TestLatest: 4, 4 and then 3, 3, 3 leave nothing, so s² = 4·0.25/(4 + 5 − 2) = 1/7.
func TestLatest(t *testing.T) {
	t.Parallel()
	l, ok, err := checkins.Overall.Latest(alike(4, 4, 3, 3, 3))
	if err != nil || !ok {
		t.Fatalf("%v, %v", ok, err)
	}
	margin := 1.645 * 1.22 * math.Sqrt(1.0/7) * math.Sqrt(1.0/3+1.0/2)
	near(t, "the last", l.Last, 3)
	near(t, "before", l.Before, 4)
	near(t, "low", l.Low, -1-margin)
	near(t, "high", l.High, -1+margin)
	if !l.Clear() {
		t.Error("the difference is not clear")
	}
	if l, _, _ := checkins.Overall.Latest(alike(4, 3, 4, 3, 4)); l.Clear() {
		t.Errorf("up and down is clear: %+v", l)
	}
	if _, ok, _ := checkins.Overall.Latest(alike(4, 4, 3, 3)); ok {
		t.Error("four points are compared")
	}
	if _, _, err := checkins.Overall.Latest(alike(9)); err == nil {
		t.Error("an answer of 9 is taken")
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	twice := alike(3, 3)
	twice[1].Day = twice[0].Day
	for what, all := range map[string][]checkins.CheckIn{
		"check-in 2, on 2024-10-04, does not come after": twice,
		"check-in 1 answers 6 to learning":               alike(6),
		"check-in 1 answers -1 to learning":              alike(-1),
		"4001 check-ins on one step; at most 4000":       make([]checkins.CheckIn, checkins.Most+1),
		"is on no day": {{Day: 1 << 40}},
	} {
		if err := checkins.Check(all); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%v, want %q", err, what)
		}
	}
}

var seeds = []string{
	`{"id":1,"cadence_days":30,"checkins":[{"date":"2026-05-01","learning":4,"growth":null,"belonging":3,"workload":2,"pay":1,"happiness":5,"goal":4}]}`,
	`{"checkins":[]}`,
	`{"checkins":[{"date":"2026-05"}]}`,
	`{"checkins":[{"date":"2026-05-01","learning":0}]}`,
	`{"checkins":[{"date":"2026-05-01","learning":1e99}]}`,
	`{"checkins":[{"date":"2026-05-02"},{"date":"2026-05-01"}]}`,
	`{"checkins":[{"date":"2026-05-01","hapiness":3}]}`,
	`{"checkins":null}`, `[]`, `null`, ``, `{} {}`,
}

func TestParse(t *testing.T) {
	t.Parallel()
	for i, want := range []string{"", "", "no \"date\" that is a day", "answers 0 to learning", "not check-ins as JSON", "does not come after",
		"unknown field \"hapiness\"", "a list named", "not check-ins", "a list named", "not check-ins", "something follows"} {
		all, err := checkins.Parse([]byte(seeds[i]))
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", seeds[i], err)
		case want != "" && (err == nil || all != nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, %v; want %q", seeds[i], all, err, want)
		}
	}
	all, _ := checkins.Parse([]byte(seeds[0]))
	if all[0].Day.Date().String() != "2026-05-01" || all[0].Answers != (checkins.Answers{4, 0, 3, 2, 1, 5, 4}) {
		t.Errorf("read as %+v", all)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		all, err := checkins.Parse(in)
		if err != nil {
			return
		}
		for _, c := range []checkins.Curve{checkins.Overall, checkins.LearningAndGrowth} {
			for _, p := range c.Points(all) {
				if !(p.Value > -5 && p.Value < 11) {
					t.Fatalf("point %+v", p)
				}
			}
			if _, err := c.Levels(all, nil); err != nil {
				t.Fatal(err)
			}
			if _, _, err := c.Latest(all); err != nil {
				t.Fatal(err)
			}
		}
	})
}
