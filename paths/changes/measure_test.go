package changes_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"waypost/internal/testkit/cases"
	"waypost/paths/changes"
	"waypost/paths/checkins"
)

// series is one simulated member: what they answered, and what happened.
type series struct {
	ID    int    `json:"id"`
	Kind  string `json:"kind"`
	At    *int   `json:"change_index"` // of the first check-in after the change
	all   []checkins.CheckIn
	found []changes.Finding
}

// folders are where cases lie: the project's own and those outside it.
func folders(t testing.TB) []string {
	t.Helper()
	all := []string{"testdata"}
	if outside, ok := cases.Dir(t, "fixtures/path/checkins"); ok {
		all = append(all, outside)
	}
	return all
}

// lines calls do for each line of a file.
func lines(t testing.TB, name string, do func(line []byte)) {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		do(in.Bytes())
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
}

// read reads all series of a folder and walks them.
func read(t testing.TB, folder string) map[int]*series {
	t.Helper()
	all := map[int]*series{}
	lines(t, filepath.Join(folder, "truth.jsonl"), func(line []byte) {
		var s series
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatal(err)
		}
		all[s.ID] = &s
	})
	lines(t, filepath.Join(folder, "series.jsonl"), func(line []byte) {
		var named struct{ ID int }
		if err := json.Unmarshal(line, &named); err != nil {
			t.Fatal(err)
		}
		answered, err := checkins.Parse(line)
		if err != nil {
			t.Fatalf("series %d: %v", named.ID, err)
		}
		found, err := changes.Walk(answered)
		if err != nil {
			t.Fatalf("series %d: %v", named.ID, err)
		}
		all[named.ID].all, all[named.ID].found = answered, found
	})
	return all
}

// TestReference holds every look against those of an independent implementation.
func TestReference(t *testing.T) {
	t.Parallel()
	var looks []int
	for _, folder := range folders(t) {
		all := read(t, folder)
		text, err := os.ReadFile(filepath.Join(folder, "reference.json"))
		if err != nil {
			t.Fatal(err)
		}
		var reference []struct {
			ID    int
			Steps []struct {
				Date               string
				Statistic          float64
				Split              *string `json:"split_date"`
				Series             *string
				Detected, Possible bool
				Detection          float64 `json:"threshold_detected"`
				Mark               float64 `json:"threshold_possible"`
			}
		}
		if err := json.Unmarshal(text, &reference); err != nil {
			t.Fatal(err)
		}
		looks = append(looks, 0)
		for _, r := range reference {
			s := all[r.ID]
			if len(s.found) != len(r.Steps) {
				t.Fatalf("series %d has %d looks, want %d", r.ID, len(s.found), len(r.Steps))
			}
			for i, want := range r.Steps {
				looks[len(looks)-1]++
				f := s.found[i]
				split, curve := "", ""
				if want.Split != nil {
					split, curve = *want.Split, *want.Series
				}
				got := ""
				if f.Curve != checkins.NoCurve {
					got = s.all[f.Split].Day.Date().String()
				}
				off := max(math.Abs(f.Statistic-want.Statistic), math.Abs(f.Limits.Detected-want.Detection), math.Abs(f.Limits.Possible-want.Mark))
				if off > 1e-3 || got != split || f.Curve.String() != curve || f.Detected() != want.Detected || f.Possible() != want.Possible {
					t.Errorf("series %d, %s: %+v, split %s; want %+v", r.ID, want.Date, f, got, want)
				}
			}
		}
	}
	cases.Count(t, looks[0], sum(looks[1:]))
}

func sum(all []int) int {
	total := 0
	for _, n := range all {
		total += n
	}
	return total
}

// measured counts what became of the series of a folder.
type measured struct {
	members, alarms int // of those without a change
	years           float64

	changed, within, found, near map[string]int // by kind of change
}

// measure counts members without a change whom a detection ever told of one, and
// their years; and of changes how many are detected at one of the first eight
// check-ins after them, how many at all, and how many then split the series at
// most one check-in beside the truth.
func measure(all map[int]*series) measured {
	m := measured{changed: map[string]int{}, within: map[string]int{}, found: map[string]int{}, near: map[string]int{}}
	for _, s := range all {
		if s.At == nil {
			m.members++
			m.years += float64(s.all[len(s.all)-1].Day-s.all[0].Day) / 365
			for _, f := range s.found {
				if f.Detected() {
					m.alarms++
					break
				}
			}
			continue
		}
		m.changed[s.Kind]++
		within := false
		for i := *s.At; i < len(s.found); i++ {
			f := s.found[i]
			if !f.Detected() {
				continue
			}
			within = i < *s.At+8
			m.found[s.Kind]++
			if off := f.Split - *s.At; off >= -1 && off <= 1 {
				m.near[s.Kind]++
			}
			break
		}
		if within {
			m.within[s.Kind]++
		}
	}
	return m
}

func share(part, whole int) float64 { return float64(part) / float64(max(1, whole)) }

// TestFindsChanges holds the promises: at most 0.07 false detections a year, full
// drops found within eight check-ins in 65 of a hundred, and split within one
// check-in in 75.
func TestFindsChanges(t *testing.T) {
	t.Parallel()
	dirs := folders(t)
	for i, folder := range dirs {
		all := read(t, folder)
		m := measure(all)
		t.Logf("%d series: %.3f false detections a year, %.2f of full drops within eight, %.2f of those found split within one", len(all),
			float64(m.alarms)/m.years, share(m.within["step"], m.changed["step"]), share(m.near["step"], m.found["step"]))
		if i == 0 {
			continue // too few to judge by
		}
		if float64(m.alarms)/m.years > 0.07 || share(m.within["step"], m.changed["step"]) < 0.65 || share(m.near["step"], m.found["step"]) < 0.75 {
			t.Errorf("%s: %+v", folder, m)
		}
	}
	cases.Count(t, 1, len(dirs)-1)
}

// BenchmarkSeries prints the table of docs/path-methods.md.
func BenchmarkSeries(b *testing.B) {
	dirs := folders(b)
	for b.Loop() {
		m := measure(read(b, dirs[len(dirs)-1]))
		fmt.Printf("no change: %d members, %.0f years, %d told of one, %.3f a year\n", m.members, m.years, m.alarms, float64(m.alarms)/m.years)
		for _, kind := range []string{"step", "learning", "up", "ramp", "blip"} {
			fmt.Printf("%-9s %3d, within eight %.2f, split within one %.2f\n", kind, m.changed[kind],
				share(m.within[kind], m.changed[kind]), share(m.near[kind], m.found[kind]))
		}
	}
}
