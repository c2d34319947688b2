package drawing

import (
	"image"
	"math"
)

// PortraitSize is the width and height of a portrait in pixels.
const PortraitSize = 320

// sitter is what a portrait shows.
type sitter struct {
	*scene
	skin, shade rgba
	hair, shine rgba
	cloth, trim rgba
}

// Portrait draws a head and shoulders in the colours of b, after nobody. The
// same seed gives the same face.
func Portrait(b Base, seed uint64) *image.Paletted {
	d := newDice(seed, "portrait")
	p := &scene{canvas: newCanvas(PortraitSize, PortraitSize), dice: d, plate: plates(b)[0]}
	p.flip = d.odds(2)
	s := &sitter{scene: p}
	s.choose(b)
	grounds := []rgba{b.mix(7, 0, 2, 0), b.mix(7, 0, 0, 2), b.mix(4, 0, 5, 0), b.mix(8, 1, 0, 0), b.mix(6, 1, 1, 1)}
	p.all(grounds[d.pick(len(grounds))])
	if d.odds(2) {
		p.disc(b.Paper, 450, 430, 350)
	}
	style := d.pick(styles)
	s.behind(style)
	s.shoulders(d.pick(4))
	s.head()
	s.before(style)
	if d.odds(3) {
		s.glasses(b.Ink)
	}
	return indexed(p.img, b.Palette())
}

func (s *sitter) choose(b Base) {
	skins := [][2]rgba{
		{b.mix(7, 0, 0, 2), b.mix(6, 0, 0, 3)},
		{b.mix(6, 1, 0, 2), b.mix(5, 1, 0, 3)},
		{b.mix(5, 1, 0, 3), b.mix(4, 2, 0, 3)},
		{b.mix(4, 2, 0, 3), b.mix(3, 3, 0, 3)},
		{b.mix(3, 3, 0, 3), b.mix(2, 4, 0, 3)},
		{b.mix(2, 4, 0, 3), b.mix(1, 5, 0, 3)},
	}
	tone := s.pick(len(skins))
	s.skin, s.shade = skins[tone][0], skins[tone][1]
	hairs := [][2]rgba{
		{b.mix(0, 9, 0, 0), b.mix(3, 6, 0, 0)},
		{b.mix(1, 7, 0, 1), b.mix(2, 4, 0, 3)},
		{b.mix(0, 5, 0, 4), b.mix(2, 3, 0, 4)},
		{b.mix(6, 2, 1, 0), b.mix(8, 1, 0, 0)},
		{b.mix(1, 1, 0, 7), b.mix(4, 0, 0, 5)},
	}
	limit := len(hairs)
	if tone > 2 {
		limit = 2
	}
	hair := hairs[s.pick(limit)]
	s.hair, s.shine = hair[0], hair[1]
	cloths := [][2]rgba{
		{b.mix(0, 0, 9, 0), b.mix(6, 0, 3, 0)},
		{b.mix(0, 6, 3, 0), b.mix(5, 0, 4, 0)},
		{b.mix(0, 0, 0, 9), b.mix(6, 0, 0, 3)},
		{b.mix(8, 1, 0, 0), b.mix(4, 3, 2, 0)},
		{b.mix(3, 0, 6, 0), b.mix(8, 0, 1, 0)},
	}
	cloth := cloths[s.pick(len(cloths))]
	s.cloth, s.trim = cloth[0], cloth[1]
}

// shoulders draws neck and clothes: a round neck, a collar, a roll neck or a
// jacket.
func (s *sitter) shoulders(kind int) {
	body := []point{{70, 920}}
	body = append(body, arc(300, 880, 230, 200, math.Pi, 1.5*math.Pi)...)
	body = append(body, point{390, 660}, point{510, 660})
	body = append(body, arc(600, 880, 230, 200, 1.5*math.Pi, 2*math.Pi)...)
	s.fill(s.cloth, append(body, point{830, 920})...)
	s.fill(s.skin, point{378, 520}, point{522, 520}, point{530, 690}, point{450, 750}, point{370, 690})
	s.fill(s.shade, point{378, 560}, point{522, 560}, point{524, 600}, point{450, 650}, point{376, 600})
	switch kind {
	case 0:
		s.ribbon(s.trim, arc(450, 672, 96, 88, 0, math.Pi), 20, 20, 1)
	case 1:
		s.fill(s.trim, point{362, 652}, point{450, 752}, point{372, 800}, point{318, 690})
		s.fill(s.trim, point{538, 652}, point{450, 752}, point{528, 800}, point{582, 690})
	case 2:
		s.fill(s.cloth, point{352, 620}, point{548, 620}, point{566, 730}, point{334, 730})
		for i := range 6 {
			x := 372 + 31*float64(i)
			s.gouge(s.trim, point{x, 632}, point{x - 2, 716}, 0, 8)
		}
	case 3:
		s.fill(s.light, point{372, 690}, point{450, 900}, point{528, 690}, point{450, 744})
		s.fill(s.trim, point{362, 650}, point{448, 910}, point{330, 830}, point{300, 700})
		s.fill(s.trim, point{538, 650}, point{452, 910}, point{570, 830}, point{600, 700})
	}
	for i := range 5 {
		x := 590 + 38*float64(i)
		s.gouge(s.trim, point{x, 740 + 18*float64(i)}, point{x + 26, 850 + 10*float64(i)}, 6, 9)
	}
}

// head draws the face, lit from one side.
func (s *sitter) head() {
	s.oval(s.skin, 312, 415, 26, 42)
	s.oval(s.skin, 588, 415, 26, 42)
	face := arc(450, 380, 138, 160, math.Pi, 2*math.Pi)
	face = append(face, point{582, 450}, point{556, 530}, point{500, 590}, point{450, 602}, point{400, 590}, point{344, 530}, point{318, 450})
	s.fill(s.skin, face...)
	for i := range 7 { // the shaded cheek
		y := 420 + 24*float64(i)
		s.gouge(s.shade, point{586 - 9*float64(i), y - 20}, point{520 - 7*float64(i), y + 14}, 5, 11)
	}
	for _, x := range []float64{392, 508} {
		s.gouge(s.dark, point{x - 26, 404}, point{x + 26, 404}, -5, 15)
		s.gouge(s.hair, point{x - 36, 368}, point{x + 36, 366}, -10, 13)
	}
	s.gouge(s.shade, point{452, 410}, point{462, 482}, -8, 10)
	s.gouge(s.shade, point{434, 486}, point{472, 484}, 8, 9)
	s.gouge(s.dark, point{408, 532}, point{494, 530}, 13, 11)
}

func (s *sitter) glasses(ink rgba) {
	for _, x := range []float64{390, 510} {
		s.ribbon(ink, arc(x, 408, 47, 42, 0, 2*math.Pi), 9, 9, 1)
	}
	s.line(ink, point{437, 402}, point{463, 402}, 9)
	s.line(ink, point{343, 402}, point{314, 396}, 9)
	s.line(ink, point{557, 402}, point{586, 396}, 9)
}
