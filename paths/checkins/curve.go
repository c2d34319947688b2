package checkins

// Curve is a way to see check-ins as one number each.
type Curve int

// The curves. NoCurve has no points.
const (
	NoCurve Curve = iota
	Overall
	LearningAndGrowth
)

// of says what a curve is made of: its name, the items from the first on that
// belong to it, how many of them a check-in has to answer, and the spread s₀
// that is assumed before anything is known.
func (c Curve) of() (name string, items, least int, spread float64) {
	switch c {
	case Overall:
		return "overall", Items, 5, 0.50
	case LearningAndGrowth:
		return "learning", int(Growth) + 1, 1, 0.65
	}
	return "", 0, 0, 0
}

// String returns the name of the curve in files; "" of NoCurve.
func (c Curve) String() string {
	name, _, _, _ := c.of()
	return name
}

// Point is a check-in on a curve.
type Point struct {
	At    int     // index of the check-in
	Value float64 // on the scale of the answers, though it may lie a little outside 1 to 5
}

// Points returns the points of the check-ins that answer enough of the curve's
// items, in their order: for Overall five of the seven, for LearningAndGrowth
// one of the two. With m the mean of an item over all check-ins given, a point is
//
//	mean over the answered items of (answer − m) + mean of all m
//
// so that a skipped item does not move the curve (centring within items). Items
// that no check-in answers are left out.
func (c Curve) Points(all []CheckIn) []Point {
	_, items, least, _ := c.of()
	mean, answered := means(all)
	centre, n := 0.0, 0
	for item := range items {
		if answered[item] {
			centre += mean[item]
			n++
		}
	}
	if n == 0 {
		return nil
	}
	centre /= float64(n)
	points := make([]Point, 0, len(all))
	for i, checkIn := range all {
		off, got := 0.0, 0
		for item, a := range checkIn.Answers[:items] {
			if a != Skipped {
				off += float64(a) - mean[item]
				got++
			}
		}
		if got >= least {
			points = append(points, Point{At: i, Value: off/float64(got) + centre})
		}
	}
	return points
}
