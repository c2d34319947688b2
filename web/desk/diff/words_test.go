package diff_test

import (
	"strings"
	"testing"

	"waypost/web/desk/diff"
)

// inWords writes a comparison down: [-out-]{+in+}, a line a line, with what is folded in
// angles.
func inWords(c diff.Text) string {
	var lines []string
	for _, p := range c.Parts {
		for _, l := range p.Lines {
			var b strings.Builder
			if p.Folded > 0 {
				b.WriteString("<")
			}
			for _, piece := range l {
				switch {
				case piece.Out:
					b.WriteString("[-" + piece.Text + "-]")
				case piece.In:
					b.WriteString("{+" + piece.Text + "+}")
				default:
					b.WriteString(piece.Text)
				}
			}
			lines = append(lines, b.String())
		}
	}
	return strings.Join(lines, " / ")
}

func TestWords(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a b c d e f g h i j k l m n o p q r s t ", 4) + "end."
	for _, c := range []struct{ name, before, after, want string }{
		{"equal", "One two.", "One two.", "One two."},
		{"empty", "", "", ""},
		{"new", "", "One two.", "{+One two.+}"},
		{"gone", "One two.", "", "[-One two.-]"},
		{"a word", "I drove the red van home.", "I drove the blue van home.", "I drove the [-red-]{+blue+} van home."},
		{"a word more", "I drove the van home.", "I drove the old van home.", "I drove the {+old +}van home."},
		{"a sign", "I drove home. Then slept.", "I drove home, then slept.", "I drove home[-. Then-]{+, then+} slept."},
		{"words shared by chance are no hold", "the cat sat on a mat", "every dog ran on to sleep", "[-the cat sat on a mat-]{+every dog ran on to sleep+}"},
		{"a paragraph between", "First.\n\nLast.", "First.\n\nBetween.\n\nLast.", "First. / {+Between.+} / Last."},
		{"a paragraph less", "First.\n\nBetween.\n\nLast.", "First.\n\nLast.", "First. / [-Between.-] / Last."},
		{"one made of two", "First part here.\n\nSecond part here.", "First part here. Second part here.", "First part here.[-¶-] / { + }Second part here."},
		{"letters without spaces", "我每天開車上班", "我每天走路上班", "我每天[-開車-]{+走路+}上班"},
		{"marks stay with their letters", "cafe\u0301 noir", "cafe noir", "[-cafe\u0301-]{+cafe+} noir"},
		{"long stretches are folded", "x\n\n" + long + "\n\n" + long + "\n\n" + long + "\n\ny", "z\n\n" + long + "\n\n" + long + "\n\n" + long + "\n\ny",
			"[-x-]{+z+} / " + long + " / <" + long + " / <" + long + " / <y"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			want := strings.ReplaceAll(c.want, "{ + }", "{+ +}")
			got := diff.Words(c.before, c.after)
			if inWords(got) != want {
				t.Errorf("%q, want %q", inWords(got), want)
			}
			if got.Passed || got.Same() != (c.before == c.after) {
				t.Errorf("passed %v, same %v", got.Passed, got.Same())
			}
		})
	}
}

func TestWordsAreCounted(t *testing.T) {
	t.Parallel()
	c := diff.Words("I drove the red van.", "I drove the big blue van – home.")
	if c.Out != 1 || c.In != 3 {
		t.Errorf("%d words out, %d in: %q", c.Out, c.In, inWords(c))
	}
}

func FuzzWords(f *testing.F) {
	f.Add("One two.\n\nThree four.", "One 2.\nThree\n\nfour five.")
	f.Add("", "\n\n")
	f.Add("a b a b c\n\n\nd", "b a c b\n\nd d")
	f.Fuzz(func(t *testing.T, before, after string) {
		var a, b strings.Builder
		for _, p := range diff.Words(before, after).Parts {
			for _, l := range p.Lines {
				for _, piece := range l {
					if piece.In && piece.Out {
						t.Fatal("a piece is neither")
					}
					if !piece.In {
						a.WriteString(piece.Text)
					}
					if !piece.Out {
						b.WriteString(piece.Text)
					}
				}
			}
		}
		plain := strings.NewReplacer("\n", "", "¶", "")
		if plain.Replace(a.String()) != plain.Replace(before) || plain.Replace(b.String()) != plain.Replace(after) {
			t.Errorf("%q and %q do not come back", before, after)
		}
	})
}
