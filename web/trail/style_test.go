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

func unique(all []string) []string {
	slices.Sort(all)
	return slices.Compact(all)
}
