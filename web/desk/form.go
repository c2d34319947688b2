package desk

import (
	"errors"
	"net/http"
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
}

// NewForm shows values that are name and value in turn.
func NewForm(pairs ...string) Form {
	f := Form{Values: url.Values{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Values.Add(pairs[i], pairs[i+1])
	}
	return f
}

// refused is the form with the reasons of an error that can be mended in it, and the
// status to answer with. Any other error is handed back.
func (f Form) refused(err error) (Form, int, error) {
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

// places are the names of fields that a fault's sentence alone would not tell apart.
var places = map[string]string{
	"title": "desk.story.title", "standfirst": "desk.story.standfirst", "body": "desk.story.body", "slug": "desk.story.slug",
	"cover_alt": "desk.story.cover_alt", "cover_caption": "desk.story.cover_caption", "cover_file": "desk.story.cover_file",
	"body_file": "desk.picture.for_text", "topics": "desk.story.topics", "new_topics": "desk.story.new_topics", "authors": "desk.story.authors",
	"new_author": "desk.story.new_author", "published": "desk.story.published", "at": "desk.verb.at", "name": "desk.field.name",
	"tagline": "desk.setup.tagline", "accent": "desk.setup.accent", "time_zone": "desk.setup.zone", "your_name": "desk.setup.your_name",
	"description": "desk.topic.description", "note": "desk.field.note", "url": "desk.resource.url", "handle": "desk.author.handle",
	"pronouns": "desk.author.pronouns", "place": "desk.author.place", "bio": "desk.author.bio", "links": "desk.author.links",
	"state": "desk.page.state", "desk_language": "desk.settings.language",
	"trail.goal": "desk.trail.goal", "picture": "desk.picture.file", "portrait_file": "desk.author.portrait",
}

// Place names the field that a fault is of; its key is empty where there is no name.
func (f Form) Place(name string) problem.Message {
	parts := strings.Split(name, ".")
	if len(parts) >= 3 && parts[0] == "trail" {
		if n, err := strconv.Atoi(parts[2]); err == nil {
			return problem.Message{Key: rowPlaces[parts[1]], Args: []any{"number", n + 1}}
		}
	}
	return problem.Message{Key: places[name]}
}

// rowPlaces name a row of the trail by its number.
var rowPlaces = map[string]string{"steps": "desk.trail.step_number", "changes": "desk.trail.change_number"}

// Anchor is the part of the page that holds a field with a fault: the field's own
// id, without the number of a line in it.
func (f Form) Anchor(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > 0 && isNumber(name[i+1:]) && strings.HasSuffix(name[:i], ".learned") {
		return name[:i]
	}
	return name
}

// renamed is an error whose faults of one field are those of another, for a form
// that calls the field otherwise than the feature does.
func renamed(err error, from, to string) error {
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

// fault is a problem with a single field.
func fault(name, key string, args ...any) error {
	var f problem.Fields
	f.Add(name, key, args...)
	return f.Err()
}

// versionTyped is the version that a form was read at; 0 for something new.
func versionTyped(r *http.Request) (int64, error) {
	v := r.PostForm.Get("version")
	if v == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return 0, &problem.Problem{Kind: problem.Malformed, Message: problem.Message{Key: "problem.malformed"}, Cause: err}
	}
	return n, nil
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

// Input is one field as the templates "line", "block" and "choice" show it.
type Input struct {
	Name, Label, Hint, Value string
	Type                     string // of an input element
	Fault                    *problem.Message
	Required                 bool
	Rows                     int
	List                     string // the id of a datalist
	Language                 string // of what is typed
}

// Line is a field for one line of text.
func (f Form) Line(name, label, hint string) Input {
	return Input{Name: name, Label: label, Hint: hint, Value: f.Value(name), Type: "text", Fault: f.Fault(name), Rows: 3}
}

// Typed sets the type of the input element.
func (i Input) Typed(kind string) Input { i.Type = kind; return i }

// Needed marks a field that must not stay empty.
func (i Input) Needed() Input { i.Required = true; return i }

// Tall sets how many lines a box shows.
func (i Input) Tall(rows int) Input { i.Rows = rows; return i }

// Offering names a datalist.
func (i Input) Offering(list string) Input { i.List = list; return i }

// In says which language is typed.
func (i Input) In(language string) Input { i.Language = language; return i }

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

// Option is an entry of a choice.
type Option struct{ Value, Label string }
