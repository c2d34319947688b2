package trail

import (
	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail/ink"
	"waypost/web/trail/timescale"
	"waypost/web/trail/typeset"
	"waypost/web/trail/wording"
)

// inset is a step's curve in a drawing that runs downwards, beneath the step's words:
// time runs across in it, between its first day and its last.
type inset struct {
	curve curve
	text  typeset.Block // how many check-ins and where they lay
	days  typeset.Block // the months of the first and the last
	wide  float64       // of the chart
	aside float64       // where it begins if it stands beside the step's words
}

const (
	insetSpace = 10.0 // above an inset, and between its words and its chart
	insetDots  = 13.0
	insetLeast = 120.0
	insetMost  = 280.0
	insetWords = 220.0 // the least that is left to the words beside one
	insetGap   = 24.0
	insetAside = insetMost + numbers + edge // from the end side, where there is room beside the words
)

// inset makes the inset of a step, if it has a curve, and returns the room that is left
// to the step's words.
func (m *tallMap) inset(step string, indent, room float64) (*inset, float64) {
	c, found := m.route.curveOf(step)
	if !found {
		return nil, room
	}
	i, across := &inset{curve: c}, room
	if aside := m.form.wide - insetAside; m.form == broad && aside-insetGap-m.textX-indent > insetWords {
		i.aside, room, across = aside, min(room, aside-insetGap-m.textX-indent), insetAside-edge
	}
	i.text = typeset.Block{}.AddEven(ink.FaceDates, c.said(m.words), across, 4)
	i.wide = min(max(float64(insetDots*float64(len(c.Dots))), insetLeast), insetMost, across-numbers)
	from, to := c.span()
	months := trails.Step{Start: wording.MonthOf(partdate.Days(from)), End: wording.MonthOf(partdate.Days(to))}
	i.days = typeset.Block{}.AddEven(ink.FaceDates, m.words.TightDates(months), across-numbers, 2)
	return i, room
}

func (i *inset) high() float64 {
	_, text := i.text.Size()
	_, days := i.days.Size()
	return text + insetSpace + ink.ChartHigh + insetSpace + days
}

// written is how far a row's words and notes reach from its top.
func (r *row) written() float64 {
	_, high := r.text.Size()
	for _, note := range r.notes {
		_, more := note.Size()
		high += noteSpace + more
	}
	return high
}

// more is the room that a row's inset needs beyond that.
func (r *row) more() float64 {
	switch {
	case r.inset == nil:
		return 0
	case r.inset.aside > 0:
		return max(r.inset.high()-r.written(), 0)
	}
	return insetSpace + r.inset.high()
}

// drawInsets draws the curves of all steps: at the end of their rows, or beside the
// words.
func (m *tallMap) drawInsets() {
	for _, r := range m.rows {
		switch {
		case r.inset == nil:
		case r.inset.aside > 0:
			m.drawInset(r.inset, r.inset.aside, r.top)
		default:
			m.drawInset(r.inset, m.textX+r.indent, r.top+r.written()+insetSpace)
		}
	}
}

// drawInset draws an inset with its start side at x and its top at y.
func (m *tallMap) drawInset(i *inset, x, y float64) {
	from, to := i.curve.span()
	left := x + numbers
	times := timescale.Through([]float64{from, max(to, from+1)}, []float64{left + 6, left + i.wide - 6})
	chart := m.route.chart(i.curve, times.At)
	chart.Left, chart.Right = left, left+i.wide
	m.sheet.Set(i.text, x, y)
	_, high := i.text.Size()
	chart.Top = y + high + insetSpace
	m.pen.Chart(m.sheet, chart)
	m.sheet.Set(i.days, left, chart.Top+ink.ChartHigh+insetSpace)
}
