package trail

import (
	"waypost/internal/partdate"
	"waypost/web/trail/ink"
	"waypost/web/trail/typeset"
	"waypost/web/trail/wording"
)

// inset is a step's curve in a drawing that runs downwards, beneath the step's words:
// time runs across in it, between its first day and its last.
type inset struct {
	curve curve
	text  typeset.Block // how many check-ins and where they lay
	days  typeset.Block // of the first and, if there is room, of the last
	wide  float64       // of the chart
}

const (
	insetSpace = 9.0 // above an inset, and between its words and its chart
	insetDots  = 13.0
	insetLeast = 120.0
	insetMost  = 300.0
)

// inset makes the inset of a step, if it has a curve.
func (m *tallMap) inset(step string, room float64) *inset {
	c, found := m.route.curveOf(step)
	if !found {
		return nil
	}
	i := &inset{curve: c, text: typeset.Block{}.AddEven(ink.FaceDates, c.said(m.words), room, 4)}
	i.wide = min(max(float64(insetDots*float64(len(c.Dots))), insetLeast), insetMost, room-numbers)
	from, to := c.span()
	first, last := m.words.Date(wording.MonthOf(partdate.Days(from))), m.words.Date(wording.MonthOf(partdate.Days(to)))
	if first != last {
		first += " – " + last
	}
	i.days = typeset.Block{}.AddEven(ink.FaceDates, first, room-numbers, 2)
	return i
}

func (i *inset) high() float64 {
	if i == nil {
		return 0
	}
	_, text := i.text.Size()
	_, days := i.days.Size()
	return insetSpace + text + insetSpace + ink.ChartHigh + insetSpace + days
}

// drawInset draws an inset with its start side at x and its top at y.
func (m *tallMap) drawInset(i *inset, x, y float64) {
	from, to := i.curve.span()
	left := x + numbers
	times := scale{[]float64{from, max(to, from+1)}, []float64{left + 6, left + i.wide - 6}}
	chart := m.route.chart(i.curve, times.at)
	chart.Left, chart.Right = left, left+i.wide
	y += insetSpace
	m.sheet.Set(i.text, x, y)
	_, high := i.text.Size()
	chart.Top = y + high + insetSpace
	m.pen.Chart(m.sheet, chart)
	m.sheet.Set(i.days, left, chart.Top+ink.ChartHigh+insetSpace)
}
