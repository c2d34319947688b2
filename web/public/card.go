package public

import (
	"hash/fnv"
	"image/color"
	"net/http"
	"strings"

	"waypost/community"
	"waypost/internal/drawing"
	"waypost/stories"
)

const (
	cardWidth  = drawing.CardWidth
	cardHeight = drawing.CardHeight
)

// Card answers /stories/{slug}/card.png: the picture that other sites show of a
// story, drawn from its title and byline.
func (p *Public) Card(w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("slug")
	err := p.file(w, r, stories.Address(slug)+"/card.png", "image/png", func(b *build) ([]byte, error) {
		s, err := b.Stories.BySlug(b.tx, slug)
		if err != nil {
			return nil, err
		}
		if s.State != stories.Published && s.State != stories.Archived {
			return nil, errMissing()
		}
		items, err := b.items([]stories.Story{s})
		if err != nil {
			return nil, err
		}
		var names []string
		for _, p := range items[0].Byline {
			names = append(names, p.Name)
		}
		card, err := drawing.Card{Title: s.Title, Site: b.settings.Name, Byline: strings.Join(names, ", "),
			Accent: rgba(community.AccentsOf(b.settings.Accent).Light), Seed: seed(s.ID)}.Draw()
		if err != nil {
			return nil, err
		}
		return drawing.PNG(card)
	})
	return p.orMoved(w, r, err)
}

func rgba(hex string) color.RGBA {
	c := community.RGB(hex)
	return color.RGBA{R: c[0], G: c[1], B: c[2], A: 255}
}

func seed(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // never fails
	return h.Sum64()
}
