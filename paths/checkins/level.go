package checkins

import (
	"errors"
	"math"
)

const (
	// priorPoints is ν₀: how many points what is assumed of the spread counts for.
	priorPoints = 4

	// ninety is the standard normal deviate that a 90 % band reaches on each side.
	ninety = 1.645

	// drag makes bands wider because a check-in is like the one before it:
	// √((1+0.2)/(1−0.2)) for an assumed autocorrelation of 0.2.
	drag = 1.22
)

// Spread returns the pooled standard deviation s of points that lie about
// several means, in units of the answers:
//
//	s² = (ν₀·s₀² + Σ residual²) / (ν₀ + n − 2)
//
// with ν₀ = 4, s₀ = 0.50 for Overall and 0.65 for LearningAndGrowth, each
// residual taken from the mean of its own part, and n the points of all parts. A
// few points thus lean on what is usual (a scaled inverse chi-square prior).
func (c Curve) Spread(parts ...[]Point) float64 {
	_, _, _, usual := c.of()
	squares, n := float64(priorPoints*usual*usual), 0
	for _, part := range parts {
		m := Mean(part)
		for _, p := range part {
			off := p.Value - m
			squares += float64(off * off)
		}
		n += len(part)
	}
	return math.Sqrt(squares / float64(priorPoints+n-2))
}

// Mean returns the mean value of points, 0 of none.
func Mean(points []Point) float64 {
	if len(points) == 0 {
		return 0
	}
	sum := 0.0
	for _, p := range points {
		sum += p.Value
	}
	return sum / float64(len(points))
}

// Level is the mean between two confirmed changes.
type Level struct {
	From, To int     // indexes of its first and its last check-in that have a point
	Points   int     // how many there are
	Mean     float64 // in units of the answers
	Margin   float64 // half the width of its 90 % band; 0 when Points is under 3: no band then
}

// Levels returns the levels of a curve. Each of starts is the index of the first
// check-in after a confirmed change, rising; the first level begins with the
// first check-in. A level without a point is left out. The margin is
// 1.645 · 1.22 · s/√n, with the spread s of all levels together. It is an error
// if the check-ins are not sound or starts do not rise within them.
func (c Curve) Levels(all []CheckIn, starts []int) ([]Level, error) {
	if err := Check(all); err != nil {
		return nil, err
	}
	last := 0
	for _, s := range starts {
		if s <= last || s >= len(all) {
			return nil, errors.New("changes lie between check-ins, in their order")
		}
		last = s
	}
	var parts [][]Point
	begin := 0
	points := c.Points(all)
	for i, p := range points {
		for len(starts) > 0 && p.At >= starts[0] {
			if i > begin {
				parts = append(parts, points[begin:i])
			}
			begin, starts = i, starts[1:]
		}
	}
	if len(points) > begin {
		parts = append(parts, points[begin:])
	}
	s := c.Spread(parts...)
	levels := make([]Level, 0, len(parts))
	for _, part := range parts {
		n := len(part)
		l := Level{From: part[0].At, To: part[n-1].At, Points: n, Mean: Mean(part)}
		if n >= 3 {
			l.Margin = ninety * drag * s / math.Sqrt(float64(n))
		}
		levels = append(levels, l)
	}
	return levels, nil
}

// Latest compares a curve's last three points with those before them.
type Latest struct {
	Last, Before float64 // means, in units of the answers
	Difference   float64 // Last − Before
	Low, High    float64 // 90 % interval of the difference
}

// Clear reports whether the interval leaves out 0; if not, there is no clear
// difference.
func (l Latest) Clear() bool { return l.Low > 0 || l.High < 0 }

// Latest returns the comparison and true from five points on, without a result
// before that. The interval is d ± 1.645 · 1.22 · s · √(1/3 + 1/before), with the
// spread s about both means. Give the check-ins since the last confirmed change.
func (c Curve) Latest(all []CheckIn) (Latest, bool, error) {
	if err := Check(all); err != nil {
		return Latest{}, false, err
	}
	points := c.Points(all)
	n := len(points) - 3
	if n < 2 {
		return Latest{}, false, nil
	}
	before, last := points[:n], points[n:]
	l := Latest{Last: Mean(last), Before: Mean(before)}
	l.Difference = l.Last - l.Before
	margin := ninety * drag * c.Spread(before, last) * math.Sqrt(1.0/3+1/float64(n))
	l.Low, l.High = l.Difference-margin, l.Difference+margin
	return l, true, nil
}
