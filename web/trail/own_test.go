package trail_test

import (
	"path/filepath"
	"strings"
	"testing"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail"
)

// path is a private path of testdata with how it is drawn.
type path struct {
	name string
	own  trail.Own
	opts trail.Options
}

func TestOwnGolden(t *testing.T) {
	t.Parallel()
	for _, p := range paths(t) {
		checkGolden(t, filepath.Join("testdata", "own", p.name), trail.DrawOwn(p.own, p.opts))
		checkPath(t, p)
	}
}

func paths(t *testing.T) []path {
	t.Helper()
	files, err := filepath.Glob("testdata/own/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 12 {
		t.Fatalf("%d private paths in testdata, want at least 12", len(files))
	}
	var all []path
	for _, file := range files {
		all = append(all, readPath(t, file))
	}
	return all
}

func readPath(t testing.TB, file string) path {
	t.Helper()
	var stored struct {
		Today  partdate.Date  `json:"today"`
		Words  string         `json:"words"`
		Dir    string         `json:"dir"`
		Trail  trails.Trail   `json:"trail"`
		Curves []storedCurve  `json:"curves"`
		Found  []storedFound  `json:"found"`
		Forks  []trail.Fork   `json:"forks"`
		Review []trail.Review `json:"reviews"`
	}
	readJSON(t, file, &stored)
	own := trail.Own{Trail: stored.Trail, Forks: stored.Forks, Reviews: stored.Review}
	for _, c := range stored.Curves {
		own.Curves = append(own.Curves, c.curve())
	}
	for _, f := range stored.Found {
		own.Found = append(own.Found, trail.Found{Step: f.Step, From: f.From.First(), To: f.To.First(), Detected: f.Detected, Words: f.Words})
	}
	name := strings.TrimSuffix(filepath.Base(file), ".json")
	return path{name, own, trail.Options{
		AsOf:     stored.Today.First(),
		IDPrefix: name + "-",
		Dir:      stored.Dir,
		Words:    words(t, stored.Words),
	}}
}

type storedFound struct {
	Step     string        `json:"step"`
	From     partdate.Date `json:"from"`
	To       partdate.Date `json:"to"`
	Detected bool          `json:"detected"`
	Words    string        `json:"words"`
}

// storedCurve has its check-ins as days after the first.
type storedCurve struct {
	Step   string        `json:"step"`
	First  partdate.Date `json:"first"`
	Dots   [][2]float64  `json:"dots"`   // day, value
	Levels [][4]float64  `json:"levels"` // from day, to day, mean, margin
}

func (s storedCurve) curve() trail.Curve {
	c := trail.Curve{Step: s.Step}
	day := func(after float64) partdate.Days { return s.First.First() + partdate.Days(after) }
	for _, d := range s.Dots {
		c.Dots = append(c.Dots, trail.Dot{Day: day(d[0]), Value: d[1]})
	}
	for _, l := range s.Levels {
		c.Levels = append(c.Levels, trail.Level{From: day(l[0]), To: day(l[1]), Mean: l[2], Margin: l[3]})
	}
	return c
}

func BenchmarkDrawOwn(b *testing.B) {
	for _, name := range []string{"twenty-years", "many-changes", "five-decisions", "overlaps"} {
		p := readPath(b, filepath.Join("testdata", "own", name+".json"))
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				trail.DrawOwn(p.own, p.opts)
			}
		})
	}
	long := readPath(b, filepath.Join("testdata", "own", "twenty-years.json"))
	for i := range long.own.Trail.Steps {
		s := &long.own.Trail.Steps[i]
		for range trails.MaxLearned {
			s.Learned = append(s.Learned, strings.Repeat("learned something ", 8))
		}
	}
	busy := readPath(b, filepath.Join("testdata", "own", "five-decisions.json"))
	busy.own.Trail.Steps = append(long.own.Trail.Steps[30:], busy.own.Trail.Steps...)
	b.Run("fourteen steps", func(b *testing.B) {
		for b.Loop() {
			trail.DrawOwn(busy.own, busy.opts)
		}
	})
	for i := range long.own.Trail.Steps {
		s := &long.own.Trail.Steps[i]
		s.Title = strings.Repeat("word and ", trails.MaxStepTitle/9)
	}
	b.Run("forty long steps", func(b *testing.B) {
		for b.Loop() {
			trail.DrawOwn(long.own, long.opts)
		}
	})
}
