package drawing

import "math"

// dice gives the same numbers for the same seed in every version of the
// program, which no library promises. The steps are those of SplitMix64
// (Steele, Lea, Flood, 2014). It is for pictures only.
type dice struct{ state uint64 }

func newDice(seed uint64, motif string) *dice {
	const prime = 1099511628211 // FNV-1a
	for _, b := range []byte(motif) {
		seed = (seed ^ uint64(b)) * prime
	}
	return &dice{seed}
}

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// between gives a number of [low, high).
func (d *dice) between(low, high float64) float64 {
	return low + (high-low)*float64(d.next()>>11)/(1<<53)
}

// pick gives a whole number of [0, n).
func (d *dice) pick(n int) int { return int(d.next() % uint64(n)) }

// odds is true in one case of n.
func (d *dice) odds(n int) bool { return d.pick(n) == 0 }

// side is -1 or 1.
func (d *dice) side() float64 { return float64(2*d.pick(2) - 1) }

// phase is an angle.
func (d *dice) phase() float64 { return d.between(0, 2*math.Pi) }
