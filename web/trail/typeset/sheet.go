package typeset

// Sheet collects the texts of a drawing by the class of their face, so that a face
// is written once however many lines are set in it.
type Sheet struct {
	faces []Face
	lines map[string][]placed
	boxes []Box
}

type placed struct {
	Line
	anchor string // when not the face's
	x, y   float64
}

// Taken is the room of every block set so far, to see that none lies on another.
func (s *Sheet) Taken() []Box { return s.boxes }

// NewSheet is a sheet on which nothing is set.
func NewSheet() *Sheet { return &Sheet{lines: make(map[string][]placed)} }

// Set places a block with its start side at x and its top at y.
func (s *Sheet) Set(b Block, x, y float64) {
	wide, high := b.Size()
	s.boxes = append(s.boxes, Box{x, y, x + wide, y + high})
	for _, l := range b {
		s.place(placed{l, "", x + l.in, y + float64(l.Face.Size*0.98)})
		y += l.Face.leading()
	}
}

// SetBefore places a block with its end side at x and its top at y.
func (s *Sheet) SetBefore(b Block, x, y float64) {
	wide, high := b.Size()
	s.boxes = append(s.boxes, Box{x - wide, y, x, y + high})
	for _, l := range b {
		s.place(placed{l, "end", x - l.in, y + float64(l.Face.Size*0.98)})
		y += l.Face.leading()
	}
}

// SetMiddle places one line with its middle at x and its baseline at y.
func (s *Sheet) SetMiddle(f Face, text string, x, y float64) {
	half := f.Width(text) / 2
	s.boxes = append(s.boxes, Box{x - half, y - f.Size, x + half, y + f.Size/4})
	s.place(placed{Line{Face: f, Text: text}, "", x, y})
}

func (s *Sheet) place(l placed) {
	class := l.Face.Class
	if _, known := s.lines[class]; !known {
		s.faces = append(s.faces, l.Face)
	}
	s.lines[class] = append(s.lines[class], l)
}

// Write writes the texts, one g element for each class, in the order in which the
// classes were first set.
func (s *Sheet) Write(p *Pen) {
	for _, f := range s.faces {
		p.Open("g", f.attributes()...)
		for _, l := range s.lines[f.Class] {
			a := []string{"x", Num(p.X(l.x)), "y", Num(l.y)}
			if l.anchor != "" {
				a = append(a, "text-anchor", l.anchor)
			}
			p.Open("text", a...)
			p.out.WriteString(escape(l.Text))
			if l.tail != "" {
				quiet := []string{"class", l.quiet.Class, "fill", l.quiet.Fill, "font-weight", "400"}
				if l.quiet.Size != l.Face.Size {
					quiet = append(quiet, "font-size", Num(l.quiet.Size))
				}
				p.Words("tspan", l.tail, quiet...)
			}
			p.Close("text")
		}
		p.Close("g")
	}
}
