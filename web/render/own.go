package render

import (
	"html/template"
	"time"

	"waypost/internal/partdate"
	"waypost/web/messages"
	"waypost/web/trail"
	"waypost/web/trail/chart"
)

// OwnTrail draws a member's private path up to today, for a page of their own.
func OwnTrail(own trail.Own, today partdate.Days, c *messages.Catalog) *Figure {
	f := trail.DrawOwn(own, trail.Options{AsOf: today, IDPrefix: "path-", Dir: c.Direction, Words: TrailWords(c)})
	return &Figure{Wide: template.HTML(f.Wide), Tall: template.HTML(f.Tall), Trail: f, Goal: own.Trail.Goal}
}

// ChartWords draw the curves of a step in one language.
type ChartWords struct{ c *messages.Catalog }

// Charts draws curves with the words of a catalogue.
func Charts(c *messages.Catalog) ChartWords { return ChartWords{c} }

// Draw draws a curve with its scale.
func (w ChartWords) Draw(c chart.Curve) template.HTML {
	return template.HTML(chart.Draw(c, w.words(c)))
}

// DrawSmall draws a curve to stand in a line.
func (w ChartWords) DrawSmall(c chart.Curve) template.HTML {
	return template.HTML(chart.DrawSmall(c, w.words(c)))
}

// Range draws a range on the scale of 0 to 10, with its scale.
func (w ChartWords) Range(r chart.Range, title string) template.HTML {
	return template.HTML(chart.DrawRange(r, chart.RangeWords{Title: title, Dir: w.c.Direction}))
}

// RangeSmall draws a range to stand in a table.
func (w ChartWords) RangeSmall(r chart.Range, title string) template.HTML {
	return template.HTML(chart.DrawRangeSmall(r, chart.RangeWords{Title: title, Dir: w.c.Direction}))
}

// T says a message in the language of the charts.
func (w ChartWords) T(key string, args ...any) string { return w.c.T(key, args...) }

func (w ChartWords) words(c chart.Curve) chart.Words {
	begin, end := dateText(w.c, c.From.Date()), dateText(w.c, c.To.Date())
	return chart.Words{Title: w.c.T("path.chart", "count", len(c.Dots), "from", begin, "to", end), Dir: w.c.Direction, Begin: begin, End: end}
}

// dateText is a date as far as it is known.
func dateText(c *messages.Catalog, d partdate.Date) string {
	at := time.Date(d.Year(), time.Month(max(d.Month(), 1)), max(d.Day(), 1), 12, 0, 0, 0, time.UTC)
	switch d.Precision() {
	case partdate.Day:
		return c.Day(at)
	case partdate.Month:
		return c.Month(at)
	case partdate.Year:
		return d.String()
	}
	return ""
}
