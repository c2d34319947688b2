package spam

import "math"

// The numbers of this package are the same on every machine: products are converted
// before they are added, so that no compiler fuses them, and exp is made of such
// steps, since that of package math differs between processors.

const (
	ln2High = 6.93147180369123816490e-01
	ln2Low  = 1.90821492927058770002e-10
)

// exp is e to the power of x for |x| up to 700.
func exp(x float64) float64 {
	x = min(max(x, -700), 700)
	k := math.Floor(float64(x/math.Ln2) + 0.5)
	r := float64(x-float64(k*ln2High)) - float64(k*ln2Low)
	sum, term := 1.0, 1.0
	for i := 1; i <= 14; i++ {
		term = float64(float64(term*r) / float64(i))
		sum += term
	}
	return math.Ldexp(sum, int(k))
}

// logistic turns a margin into a probability.
func logistic(x float64) float64 { return float64(1 / (1 + exp(-x))) }

// mix spreads the bits of a number (the finaliser of SplitMix64).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
