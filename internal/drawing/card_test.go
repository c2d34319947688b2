package drawing_test

import (
	"bytes"
	"image"
	"image/color"
	"strings"
	"testing"

	"waypost/internal/drawing"
)

// titleBox bounds the pixels in pure ink, which only a title has.
func titleBox(img *image.Paletted) image.Rectangle {
	ink := uint8(img.Palette.Index(drawing.DefaultBase().Ink))
	var box image.Rectangle
	for i, index := range img.Pix {
		if index == ink {
			x, y := i%img.Stride, i/img.Stride
			box = box.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	return box
}

func TestCardTitleStaysInItsPlace(t *testing.T) {
	t.Parallel()
	place := image.Rect(72, 120, 1200-72, 400)
	for name, title := range map[string]string{
		"one word":     "Leaving",
		"one line":     "Eleven years of paper",
		"two lines":    "When the dream job was not the dream",
		"very long":    strings.Repeat("A title nobody would ever read to its end, ", 12),
		"endless word": strings.Repeat("Donaudampfschifffahrt", 12),
		"Greek":        "Πώς άφησα τη δουλειά των ονείρων μου",
		"Cyrillic":     "Как я ушёл с работы своей мечты",
		"Romanian":     "Și totuși, țara mea",
		"typographic":  "“Let go” — at 9:40… it’s £95",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			card := drawing.Card{Title: title, Site: "The First Ten", Byline: "by Ilinca Șerbănescu", Seed: 7}
			img, err := card.Draw()
			if err != nil {
				t.Fatal(err)
			}
			if img.Rect != image.Rect(0, 0, drawing.CardWidth, drawing.CardHeight) {
				t.Errorf("bounds %v", img.Rect)
			}
			box := titleBox(img)
			if box.Empty() || box.Dy() < 24 {
				t.Fatalf("title in %v is not there", box)
			}
			if !box.In(place) {
				t.Errorf("title in %v leaves %v", box, place)
			}
			checkColours(t, drawing.DefaultBase(), img)
		})
	}
}

func TestCardLeavesOutWhatTheFontLacks(t *testing.T) {
	t.Parallel()
	plain, err := drawing.Card{Site: "The First Ten", Seed: 7}.Draw()
	if err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"道の途中で", "الطريق", "דרך", "A 道", "🥾 Boots"} {
		img, err := drawing.Card{Title: title, Site: "The First Ten", Byline: "by Mei", Seed: 7}.Draw()
		if err != nil {
			t.Fatal(err)
		}
		if !titleBox(img).Empty() || !bytes.Equal(img.Pix, plain.Pix) {
			t.Errorf("%q is not left out", title)
		}
	}
}

func TestCardShowsItsTexts(t *testing.T) {
	t.Parallel()
	full := drawing.Card{Title: "Leaving", Site: "The First Ten", Byline: "by Mei", Seed: 7}
	draw := func(change func(*drawing.Card)) []byte {
		card := full
		change(&card)
		img, err := card.Draw()
		if err != nil {
			t.Fatal(err)
		}
		return img.Pix
	}
	first := draw(func(*drawing.Card) {})
	if !bytes.Equal(first, draw(func(*drawing.Card) {})) {
		t.Error("a second drawing differs")
	}
	for name, change := range map[string]func(*drawing.Card){
		"title":  func(c *drawing.Card) { c.Title = "Staying" },
		"site":   func(c *drawing.Card) { c.Site = "" },
		"byline": func(c *drawing.Card) { c.Byline = "by Kit" },
		"seed":   func(c *drawing.Card) { c.Seed = 8 },
	} {
		if bytes.Equal(first, draw(change)) {
			t.Errorf("%s makes no difference", name)
		}
	}
}

func TestCardTakesTheAccent(t *testing.T) {
	t.Parallel()
	base := drawing.DefaultBase()
	base.Accent = color.RGBA{R: 0x5a, G: 0x2a, B: 0x6e, A: 0xff}
	img, err := drawing.Card{Title: "Leaving", Site: "Site", Accent: base.Accent}.Draw()
	if err != nil {
		t.Fatal(err)
	}
	checkColours(t, base, img)
	if used(img)[base.Accent] == 0 {
		t.Error("the accent is not in the picture")
	}
	if used(img)[drawing.DefaultBase().Accent] != 0 {
		t.Error("the default accent is still in the picture")
	}
}

func BenchmarkCard(b *testing.B) {
	card := drawing.Card{Title: "When the dream job was not the dream", Site: "The First Ten", Byline: "by Tamsin Oyelaran"}
	for b.Loop() {
		if _, err := card.Draw(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCardPNG(b *testing.B) {
	img, err := drawing.Card{Title: "When the dream job was not the dream", Site: "The First Ten"}.Draw()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := drawing.PNG(img); err != nil {
			b.Fatal(err)
		}
	}
}
