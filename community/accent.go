package community

import (
	"encoding/hex"
	"fmt"
	"math"

	"waypost/internal/problem"
)

// DefaultAccent is the green of the design.
const DefaultAccent = "#2b6349"

const leastContrast = 4.5 // WCAG 2.2, success criterion 1.4.3

var (
	paperLight = rgb{0xfb, 0xf9, 0xf4}
	paperDark  = rgb{0x14, 0x17, 0x15}
)

type rgb [3]uint8

func (c rgb) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

func parseRGB(s string) (rgb, bool) {
	var c rgb
	if len(s) != 7 {
		return c, false
	}
	n, err := hex.Decode(c[:], []byte(s[1:]))
	return c, err == nil && n == len(c) && s[0] == '#'
}

// RGB is the red, green and blue of a colour "#rrggbb"; black if it is none.
func RGB(hex string) [3]uint8 {
	c, _ := parseRGB(hex)
	return c
}

// Hexadecimal reports that a text is a colour "#rrggbb" in lower case.
func Hexadecimal(s string) bool {
	c, ok := parseRGB(s)
	return ok && c.String() == s
}

// Accents are the two forms of an owner's colour.
type Accents struct{ Light, Dark string }

// AccentsOf returns the colour for light paper and its twin for dark paper, each
// readable on its paper. An impossible colour gives the default's.
func AccentsOf(accent string) Accents {
	c, ok := parseRGB(accent)
	if !ok {
		c, _ = parseRGB(DefaultAccent)
	}
	if c.String() == DefaultAccent {
		return Accents{DefaultAccent, "#84cba8"}
	}
	return Accents{nearest(c, paperLight).String(), nearest(c, paperDark).String()}
}

func checkAccent(accent string, f *problem.Fields) {
	c, ok := parseRGB(accent)
	if !ok {
		f.Add("accent", "community.accent_form")
		return
	}
	if contrast(c, paperLight) < leastContrast {
		f.Add("accent", "community.accent_pale", "nearest", nearest(c, paperLight).String())
	}
}

// nearest mixes the colour toward black on light paper, toward white on dark paper,
// in steps of one hundredth until it can be read there.
func nearest(c, paper rgb) rgb {
	toward := rgb{}
	if luminance(paper) < 0.5 {
		toward = rgb{255, 255, 255}
	}
	for step := range 101 {
		m := mix(c, toward, float64(step)/100)
		if contrast(m, paper) >= leastContrast {
			return m
		}
	}
	return toward
}

func mix(a, b rgb, t float64) rgb {
	var m rgb
	for i := range m {
		m[i] = uint8(math.Round(float64(float64(a[i])*(1-t)) + float64(float64(b[i])*t)))
	}
	return m
}

// contrast is the ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b rgb) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is WCAG 2.2's relative luminance of an sRGB colour.
func luminance(c rgb) float64 {
	var l float64
	for i, weight := range [3]float64{0.2126, 0.7152, 0.0722} {
		v := float64(c[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		l += float64(weight * v)
	}
	return l
}
