package images

import "math"

// Weights are whole numbers, so that a picture comes out the same on every
// machine; unit stands for one. Between the two passes values carry spare
// bits more. Together they leave 32 bits room for what the filter overshoots.
const (
	unitBits = 14
	unit     = 1 << unitBits
	spare    = 6
)

// filter says what each place of a shorter row is made of: Catmull and Rom's
// cubic curve (1974), widened to the places of the longer row.
type filter struct {
	from, to int
	reach    int // the most places of the longer row in one of the shorter
	scratch  []int32
	firsts   []int   // where the places were remembered, else nil
	all      []int32 // reach weights for each place
	counts   []int
}

func newFilter(from, to int) filter {
	f := filter{from: from, to: to}
	f.reach = min(from, 2*int(math.Ceil(2*f.scale()))+2)
	f.scratch = make([]int32, f.reach)
	return f
}

func (f filter) scale() float64 { return max(1, float64(f.from)/float64(f.to)) }

// remembered keeps the weights of all places, for they are needed again for
// every row. A picture millions of pixels wide has few rows: there they are
// worked out anew, as to keep them would take more than the picture.
func (f filter) remembered() filter {
	if f.reach*f.to > 1<<20 {
		return f
	}
	firsts, counts, all := make([]int, f.to), make([]int, f.to), make([]int32, f.reach*f.to)
	for place := range f.to {
		first, weights := f.at(place)
		firsts[place], counts[place] = first, copy(all[place*f.reach:], weights)
	}
	f.firsts, f.counts, f.all = firsts, counts, all
	return f
}

// at gives the weights of a place and where in the longer row they begin. They
// hold until the next call.
func (f filter) at(place int) (first int, weights []int32) {
	if f.firsts != nil {
		start := place * f.reach
		return f.firsts[place], f.all[start : start+f.counts[place]]
	}
	scale := f.scale()
	centre := float64((float64(place)+0.5)*float64(f.from))/float64(f.to) - 0.5
	first = max(0, int(math.Ceil(centre-2*scale)))
	last := min(f.from-1, int(math.Floor(centre+2*scale)))
	var sum float64
	for i := first; i <= last; i++ {
		sum += curve(math.Abs(centre-float64(i)) / scale)
	}
	weights = f.scratch[:last-first+1]
	var exact float64
	given := int32(0)
	for i := range weights { // what rounding takes from one weight, the next gets
		exact += float64(unit * (curve(math.Abs(centre-float64(first+i))/scale) / sum))
		weights[i] = int32(math.Round(exact)) - given
		given += weights[i]
	}
	return first, weights
}

// curve is the filter at a distance from the middle, up to 2. The conversions
// keep a machine from rounding a product and a sum at once.
func curve(x float64) float64 {
	if x < 1 {
		return float64((float64(1.5*x)-2.5)*x*x) + 1
	}
	return float64((float64((float64(-0.5*x)+2.5)*x)-4)*x) + 2
}
