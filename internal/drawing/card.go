package drawing

import (
	"fmt"
	"image"
	"image/color"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomedium"
)

// The size of a card in pixels, as the Open Graph protocol's readers expect it.
const (
	CardWidth  = 1200
	CardHeight = 630
)

// Card is what a link to a page looks like when it is shared elsewhere.
type Card struct {
	Title  string
	Site   string     // the community's name
	Byline string     // empty for a page without an author
	Accent color.RGBA // the community's; zero for the default
	Seed   uint64     // of the landscape
}

// Where things stand on a card, in pixels.
const (
	cardMargin  = 72
	cardTitleY  = 132
	cardTextEnd = 400
	cardBylineH = 52
	siteSize    = 30
	bylineSize  = 30
)

// Draw makes the picture, CardWidth by CardHeight. A text with a letter that
// the font lacks is left out rather than shown as boxes; without a title the
// landscape takes the whole card.
func (c Card) Draw() (*image.Paletted, error) {
	base := DefaultBase()
	if c.Accent != (color.RGBA{}) {
		base.Accent = color.RGBA{R: c.Accent.R, G: c.Accent.G, B: c.Accent.B, A: 0xff}
	}
	bold, err := openTypeface(gobold.TTF)
	if err != nil {
		return nil, err
	}
	medium, err := openTypeface(gomedium.TTF)
	if err != nil {
		return nil, err
	}
	c.Title, c.Site, c.Byline = bold.settable(c.Title), medium.settable(c.Site), medium.settable(c.Byline)
	d := newDice(c.Seed, "card")
	p := &scene{canvas: newCanvas(CardWidth, CardHeight), dice: d, plate: plates(base)[0]}
	if c.Title == "" {
		p.wordless()
	} else {
		p.all(base.Paper)
		p.strip()
	}
	if err := c.letter(p.img, base, bold, medium); err != nil {
		return nil, fmt.Errorf("letter card: %w", err)
	}
	return indexed(p.img, base.Palette()), nil
}

// letter sets the three texts.
func (c Card) letter(img *image.RGBA, base Base, bold, medium typeface) error {
	const width = CardWidth - 2*cardMargin
	if c.Site != "" {
		site, err := medium.fit(c.Site, width-50, siteSize*2, siteSize, siteSize)
		if err != nil {
			return err
		}
		sign := scene{canvas: newCanvas(CardWidth, CardHeight), plate: plates(base)[0]}
		sign.canvas.img = img
		sign.mark(cardMargin/sign.unit, 98/sign.unit, 46/sign.unit)
		site.set(img, base.Accent, cardMargin+50, 60)
	}
	if c.Title == "" {
		return nil
	}
	height := cardTextEnd - cardTitleY
	if c.Byline != "" {
		height -= cardBylineH
	}
	title, err := bold.fit(c.Title, width, height, 80, 36)
	if err != nil {
		return err
	}
	end := title.set(img, base.Ink, cardMargin, cardTitleY)
	if c.Byline == "" {
		return nil
	}
	byline, err := medium.fit(c.Byline, width, bylineSize*2, bylineSize, bylineSize)
	if err != nil {
		return err
	}
	byline.set(img, base.mix(2, 7, 0, 0), cardMargin, end+14)
	return nil
}

// wordless is the landscape of a card without a title, its sky left free for
// the name of the site.
func (p *scene) wordless() {
	p.all(p.sky)
	p.sunAt(p.wide*p.between(0.55, 0.75), p.between(190, 260), 90)
	folds := p.folds(5, 400, 750, 50)
	line := p.layHills(folds)
	last := folds[len(folds)-1]
	p.roadside(line)
	p.frame(last.crest, last.gate)
}

// strip is the landscape along the foot of a card: hills and a trail that runs
// from one edge to the other, with its waymarks.
func (p *scene) strip() {
	p.sunAt(p.wide*p.between(0.6, 0.9), p.between(610, 650), p.between(44, 56))
	folds := []fold{
		{crest: p.swell(690, 34, p.wide*0.7), ink: p.land[0], cut: p.land[0]},
		{crest: p.swell(740, 34, p.wide*0.6), ink: p.land[1], cut: p.land[0]},
		{crest: p.swell(800, 24, p.wide*0.8), ink: p.land[3], cut: p.land[2]},
	}
	for i, f := range folds {
		p.fill(f.ink, under(f.crest, -20, p.wide+20, tall+20)...)
		p.carve(f, 0.3+0.15*float64(i))
		if i == 1 {
			p.stand(f.crest, p.land[2], p.land[1], 44, 16)
		}
	}
	ground := p.swell(852, 12, p.wide*0.5)
	line := make([]point, 0, 121)
	for i := range 121 {
		x := -20 + (p.wide+40)*float64(i)/120
		line = append(line, point{x, ground(x)})
	}
	p.ribbon(p.path, line, 20, 20, 1)
	for _, share := range []float64{0.12, 0.36, 0.62} {
		q := at(line, share)
		p.post(q.x, q.y-16, 34)
	}
	q := at(line, 0.87)
	p.signpost(q.x, q.y-14, 190, 2, p.side())
}
