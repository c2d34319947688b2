package typeset_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"waypost/web/trail/typeset"
)

var plain = typeset.Face{Class: "plain", Size: 10}

func texts(b typeset.Block) string {
	var lines []string
	for _, l := range b {
		lines = append(lines, l.Text)
	}
	return strings.Join(lines, "|")
}

func TestAdd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		room float64
		most int
		want string
	}{
		{"", 100, 3, ""},
		{"27\u00a0Mar – 25\u00a0May 2025", 62, 3, "27\u00a0Mar –|25\u00a0May|2025"},
		{"one line", 100, 3, "one line"},
		{"  spaces \n do not\tcount ", 200, 3, "spaces do not count"},
		{"aaaa bbbb cccc", 30, 3, "aaaa|bbbb|cccc"},
		{"aaaa bbbb cccc", 60, 1, "aaaa bbb" + typeset.Ellipsis},
		{"one, two, three", 48, 1, "one" + typeset.Ellipsis},
		{"well-known", 45, 3, "well-|known"},
		{"aaaaaaaaaa", 30, 4, "aaaa-|aaaa-|aa"},
		{"日本語日本語", 32, 3, "日本語|日本語"},
		{"日本語。日本", 32, 3, "日本|語。日|本"},
	} {
		if got := texts(typeset.Block{}.Add(plain, c.text, c.room, c.most)); got != c.want {
			t.Errorf("%q in %g: %s, want %s", c.text, c.room, got, c.want)
		}
	}
}

func TestNothingTakesNoLine(t *testing.T) {
	t.Parallel()
	if b := (typeset.Block{}).Add(plain, " \n ", 100, 3).AddEven(plain, "", 100, 3); len(b) != 0 {
		t.Errorf("an empty text takes %d lines", len(b))
	}
}

func TestAddEven(t *testing.T) {
	t.Parallel()
	const text = "five words of some length"
	full, even := typeset.Block{}.Add(plain, text, 110, 3), typeset.Block{}.AddEven(plain, text, 110, 3)
	fullWide, _ := full.Size()
	evenWide, _ := even.Size()
	if len(full) != len(even) || evenWide >= fullWide {
		t.Errorf("%q is %g wide, %q %g", texts(full), fullWide, texts(even), evenWide)
	}
}

func TestHeaded(t *testing.T) {
	t.Parallel()
	quiet := typeset.Face{Class: "quiet", Size: 10}
	if b := typeset.Headed(plain, "Gig", quiet, "2015", 100); len(b) != 1 {
		t.Errorf("there is room for one line, but it takes %d", len(b))
	}
	if b := typeset.Headed(plain, "Gig", quiet, "2015", 30); texts(b) != "Gig|2015" {
		t.Errorf("on two lines: %s", texts(b))
	}
}

// TestAnyTextFits wraps texts that nobody would write: no line is wider than the
// room, and what is not cut keeps all its characters.
func TestAnyTextFits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		alphabet := rapid.SampledFrom([]string{"ab ", "Wm@%", "ضشسيبلا ", "日本語、。", "e\u0301\u0323 ", "👩🏽\u200d💻a", "ÄÖß-"}).Draw(t, "alphabet")
		text := rapid.StringOfN(rapid.SampledFrom([]rune(alphabet)), 0, 120, -1).Draw(t, "text")
		room := rapid.Float64Range(110, 300).Draw(t, "room")
		most := rapid.IntRange(1, 30).Draw(t, "most")
		for _, b := range []typeset.Block{typeset.Block{}.Add(plain, text, room, most), typeset.Block{}.AddEven(plain, text, room, most)} {
			if wide, _ := b.Size(); wide > room || len(b) > most {
				t.Errorf("%d lines, %g wide, in %g: %q", len(b), wide, room, texts(b))
			}
			whole := strings.NewReplacer("|", "", "-", "", " ", "").Replace(texts(b))
			if want := strings.NewReplacer("-", "", " ", "").Replace(text); whole != want && !strings.HasSuffix(whole, typeset.Ellipsis) {
				t.Errorf("%q was set as %q", want, whole)
			}
		}
	})
}
