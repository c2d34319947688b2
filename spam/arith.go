package spam

import "math"

// The numbers of this package are the same on every machine: products are converted
// before they are added, so that no compiler fuses them, and exp and log are made of
// such steps, since those of package math differ between processors.

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

// log is the natural logarithm of a positive number.
func log(x float64) float64 {
	fraction, power := math.Frexp(x)
	if fraction < math.Sqrt2/2 {
		fraction, power = float64(fraction*2), power-1
	}
	t := float64((fraction - 1) / (fraction + 1))
	square := float64(t * t)
	sum, term := 0.0, t
	for i := 1; i < 40; i += 2 {
		sum += float64(term / float64(i))
		term = float64(term * square)
	}
	return float64(2*sum) + float64(float64(power)*math.Ln2)
}

// logistic turns a margin into a probability.
func logistic(x float64) float64 { return float64(1 / (1 + exp(-x))) }

// logit turns a probability into a margin.
func logit(p float64) float64 { return log(p) - log(1-p) }

// mix spreads the bits of a number (the finaliser of SplitMix64).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
