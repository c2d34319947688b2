package diff_test

import (
	"strings"
	"testing"

	"waypost/web/desk/diff"
)

func TestLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, theirs, mine, want string }{
		{"equal", "a\nb", "a\nb", "=a =b"},
		{"empty", "", "", "="},
		{"one added", "a\nc", "a\nb\nc", "=a +b =c"},
		{"one taken out", "a\nb\nc", "a\nc", "=a -b =c"},
		{"one replaced, theirs first", "a\nx\nc", "a\ny\nc", "=a -x +y =c"},
		{"a line kept in the middle", "1\nk\n2", "3\nk\n4", "-1 +3 =k -2 +4"},
		{"all else", "a", "b\nc", "-a +b +c"},
		{"twice the same line", "a\na", "a", "=a -a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := signed(diff.Lines(c.theirs, c.mine)); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func signed(lines []diff.Line) string {
	var words []string
	for _, l := range lines {
		sign := "="
		if !l.Mine {
			sign = "-"
		} else if !l.Theirs {
			sign = "+"
		}
		words = append(words, sign+l.Text)
	}
	return strings.Join(words, " ")
}

func TestBoth(t *testing.T) {
	t.Parallel()
	if got := diff.Both(diff.Lines("a\nx\nc", "a\ny\nc")); got != "a\nx\ny\nc" {
		t.Errorf("both in one: %q", got)
	}
}

func TestLargeTextsAreNotComparedLineByLine(t *testing.T) {
	t.Parallel()
	theirs, mine := "a\n"+strings.Repeat("x\nX\n", 3000)+"z", "a\n"+strings.Repeat("y\nX\n", 3000)+"z"
	lines := diff.Lines(theirs, mine)
	if lines[0] != (diff.Line{Text: "a", Theirs: true, Mine: true}) || !lines[1].Theirs || lines[1].Mine || lines[len(lines)-2].Text != "X" {
		t.Errorf("first lines: %+v", lines[:3])
	}
	if n := len(lines); n > 12002 {
		t.Errorf("%d lines", n)
	}
}

func FuzzLines(f *testing.F) {
	f.Add("a\nb", "b\na")
	f.Add("", "\n\n")
	f.Fuzz(func(t *testing.T, theirs, mine string) {
		var a, b []string
		for _, l := range diff.Lines(theirs, mine) {
			if !l.Theirs && !l.Mine {
				t.Fatal("a line of neither text")
			}
			if l.Theirs {
				a = append(a, l.Text)
			}
			if l.Mine {
				b = append(b, l.Text)
			}
		}
		if strings.Join(a, "\n") != theirs || strings.Join(b, "\n") != mine {
			t.Errorf("%q and %q do not come back", theirs, mine)
		}
	})
}
