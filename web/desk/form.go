package desk

import (
	"net/http"
	"strconv"
	"strings"

	"waypost/internal/problem"
	"waypost/internal/slug"
	"waypost/web/desk/fields"
	"waypost/web/kit"
)

// What pages show of their forms.
type (
	Form   = fields.Form
	Input  = fields.Input
	Option = fields.Option
	Typed  = fields.Typed
)

// NewForm shows values that are name and value in turn.
func NewForm(pairs ...string) Form { return fields.New(pairs...) }

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
