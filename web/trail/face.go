package trail

// face is one way of setting text: which class, how large, in what.
type face struct {
	class  string
	family string
	size   float64
	weight string
	slant  string
	fill   string
	anchor string
	halo   string // colour around the letters, over lines that pass behind them
}

func (f face) bold() bool { return f.weight != "" }

func (f face) width(text string) float64 { return width(text, f.size, f.bold()) }

func (f face) leading() float64 { return float64(f.size * 1.26) }

func (f face) attributes() []string {
	a := []string{"class", f.class, "font-family", f.family, "font-size", num(f.size), "fill", f.fill}
	if f.weight != "" {
		a = append(a, "font-weight", f.weight)
	}
	if f.slant != "" {
		a = append(a, "font-style", f.slant)
	}
	if f.anchor != "" {
		a = append(a, "text-anchor", f.anchor)
	}
	if f.halo != "" {
		a = append(a, "stroke", f.halo, "stroke-width", "4", "stroke-linejoin", "round", "paint-order", "stroke")
	}
	return a
}
