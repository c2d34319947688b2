package chart_test

import (
	"strings"
	"testing"

	"waypost/web/trail/chart"
)

func TestRange(t *testing.T) {
	t.Parallel()
	says := chart.RangeWords{Title: "Low 2 & high 6", Dir: "ltr"}
	for name, c := range map[string]struct {
		drawn []byte
		want  []string
		not   string
	}{
		"with its scale": {chart.DrawRange(chart.Range{Low: 2, Point: 5, High: 6}, says), []string{`aria-label="Low 2 &amp; high 6"`, `cx="180"`, `M76.8 14L214.4 14`, `>10</text>`}, ""},
		"small":          {chart.DrawRangeSmall(chart.Range{Low: 2, Point: 5, High: 6}, says), []string{`cx="80"`}, "text"},
		"mirrored":       {chart.DrawRangeSmall(chart.Range{Low: 0, Point: 0, High: 1}, chart.RangeWords{Dir: "rtl"}), []string{`cx="152"`, `direction="rtl"`}, ""},
		"a point alone":  {chart.DrawRangeSmall(chart.Range{Low: 4, Point: 4, High: 4}, says), []string{"circle"}, "ch-span"},
		"out of bounds":  {chart.DrawRangeSmall(chart.Range{Low: -3, Point: -1, High: 99}, says), []string{`cx="8"`, `M8 9L152 9`}, ""},
	} {
		drawn := string(c.drawn)
		for _, want := range c.want {
			if !strings.Contains(drawn, want) {
				t.Errorf("%s: no %s in %s", name, want, drawn)
			}
		}
		if c.not != "" && strings.Contains(drawn, c.not) {
			t.Errorf("%s: %s in %s", name, c.not, drawn)
		}
	}
}
