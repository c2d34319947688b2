package drawing

import "math"

// The styles of hair and headwear, as before and behind know them.
const (
	cropped = iota
	parted
	long
	bun
	curls
	bearded
	bald
	bob
	scarf
	beanie
	styles // how many there are
)

// behind draws what falls behind the neck and shoulders.
func (s *sitter) behind(style int) {
	switch style {
	case long:
		back := arc(450, 380, 186, 190, math.Pi, 2*math.Pi)
		s.fill(s.hair, append(back, point{668, 560}, point{700, 800}, point{200, 800}, point{232, 560})...)
	case bob:
		back := arc(450, 380, 184, 186, math.Pi, 2*math.Pi)
		s.fill(s.hair, append(back, point{650, 560}, point{610, 630}, point{290, 630}, point{250, 560})...)
	case bun:
		s.disc(s.hair, 450, 172, 84)
		s.gouge(s.shine, point{410, 150}, point{480, 128}, -12, 12)
		s.gouge(s.shine, point{420, 178}, point{500, 152}, -12, 10)
	case curls:
		for i := range 15 {
			a := math.Pi*0.88 + math.Pi*1.24*float64(i)/14
			s.disc(s.hair, 450+168*math.Cos(a), 372+176*math.Sin(a), 62)
		}
	case scarf:
		hood := arc(450, 390, 190, 212, math.Pi, 2*math.Pi)
		s.fill(s.trim, append(hood, point{650, 560}, point{640, 720}, point{260, 720}, point{250, 560})...)
	}
}

// before draws what lies over the face's edge.
func (s *sitter) before(style int) {
	switch style {
	case cropped:
		s.crown(150, 172, []point{{590, 372}, {560, 300}, {450, 268}, {340, 300}, {310, 372}})
	case parted, bearded:
		s.crown(156, 182, []point{{592, 400}, {570, 320}, {520, 290}, {390, 250}, {340, 310}, {308, 400}})
	case long:
		s.crown(160, 186, []point{{600, 470}, {572, 370}, {452, 236}, {330, 370}, {300, 470}})
		for i := range 3 {
			f := float64(i)
			s.gouge(s.shine, point{255 + 18*f, 480}, point{238 + 26*f, 740}, 8, 11)
			s.gouge(s.shine, point{645 - 18*f, 480}, point{662 - 26*f, 740}, -8, 11)
		}
	case bun:
		s.crown(150, 172, []point{{594, 400}, {556, 300}, {450, 252}, {344, 300}, {306, 400}})
	case curls:
		for i := range 11 {
			a := math.Pi*1.04 + math.Pi*0.92*float64(i)/10
			s.disc(s.hair, 450+132*math.Cos(a), 366+136*math.Sin(a), 54)
		}
		for i := range 9 {
			a := math.Pi*1.05 + math.Pi*0.9*float64(i)/8
			x, y := 450+176*math.Cos(a), 366+182*math.Sin(a)
			s.gouge(s.shine, point{x - 20, y + 6}, point{x + 20, y + 6}, -16, 10)
		}
	case bob:
		s.crown(166, 190, []point{{612, 560}, {582, 420}, {560, 338}, {340, 338}, {318, 420}, {288, 560}})
	case scarf:
		s.hood()
	case beanie:
		s.hat()
	}
	if style == bearded || style == bald {
		s.beard()
	}
}

// crown covers the head from ear to ear, down to a hairline given from right
// to left, and shines on the lit side.
func (s *sitter) crown(rx, ry float64, hairline []point) {
	outline := arc(450, 385, rx, ry, math.Pi, 2*math.Pi)
	s.fill(s.hair, append(outline, hairline...)...)
	for i := range 4 {
		a := math.Pi * (1.2 + 0.11*float64(i))
		x, y := 450+rx*0.86*math.Cos(a), 385+ry*0.86*math.Sin(a)
		s.gouge(s.shine, point{x - 6, y + 30}, point{x + 34, y - 6}, -7, 11)
	}
}

func (s *sitter) beard() {
	jaw := []point{
		{312, 430}, {336, 470}, {386, 500}, {450, 508}, {514, 500}, {564, 470}, {588, 430},
		{584, 520}, {548, 600}, {500, 640}, {450, 652}, {400, 640}, {352, 600}, {316, 520},
	}
	s.fill(s.hair, jaw...)
	s.gouge(s.skin, point{412, 540}, point{488, 540}, 10, 16)
	for i := range 5 {
		x := 390 + 30*float64(i)
		s.gouge(s.shine, point{x, 572}, point{x + 4, 622}, 0, 8)
	}
}

// hood is the front of a headscarf, wound below the chin.
func (s *sitter) hood() {
	outer := arc(450, 390, 188, 208, math.Pi, 2*math.Pi)
	inner := arc(450, 405, 126, 132, 2*math.Pi, math.Pi)
	s.fill(s.trim, append(append(outer, point{640, 390}, point{576, 405}), inner...)...)
	s.fill(s.trim, point{262, 390}, point{324, 405}, point{336, 500}, point{390, 580}, point{450, 600},
		point{510, 580}, point{564, 500}, point{576, 405}, point{638, 390}, point{650, 620}, point{560, 760}, point{340, 760}, point{250, 620})
	for i := range 4 {
		f := float64(i)
		s.gouge(s.cloth, point{300 + 22*f, 620 + 20*f}, point{560 - 10*f, 650 + 26*f}, 22, 9)
		s.gouge(s.cloth, point{284 + 8*f, 400 - 26*f}, point{330 + 26*f, 290 - 18*f}, -14, 9)
	}
}

// hat is a knitted one.
func (s *sitter) hat() {
	dome := arc(450, 310, 164, 172, math.Pi, 2*math.Pi)
	s.fill(s.trim, append(dome, point{614, 330}, point{286, 330})...)
	s.fill(s.cloth, point{278, 262}, point{622, 262}, point{626, 338}, point{274, 338})
	for i := range 10 {
		x := 300 + 33*float64(i)
		s.gouge(s.trim, point{x, 272}, point{x, 330}, 0, 9)
	}
	s.fill(s.hair, point{296, 338}, point{322, 338}, point{318, 400}, point{302, 400})
	s.fill(s.hair, point{578, 338}, point{604, 338}, point{598, 400}, point{582, 400})
}
