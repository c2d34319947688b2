// Package fields is a form of the desk as it is shown: what stands in its fields, what is
// wrong with it, and how its fields are called. It knows nothing of what is typed.
package fields

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"waypost/internal/problem"
	"waypost/web/kit"
)

// Form is a form as it is shown: what stands in its fields, typed or stored, and
// what is wrong with it.
type Form struct {
	Values  url.Values
	Problem *problem.Message // why it was not taken; nil at first
	Faults  []problem.Field  // what to mend, in the order of the form
	Theirs  []Theirs         // what somebody else saved meanwhile, where it differs
}

// Theirs is what a field holds now that somebody else has saved.
type Theirs struct {
	Name  string
	Lines []Line
}

// Line is a line of what somebody else saved.
type Line struct {
	Text string
	Mine bool // it stands in what was typed here too
}

// Labels name the field.
func (t Theirs) Labels() []problem.Message { return Places(t.Name) }

// New shows values that are name and value in turn.
func New(pairs ...string) Form {
	f := Form{Values: url.Values{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Values.Add(pairs[i], pairs[i+1])
	}
	return f
}

// Refused is the form with the reasons of an error that can be mended in it, and the
// status to answer with. Any other error is handed back.
func (f Form) Refused(err error) (Form, int, error) {
	var p *problem.Problem
	if !errors.As(err, &p) || p.Kind != problem.Invalid && p.Kind != problem.Conflict {
		return f, 0, err
	}
	f.Problem, f.Faults = &p.Message, p.Fields
	return f, kit.Status(err), nil
}

// Value is what stands in a field.
func (f Form) Value(name string) string { return f.Values.Get(name) }

// Has reports that a value is chosen in a field of several, or in a choice.
func (f Form) Has(name, value string) bool { return slices.Contains(f.Values[name], value) }

// Fault is what is wrong with a field, or with a line of it, nil if nothing is.
func (f Form) Fault(name string) *problem.Message {
	for i := range f.Faults {
		if f.Faults[i].Name == name || strings.HasPrefix(f.Faults[i].Name, name+".") && isNumber(f.Faults[i].Name[len(name)+1:]) {
			return &f.Faults[i].Message
		}
	}
	return nil
}

// AnyFault reports that a field whose name begins so has a fault.
func (f Form) AnyFault(prefix string) bool {
	return slices.ContainsFunc(f.Faults, func(x problem.Field) bool { return strings.HasPrefix(x.Name, prefix) })
}

// Anchor is the part of the page that holds a field with a fault: the field's own
// id, without the number of a line in it.
func (f Form) Anchor(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > 0 && isNumber(name[i+1:]) && strings.HasSuffix(name[:i], ".learned") {
		return name[:i]
	}
	return name
}

// Input is one field as the templates "line", "block" and "choice" show it.
type Input struct {
	Name, Label, Hint, Value string
	Type                     string // of an input element
	Fault                    *problem.Message
	Required                 bool
	Rows                     int
	List                     string // the id of a datalist
	Autocomplete             string // what the browser may fill in; empty: what it likes
	Language                 string // of what is typed
	Focus                    bool   // the page opens with this field ready to be typed in
	Marked                   bool   // what is typed is Markdown, and there are tools for it
}

// Line is a field for one line of text.
func (f Form) Line(name, label, hint string) Input {
	i := Input{Name: name, Label: label, Hint: hint, Value: f.Value(name), Type: "text", Fault: f.Fault(name), Rows: 3}
	i.Focus = i.Fault != nil && f.Anchor(f.Faults[0].Name) == name
	return i
}

// First has the page open ready to type in the field.
func (i Input) First() Input { i.Focus = true; return i }

// Typed sets the type of the input element.
func (i Input) Typed(kind string) Input { i.Type = kind; return i }

// Filled tells the browser what it may fill in.
func (i Input) Filled(autocomplete string) Input { i.Autocomplete = autocomplete; return i }

// Needed marks a field that must not stay empty.
func (i Input) Needed() Input { i.Required = true; return i }

// Tall sets how many lines a box shows.
func (i Input) Tall(rows int) Input { i.Rows = rows; return i }

// Offering names a datalist.
func (i Input) Offering(list string) Input { i.List = list; return i }

// In says which language is typed.
func (i Input) In(language string) Input { i.Language = language; return i }

// Tools says whether the field has tools for Markdown.
func (i Input) Tools(so bool) Input { i.Marked = so; return i }

// DescribedBy names the elements that explain the field, for aria-describedby.
func (i Input) DescribedBy() string {
	var ids []string
	if i.Fault != nil {
		ids = append(ids, i.Name+"-fault")
	}
	if i.Hint != "" {
		ids = append(ids, i.Name+"-hint")
	}
	return strings.Join(ids, " ")
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

// Renamed is an error whose faults of one field are those of another, for a form
// that calls the field otherwise than the feature does.
func Renamed(err error, from, to string) error {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return err
	}
	q := *p
	q.Fields = slices.Clone(p.Fields)
	for i := range q.Fields {
		if q.Fields[i].Name == from {
			q.Fields[i].Name = to
		}
	}
	return &q
}

// Fault is a problem with a single field.
func Fault(name, key string, args ...any) error {
	var f problem.Fields
	f.Add(name, key, args...)
	return f.Err()
}

// Number is a whole number as a form carries it.
func Number(n int64) string { return strconv.FormatInt(n, 10) }

func Joined(ids []string, more string, name func(string) string) string {
	var list []string
	for _, id := range ids {
		if n := name(id); n != "" {
			list = append(list, n)
		}
	}
	if more != "" {
		list = append(list, more)
	}
	return strings.Join(list, ", ")
}
