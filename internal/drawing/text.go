package drawing

import (
	"fmt"
	"image"
	"image/color"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// typeface sets text in one font.
type typeface struct{ font *sfnt.Font }

func openTypeface(ttf []byte) (typeface, error) {
	f, err := opentype.Parse(ttf)
	if err != nil {
		return typeface{}, fmt.Errorf("read font: %w", err)
	}
	return typeface{f}, nil
}

// settable gives the text with its spaces made plain, or "" when the font
// lacks one of its letters. Romanian comma letters, which it does lack, take
// the cedilla that stood in for them before Unicode 3.0.
func (t typeface) settable(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	text = strings.NewReplacer("Ș", "Ş", "ș", "ş", "Ț", "Ţ", "ț", "ţ", "\u2011", "-").Replace(text)
	var buf sfnt.Buffer
	for _, r := range text {
		index, err := t.font.GlyphIndex(&buf, r)
		if err != nil || index == 0 {
			return ""
		}
	}
	return text
}

func (t typeface) face(size float64) (font.Face, error) {
	face, err := opentype.NewFace(t.font, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		return nil, fmt.Errorf("set font at %g px: %w", size, err)
	}
	return face, nil
}

// block is text broken into lines at a size, in pixels.
type block struct {
	lines []string
	face  font.Face
	size  float64
}

// leading is the distance from one line to the next, in sizes.
const leading = 1.16

// fit breaks text into lines within a width and a height, in the largest size
// between two that holds it. What does not fit at the smallest is cut off and
// ends in an ellipsis.
func (t typeface) fit(text string, width, height int, largest, smallest float64) (block, error) {
	for size := largest; ; size -= 4 {
		size = max(size, smallest)
		face, err := t.face(size)
		if err != nil {
			return block{}, err
		}
		lines := wrap(face, text, width)
		room := int(float64(height) / (size * leading))
		if len(lines) <= room {
			return block{balance(face, text, width, lines), face, size}, nil
		}
		if size == smallest {
			lines = lines[:max(room, 1)]
			last := len(lines) - 1
			lines[last] = shorten(face, lines[last], width)
			return block{lines, face, size}, nil
		}
	}
}

// wrap breaks text at spaces, and within a word that is wider than a line.
func wrap(face font.Face, text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		joined := strings.TrimSpace(line + " " + word)
		if measure(face, joined) <= width {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line = ""
		for _, r := range word {
			if line != "" && measure(face, line+string(r)) > width {
				lines = append(lines, line)
				line = ""
			}
			line += string(r)
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// balance narrows the width as long as the number of lines stays the same.
func balance(face font.Face, text string, width int, lines []string) []string {
	for width -= 40; width > 200; width -= 40 {
		narrower := wrap(face, text, width)
		if len(narrower) != len(lines) {
			break
		}
		lines = narrower
	}
	return lines
}

func shorten(face font.Face, line string, width int) string {
	runes := []rune(line)
	for len(runes) > 0 && measure(face, string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ,;:.–—-") + "…"
}

func measure(face font.Face, text string) int {
	return font.MeasureString(face, text).Ceil()
}

// set draws the block with its upper edge at y and gives its lower edge.
func (b block) set(img *image.RGBA, ink color.RGBA, x, y int) int {
	drawer := font.Drawer{Dst: img, Src: image.NewUniform(ink), Face: b.face}
	for i, line := range b.lines {
		baseline := float64(y) + b.size*(0.94+leading*float64(i))
		drawer.Dot = fixed.P(x, int(baseline))
		drawer.DrawString(line)
	}
	return y + int(b.size*leading*float64(len(b.lines)))
}
