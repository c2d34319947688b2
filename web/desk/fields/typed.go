package fields

import (
	"net/url"
	"slices"
	"strings"

	"waypost/internal/problem"
	"waypost/stories/trails"
)

// Typed is one field of a form that could not be taken.
type Typed struct {
	Name, Value string
	Long        bool   // worth a box of several lines
	Chosen      string // the key of the words for what was chosen; empty for what was typed
	Unseen      bool   // what the program put there, or chose by an identifier
}

// Labels name the field, from the outside in; empty for one that has no name.
func (t Typed) Labels() []problem.Message { return Places(t.Name) }

// newTyped is a field as it is given back.
func newTyped(name, value string) Typed {
	t := Typed{Name: name, Value: value, Long: len(value) > 80 || strings.Contains(value, "\n")}
	t.Chosen = Chosen(name, value)
	t.Unseen = slices.Contains([]string{"authors", "topics", "cover", "portrait"}, name) // by their identifiers
	for _, end := range []string{".parent", ".step", ".detour"} {
		t.Unseen = t.Unseen || strings.HasSuffix(name, end)
	}
	t.Unseen = t.Unseen || len(t.Labels()) == 0 || strings.HasSuffix(name, ".id")
	return t
}

// Chosen is the key of the words for what was chosen in a field of a step; empty for
// other fields and values.
func Chosen(name, value string) string {
	switch {
	case strings.HasSuffix(name, ".kind"):
		return kindLabels[trails.StepKind(value)]
	case strings.HasSuffix(name, ".ended_by"):
		return endingLabels[trails.EndedBy(value)]
	case strings.HasSuffix(name, ".shown"):
		for _, o := range Shown {
			if o.Value == value {
				return o.Label
			}
		}
	}
	return ""
}

// Again is the field that names what was typed and not kept.
const Again = "type_again"

// Withhold takes the password out of a form that is kept in a page, and leaves word that
// it has to be typed again.
func Withhold(form url.Values) {
	if form.Get("password") != "" {
		form.Set(Again, "password")
	}
	form.Del("password")
}

// AllTyped lists a form's fields in order of their names, without empty ones. A password
// is not shown again to whoever has the page before them.
func AllTyped(form url.Values) []Typed {
	var list []Typed
	for name, values := range form {
		for _, v := range values {
			if v != "" && name != "password" {
				list = append(list, newTyped(name, v))
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Typed) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// Digits takes out what people type between the digits of a code.
func Digits(code string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, code[:min(len(code), 40)])
}
