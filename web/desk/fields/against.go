package fields

import (
	"strings"

	"waypost/web/desk/diff"
)

// Against is a form that was typed over a version that somebody else has replaced:
// beside what was typed it shows what stands there now, and a save of it settles the
// matter. words says what the values of a field are for people.
func Against(mine, theirs Form, words func(name string, values []string) string, names ...string) Form {
	mine.Values.Set("version", theirs.Value("version"))
	for _, name := range names {
		a, b := strings.TrimSpace(words(name, theirs.Values[name])), strings.TrimSpace(words(name, mine.Values[name]))
		if b = strings.ReplaceAll(b, "\r\n", "\n"); a == b {
			continue
		}
		shown := Theirs{Name: name}
		for _, l := range diff.Lines(a, b) {
			if l.Theirs {
				shown.Lines = append(shown.Lines, Line{Text: l.Text, Mine: l.Mine})
			}
		}
		mine.Theirs = append(mine.Theirs, shown)
	}
	return mine
}

// Plainly gives the values of a field as they are.
func Plainly(_ string, values []string) string { return strings.Join(values, ", ") }
