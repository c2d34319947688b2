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
	halo   bool // paper around the letters, over lines that pass behind them
}

// The colours, families and sizes here are what is seen without the site's
// stylesheet; with it, classes decide on colours and families, never on sizes,
// which the layout has measured.
const (
	serif = "Georgia,serif"
	sans  = "Segoe UI,Noto Sans,sans-serif"

	paper  = "#FBF9F4"
	ink    = "#1F2421"
	muted  = "#59615C"
	faint  = "#E3DED2"
	accent = "#2B6349"
	marker = "#B4470F"
)

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
	if f.halo {
		a = append(a, "stroke", paper, "stroke-width", "4", "stroke-linejoin", "round", "paint-order", "stroke")
	}
	return a
}

// line is a line of text in its face, with a tail in a quieter one.
type line struct {
	face face
	text string
	tail string
	wide float64
}

func newLine(f face, text, tail string) line {
	return line{f, text, tail, f.width(text) + faceDates.width(tail)}
}

// block is lines of text one under the other.
type block []line

func (b block) size() (wide, high float64) {
	for _, l := range b {
		wide = max(wide, l.wide)
		high += l.face.leading()
	}
	return wide, high
}

// add wraps text into the block.
func (b block) add(f face, text string, room float64, most int) block {
	return b.addLines(f, wrap(text, f, room, most))
}

// addEven is add with lines of about the same length.
func (b block) addEven(f face, text string, room float64, most int) block {
	return b.addLines(f, wrapEven(text, f, room, most))
}

// headed begins a block with a few words and a date, on one line where there is
// room.
func headed(f face, text, date string, room float64) block {
	one := newLine(f, text, "  "+date)
	if one.wide <= room {
		return block{one}
	}
	return block{}.add(f, text, room, 2).add(faceDates, date, room, 2)
}

func (b block) addLines(f face, lines []string) block {
	for _, text := range lines {
		b = append(b, newLine(f, text, ""))
	}
	return b
}

// sheet collects the texts of a drawing by face, so that a face is written
// once however many lines are set in it.
type sheet struct {
	faces []face
	lines map[string][]placed
	boxes []box
}

type placed struct {
	text, tail string
	anchor     string // when not the face's
	x, y       float64
}

// box is the room a block of text takes, from the start side and the top.
type box struct{ left, top, right, bottom float64 }

func (a box) overlaps(b box) bool {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

func newSheet() *sheet { return &sheet{lines: make(map[string][]placed)} }

// set places a block with its start side at x and its top at y.
func (s *sheet) set(b block, x, y float64) {
	wide, high := b.size()
	s.boxes = append(s.boxes, box{x, y, x + wide, y + high})
	for _, l := range b {
		s.place(l.face, placed{l.text, l.tail, "", x, y + float64(l.face.size*0.98)})
		y += l.face.leading()
	}
}

// setBefore places a block with its end side at x and its top at y.
func (s *sheet) setBefore(b block, x, y float64) {
	wide, high := b.size()
	s.boxes = append(s.boxes, box{x - wide, y, x, y + high})
	for _, l := range b {
		s.place(l.face, placed{l.text, l.tail, "end", x, y + float64(l.face.size*0.98)})
		y += l.face.leading()
	}
}

// setMiddle places one line with its middle at x and its baseline at y.
func (s *sheet) setMiddle(f face, text string, x, y float64) {
	half := f.width(text) / 2
	s.boxes = append(s.boxes, box{x - half, y - f.size, x + half, y + f.size/4})
	s.place(f, placed{text: text, x: x, y: y})
}

func (s *sheet) place(f face, l placed) {
	if _, known := s.lines[f.class]; !known {
		s.faces = append(s.faces, f)
	}
	s.lines[f.class] = append(s.lines[f.class], l)
}

func (s *sheet) write(p *pen) {
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
				p.words("tspan", l.tail, "class", faceDates.class, "fill", faceDates.fill, "font-weight", "400")
			}
			p.close("text")
		}
		p.close("g")
	}
}
