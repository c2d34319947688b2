package community_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"waypost/community"
)

// contrastOf is WCAG 2.2's contrast of two "#rrggbb", written apart from the code
// under test.
func contrastOf(t *rapid.T, a, b string) float64 {
	la, lb := luminanceOf(t, a), luminanceOf(t, b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminanceOf(t *rapid.T, colour string) float64 {
	var c [3]int
	if _, err := fmt.Sscanf(colour, "#%2x%2x%2x", &c[0], &c[1], &c[2]); err != nil || len(colour) != 7 {
		t.Fatalf("%q is no colour: %v", colour, err)
	}
	part := func(v int) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c[0]) + 0.7152*part(c[1]) + 0.0722*part(c[2])
}

const (
	lightPaper = "#fbf9f4"
	darkPaper  = "#141715"
)

func TestBothAccentsCanBeRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.IntRange(0, 255)
		accent := fmt.Sprintf("#%02x%02x%02x", part.Draw(t, "r"), part.Draw(t, "g"), part.Draw(t, "b"))
		a := community.AccentsOf(accent)
		if c := contrastOf(t, a.Light, lightPaper); c < 4.5 {
			t.Errorf("%s on light paper is %s: %.2f", accent, a.Light, c)
		}
		if c := contrastOf(t, a.Dark, darkPaper); c < 4.5 {
			t.Errorf("%s on dark paper is %s: %.2f", accent, a.Dark, c)
		}
		if contrastOf(t, accent, lightPaper) >= 4.5 && accent != a.Light {
			t.Errorf("%s could be read and became %s", accent, a.Light)
		}
	})
}

func TestAccentsOf(t *testing.T) {
	t.Parallel()
	for accent, want := range map[string]community.Accents{
		community.DefaultAccent: {Light: "#2b6349", Dark: "#84cba8"},
		"":                      {Light: "#2b6349", Dark: "#84cba8"},
		"red":                   {Light: "#2b6349", Dark: "#84cba8"},
		"# 1 2 3":               {Light: "#2b6349", Dark: "#84cba8"},
		"#12345g":               {Light: "#2b6349", Dark: "#84cba8"},
		"1234567":               {Light: "#2b6349", Dark: "#84cba8"},
		"#1a2b3c;":              {Light: "#2b6349", Dark: "#84cba8"},
	} {
		if got := community.AccentsOf(accent); got != want {
			t.Errorf("%q: %v, want %v", accent, got, want)
		}
	}
	black := community.AccentsOf("#000000")
	if black.Light != "#000000" || black.Dark == "#000000" {
		t.Errorf("black: %v", black)
	}
}
