package decisions_test

import (
	"fmt"
	"testing"

	"waypost/paths/decisions"
)

// BenchmarkOutcomes draws for the largest decision there can be: six options, eight
// criteria.
func BenchmarkOutcomes(b *testing.B) {
	d := decisions.Decision{ID: "largest", Ranks: [][]string{{"a"}, {"b", "c"}, {"d"}, {"e"}, {"f"}, {"g", "h"}}}
	for o := range 6 {
		option := decisions.Option{Name: fmt.Sprint("option ", o), Scores: map[string]decisions.Score{}}
		for c, criterion := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
			likely := float64(1 + (3*o+5*c)%8)
			option.Scores[criterion] = decisions.Score{Low: likely - 1, Likely: likely, High: likely + 1.5}
		}
		d.Options = append(d.Options, option)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decisions.Outcomes(d); err != nil {
			b.Fatal(err)
		}
	}
}
