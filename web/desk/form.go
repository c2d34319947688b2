package desk

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"waypost/internal/problem"
	"waypost/internal/slug"
	"waypost/web/desk/fields"
	"waypost/web/kit"
)

// What pages show of their forms.
type (
	Form  = fields.Form
	Input = fields.Input
)

// Option is an entry of a choice.
type Option struct{ Value, Label string }

// NewForm shows values that are name and value in turn.
func NewForm(pairs ...string) Form { return fields.New(pairs...) }

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

// slugTyped is an address as somebody typed it, in the form that addresses have if it
// can be brought into it.
func slugTyped(r *http.Request, name string) string {
	typed := kit.Line(r, name)
	if made := slug.Make(strings.ReplaceAll(typed, "&", " ")); !slug.Valid(typed) && slug.Valid(made) {
		return made
	}
	return typed
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
