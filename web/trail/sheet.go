package trail

// sheet collects the texts of a drawing by face, so that a face is written
// once however many lines are set in it.
type sheet struct {
	faces []face
	lines map[string][]placed
	boxes []box
}

type placed struct {
	line
	anchor string // when not the face's
	x, y   float64
}

func newSheet() *sheet { return &sheet{lines: make(map[string][]placed)} }

// set places a block with its start side at x and its top at y.
func (s *sheet) set(b block, x, y float64) {
	wide, high := b.size()
	s.boxes = append(s.boxes, box{x, y, x + wide, y + high})
	for _, l := range b {
		s.place(placed{l, "", x, y + float64(l.face.size*0.98)})
		y += l.face.leading()
	}
}

// setBefore places a block with its end side at x and its top at y.
func (s *sheet) setBefore(b block, x, y float64) {
	wide, high := b.size()
	s.boxes = append(s.boxes, box{x - wide, y, x, y + high})
	for _, l := range b {
		s.place(placed{l, "end", x, y + float64(l.face.size*0.98)})
		y += l.face.leading()
	}
}

// setMiddle places one line with its middle at x and its baseline at y.
func (s *sheet) setMiddle(f face, text string, x, y float64) {
	half := f.width(text) / 2
	s.boxes = append(s.boxes, box{x - half, y - f.size, x + half, y + f.size/4})
	s.place(placed{line{face: f, text: text}, "", x, y})
}

func (s *sheet) place(l placed) {
	class := l.face.class
	if _, known := s.lines[class]; !known {
		s.faces = append(s.faces, l.face)
	}
	s.lines[class] = append(s.lines[class], l)
}

func (s *sheet) write(p *setPen) {
	for _, f := range s.faces {
		p.open("g", f.attributes()...)
		for _, l := range s.lines[f.class] {
			a := []string{"x", num(p.x(l.x)), "y", num(l.y)}
			if l.anchor != "" {
				a = append(a, "text-anchor", l.anchor)
			}
			p.open("text", a...)
			p.out.WriteString(escape(l.text))
			if l.tail != "" {
				p.words("tspan", l.tail, "class", l.quiet.class, "fill", l.quiet.fill, "font-weight", "400")
			}
			p.close("text")
		}
		p.close("g")
	}
}
