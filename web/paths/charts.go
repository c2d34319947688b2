package paths

import (
	"slices"
	"strconv"

	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/web/paths/ways"
	"waypost/web/render"
	"waypost/web/trail/chart"
)

// shownFirst are the items whose curves are seen without unfolding: those that a working
// life is asked about at its end.
var shownFirst = map[checkins.Item]bool{checkins.Learning: true, checkins.Growth: true, checkins.Happiness: true}

// paid are the words of a pay.
var paid = map[paths.Per]string{paths.PerHour: "path.paid.hour", paths.PerMonth: "path.paid.month", paths.PerYear: "path.paid.year"}

// Draw draws the step's curves, and writes its pay.
func (v *StepView) Draw(c render.ChartWords) {
	if pay := v.Pay; pay != nil {
		v.Paid = &problem.Message{Key: paid[pay.Per], Args: []any{"amount", ways.Money(c, pay.Amount, pay.Currency), "currency", pay.Currency}}
	}
	if len(v.Course.CheckIns) == 0 {
		return
	}
	v.Charts = []Chart{
		{"path.curve.overall", c.Draw(v.curveOf(checkins.Overall, v.Course.Overall)), said(v.Course.Latest, v.Course.Compared)},
		{"path.curve.learning", c.Draw(v.curveOf(checkins.LearningAndGrowth, v.Course.Learning)), said(v.Course.LatestLearning, v.Course.ComparedLearns)},
	}
	for i := range int(checkins.Items) {
		switch {
		case shownFirst[checkins.Item(i)]:
			v.Items = append(v.Items, v.line(c, i, false))
		case checkins.Item(i) != checkins.Goal || slices.Contains(v.Course.Clarity, false):
			v.More = append(v.More, v.line(c, i, false))
		}
	}
	if slices.Contains(v.Course.Clarity, true) {
		v.More = append(v.More, v.line(c, int(checkins.Goal), true))
	}
}

// line is an item's answers; of the last item those to one of its two statements.
func (v *StepView) line(c render.ChartWords, item int, clarity bool) ItemLine {
	var asked []checkins.CheckIn
	for i, x := range v.Course.CheckIns {
		if checkins.Item(item) != checkins.Goal || v.Course.Clarity[i] == clarity {
			asked = append(asked, x)
		}
	}
	line := ItemLine{Short: itemName(item, clarity)}
	if mean := checkins.Means(asked)[item]; mean > 0 {
		line.Mean, line.Figure = decimal(mean), c.DrawSmall(v.answersOf(item, asked))
	}
	return line
}

func (v *StepView) curveOf(curve checkins.Curve, levels []checkins.Level) chart.Curve {
	out := chart.Curve{From: v.Course.CheckIns[0].Day, To: v.Course.CheckIns[len(v.Course.CheckIns)-1].Day}
	for _, p := range curve.Points(v.Course.CheckIns) {
		out.Dots = append(out.Dots, chart.Dot{Day: v.Course.CheckIns[p.At].Day, Value: p.Value})
	}
	for _, l := range levels {
		out.Levels = append(out.Levels, chart.Level{From: v.Course.CheckIns[l.From].Day, To: v.Course.CheckIns[l.To].Day, Mean: l.Mean, Margin: l.Margin})
	}
	for _, at := range v.Course.Starts {
		out.Changes = append(out.Changes, v.Course.CheckIns[at].Day)
	}
	return out
}

func (v *StepView) answersOf(item int, asked []checkins.CheckIn) chart.Curve {
	out := chart.Curve{From: v.Course.CheckIns[0].Day, To: v.Course.CheckIns[len(v.Course.CheckIns)-1].Day}
	for _, c := range asked {
		if c.Answers[item] != checkins.Skipped {
			out.Dots = append(out.Dots, chart.Dot{Day: c.Day, Value: float64(c.Answers[item])})
		}
	}
	for _, at := range v.Course.Starts {
		out.Changes = append(out.Changes, v.Course.CheckIns[at].Day)
	}
	return out
}

func said(l checkins.Latest, enough bool) Said {
	return Said{enough, l.Clear(), decimal(l.Last), decimal(l.Before), signed(l.Difference), signed(l.Low), signed(l.High)}
}

// decimal is a mean to one place.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// signed is a difference to one place, with its sign; nothing that rounds to 0 has one.
func signed(v float64) string {
	switch text := strconv.FormatFloat(v, 'f', 1, 64); {
	case text == "-0.0" || text == "0.0":
		return "0.0"
	case v > 0:
		return "+" + text
	default:
		return "−" + text[1:]
	}
}
