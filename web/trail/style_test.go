package trail_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"waypost/web/trail"
)

// TestStylesheet holds the drawings and the stylesheet to the same classes.
func TestStylesheet(t *testing.T) {
	t.Parallel()
	css, err := os.ReadFile("../static/trail.css")
	if err != nil {
		t.Fatal(err)
	}
	styled := unique(regexp.MustCompile(`tr-[a-z]+`).FindAllString(string(css), -1))
	var drawn []string
	for _, s := range samples(t) {
		f := trail.Draw(s.trail, s.opts)
		for _, m := range regexp.MustCompile(`class="([^"]*)"`).FindAllStringSubmatch(string(f.Wide)+string(f.Tall), -1) {
			drawn = append(drawn, strings.Fields(m[1])...)
		}
	}
	if drawn = unique(drawn); !slices.Equal(drawn, styled) {
		t.Errorf("drawn with %v,\nstyled are %v", drawn, styled)
	}
}

// TestOwnStylesheet holds the drawings of private paths to the two stylesheets they have.
func TestOwnStylesheet(t *testing.T) {
	t.Parallel()
	classes := regexp.MustCompile(`tr-[a-z]+`)
	var styled, drawn []string
	for _, name := range []string{"trail.css", "path.css"} {
		css, err := os.ReadFile("../static/" + name)
		if err != nil {
			t.Fatal(err)
		}
		found := unique(classes.FindAllString(string(css), -1))
		for _, class := range found {
			if slices.Contains(styled, class) {
				t.Errorf("%s styles %s, too", name, class)
			}
		}
		styled = append(styled, found...)
	}
	for _, p := range paths(t) {
		f := trail.DrawOwn(p.own, p.opts)
		for _, m := range regexp.MustCompile(`class="([^"]*)"`).FindAllStringSubmatch(string(f.Wide)+string(f.Tall), -1) {
			drawn = append(drawn, strings.Fields(m[1])...)
		}
	}
	for _, class := range unique(drawn) {
		if !slices.Contains(styled, class) && class != "tr-ahead" { // which is only paler
			t.Errorf("%s is drawn and not styled", class)
		}
	}
	for _, class := range unique(styled) {
		if !slices.Contains(drawn, class) && class != "tr-dot" { // the end of a story's trail
			t.Errorf("%s is styled and never drawn", class)
		}
	}
}

func unique(all []string) []string {
	slices.Sort(all)
	return slices.Compact(all)
}
