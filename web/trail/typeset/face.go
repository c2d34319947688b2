package typeset

import "strings"

// Face is one way of setting text: which class, how large, in what.
type Face struct {
	Class  string  // tells faces apart: two of a class are the same face
	Family string  // font-family, seen where no stylesheet says otherwise
	Size   float64 // in units of the drawing
	Weight string  // font-weight; empty is regular, all else counts as bold
	Slant  string  // font-style
	Fill   string  // colour
	Anchor string  // text-anchor; empty is the start side
	Halo   string  // colour around the letters, over lines that pass behind them
}

// Bold reports whether the face is heavier, and so wider, than regular.
func (f Face) Bold() bool { return f.Weight != "" }

// Width estimates how wide a line of text is, erring on the wide side.
func (f Face) Width(text string) float64 { return width(text, f.Size, f.Bold()) }

// Widest is how wide the widest word of a text is.
func (f Face) Widest(text string) float64 {
	widest := 0.0
	for word := range strings.FieldsFuncSeq(text, mayPart) {
		widest = max(widest, f.Width(word))
	}
	return widest
}

// leading is the distance from line to line.
func (f Face) leading() float64 { return float64(f.Size * 1.26) }

func (f Face) attributes() []string {
	a := []string{"class", f.Class, "font-family", f.Family, "font-size", Num(f.Size), "fill", f.Fill}
	if f.Weight != "" {
		a = append(a, "font-weight", f.Weight)
	}
	if f.Slant != "" {
		a = append(a, "font-style", f.Slant)
	}
	if f.Anchor != "" {
		a = append(a, "text-anchor", f.Anchor)
	}
	if f.Halo != "" {
		a = append(a, "stroke", f.Halo, "stroke-width", "4", "stroke-linejoin", "round", "paint-order", "stroke")
	}
	return a
}
