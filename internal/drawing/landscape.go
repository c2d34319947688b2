package drawing

import "image"

// Motifs returns the names that Landscape knows, in alphabetical order.
func Motifs() []string {
	return []string{
		"bridge", "city", "coast", "field", "forest", "fork",
		"harbour", "hills", "night", "rails", "river", "stairs",
	}
}

// Landscape draws a motif in the colours of b. The same motif and seed give
// the same picture at every size; an unknown motif is drawn as hills.
func Landscape(b Base, motif string, seed uint64, w, h int) *image.Paletted {
	d := newDice(seed, motif)
	days := plates(b)
	p := &scene{canvas: newCanvas(w, h), dice: d, plate: days[d.pick(len(days))]}
	p.flip = d.odds(2)
	switch motif {
	case "bridge":
		p.bridge()
	case "city":
		p.city()
	case "coast":
		p.coast()
	case "field":
		p.field()
	case "forest":
		p.forest()
	case "fork":
		p.fork()
	case "harbour":
		p.harbour()
	case "night":
		p.plate = nightPlate(b)
		p.night()
	case "rails":
		p.rails()
	case "river":
		p.river()
	case "stairs":
		p.stairs()
	default:
		p.hills()
	}
	return indexed(p.img, b.Palette())
}
