package trail

import (
	"waypost/web/trail/ink"
	"waypost/web/trail/typeset"
)

// panel is a curve in the drawing that runs across: its words, and its chart beneath.
type panel struct {
	curve curve
	text  typeset.Block
	left  float64 // of its words
	chart ink.Chart
	row   int
}

const (
	chartSpace = 10.0 // between words and their chart
	panelGap   = 14.0 // between panels side by side
	panelRow   = 18.0 // and one beneath the other
	panelText  = 290.0
	panelLeast = 150.0
	leastChart = 24.0
	numbers    = 16.0 // room for the numbers before a chart
)

// setCurves sets the curves at the top, each over its step, those that would lie on
// others in rows of their own, and returns how high they are.
func (m *wideMap) setCurves() float64 {
	var ends []float64 // of the rows
	for i, c := range m.route.curves {
		from, to := c.span()
		p := panel{curve: c, chart: m.route.chart(c, m.x)}
		p.chart.Left = m.x(from) - 6
		p.chart.Right = max(m.x(to)+6, p.chart.Left+leastChart)
		room := panelText
		if i+1 < len(m.route.curves) {
			next, _ := m.route.curves[i+1].span()
			before := m.x(next) - 6 - numbers - panelGap
			if least := max(ink.FaceCurve.Widest(c.step.Title), panelLeast); before > p.chart.Right && before-p.chart.Left > least {
				room = before - p.chart.Left
			}
		}
		p.text = c.text(m.words, max(min(room, panelText), p.chart.Right-p.chart.Left))
		wide, _ := p.text.Size()
		p.left = max(min(p.chart.Left, wideWidth-edge-wide), edge)
		for p.row < len(ends) && ends[p.row] > min(p.left, p.chart.Left-numbers) {
			p.row++
		}
		if p.row == len(ends) {
			ends = append(ends, 0)
		}
		ends[p.row] = max(p.left+wide, p.chart.Right) + panelGap
		m.panels = append(m.panels, p)
	}
	top := edge
	for row := range ends {
		words := 0.0
		for _, p := range m.panels {
			if _, high := p.text.Size(); p.row == row {
				words = max(words, high)
			}
		}
		for i := range m.panels {
			if m.panels[i].row == row {
				m.panels[i].chart.Top = top + words + chartSpace
			}
		}
		top += words + chartSpace + ink.ChartHigh + panelRow
	}
	return top - edge
}

func (m *wideMap) drawCurves() {
	for _, p := range m.panels {
		_, high := p.text.Size()
		m.sheet.Set(p.text, p.left, p.chart.Top-chartSpace-high)
		m.pen.Chart(m.sheet, p.chart)
	}
}

// curveText heads a curve with its step, and says how many check-ins there are and
// where they lie.
func (c curve) text(w Words, room float64) typeset.Block {
	b := typeset.Block{}.AddEven(ink.FaceCurve, c.step.Title, room, 6)
	return b.AddEven(ink.FaceDates, c.said(w), room, 3)
}

// chart places a curve's days.
func (r route) chart(c curve, x func(day float64) float64) ink.Chart {
	var chart ink.Chart
	for _, d := range c.Dots {
		chart.Dots = append(chart.Dots, ink.Dot{Place: x(noon(d.Day)), Value: d.Value})
	}
	for _, l := range c.Levels {
		from, to := x(noon(l.From)), x(noon(l.To))
		chart.Levels = append(chart.Levels, ink.Level{From: from - 2, To: max(to, from) + 2, Mean: l.Mean, Margin: l.Margin})
	}
	from, to := c.span()
	for _, t := range r.turns {
		if t.step() != c.Step || t.day < from || t.day > to {
			continue
		}
		switch t.mark {
		case blaze:
			chart.Changes = append(chart.Changes, x(t.day))
		case maybe:
			chart.Possible = append(chart.Possible, x(t.day))
		}
	}
	return chart
}
