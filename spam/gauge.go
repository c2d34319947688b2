package spam

// gauge turns margins into probabilities. It is fitted on the margins of labels as they
// were before the model learned from them, so it knows how the model does with what is
// new to it. Both kinds weigh the same in it, and a prior holds it near the margins
// themselves while it has seen few.
type gauge struct {
	recent      [2][]float32 // margins of the last ham and spam, oldest overwritten first
	next        [2]int
	labels      int
	slope, bias float64
}

const (
	gaugeRing  = 128  // margins kept of each kind
	gaugeRidge = 50.0 // how many labels the prior counts for
	gaugeRefit = 8    // labels between two fits
)

func newGauge() gauge { return gauge{slope: 1} }

func (g *gauge) add(margin float64, class int) {
	m := float32(max(min(margin, 30), -30))
	if len(g.recent[class]) < gaugeRing {
		g.recent[class] = append(g.recent[class], m)
	} else {
		g.recent[class][g.next[class]] = m
	}
	g.next[class] = (g.next[class] + 1) % gaugeRing
	g.labels++
	if g.labels%gaugeRefit == 0 {
		g.fit()
	}
}

// fit finds slope and bias by a few steps of Newton's method.
func (g *gauge) fit() {
	const steps = 3
	a, b := g.slope, g.bias
	all := float64(len(g.recent[0]) + len(g.recent[1]))
	for range steps {
		ga, gb := float64(gaugeRidge*(a-1)), float64(gaugeRidge*b)
		haa, hab, hbb := gaugeRidge, 0.0, gaugeRidge
		for class, margins := range g.recent {
			if len(margins) == 0 {
				continue
			}
			weight := min(float64(all/float64(2*len(margins))), 3)
			for _, margin := range margins {
				m := float64(margin)
				p := logistic(float64(a*m) + b)
				e := float64(weight * (p - float64(class)))
				h := float64(weight * float64(p*(1-p)))
				ga += float64(e * m)
				gb += e
				haa += float64(h * float64(m*m))
				hab += float64(h * m)
				hbb += h
			}
		}
		det := float64(haa*hbb) - float64(hab*hab)
		a -= float64((float64(hbb*ga) - float64(hab*gb)) / det)
		b -= float64((float64(haa*gb) - float64(hab*ga)) / det)
		a = min(max(a, 0.1), 4)
		b = min(max(b, -4), 4)
	}
	g.slope, g.bias = a, b
}

func (g *gauge) margin(m float64) float64 { return float64(g.slope*m) + g.bias }
