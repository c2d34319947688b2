package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"waypost/community"
	"waypost/internal/problem"
	"waypost/stories/trails"
	"waypost/web/desk/fields"
	"waypost/web/kit"
)

// keptError is an error of a request that brought a form, with what was typed.
type keptError struct {
	error
	typed url.Values
}

func (e *keptError) Unwrap() error { return e.error }

// keeping lets what was typed travel with a handler's error to the page that shows it.
func keeping(h kit.Handler) kit.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := h(w, r)
		if err == nil || len(r.PostForm) == 0 {
			return err
		}
		return &keptError{err, r.PostForm}
	}
}

// ErrorView says what happened, gives back what was typed, and says what to do now.
type ErrorView struct {
	Status  int
	Message problem.Message
	Advice  string // a message key; empty if the message says it all
	Faults  []problem.Field
	SignIn  bool   // the session has ended: sign in in another tab, then send again
	Action  string // where the form went
	Typed   []Typed
}

// Typed is one field of a form that could not be taken.
type Typed struct {
	Name, Value string
	Long        bool   // worth a box of several lines
	Chosen      string // the key of the words for what was chosen; empty for what was typed
	Unseen      bool   // what the program put there, or chose by an identifier
}

// Labels name the field, from the outside in; empty for one that has no name.
func (t Typed) Labels() []problem.Message { return fields.Places(t.Name) }

// newTyped is a field as it is given back.
func newTyped(name, value string) Typed {
	t := Typed{Name: name, Value: value, Long: len(value) > 80 || strings.Contains(value, "\n")}
	switch _, last, found := strings.Cut(name, "."); {
	case found && strings.HasSuffix(last, ".kind"):
		t.Chosen = kindLabels[trails.StepKind(value)]
	case found && strings.HasSuffix(last, ".ended_by"):
		t.Chosen = endingLabels[trails.EndedBy(value)]
	case found && strings.HasSuffix(last, ".shown"):
		for _, o := range shownChoices {
			if o.Value == value {
				t.Chosen = o.Label
			}
		}
	case name == "authors", name == "topics": // by their identifiers
		t.Unseen = true
	}
	for _, end := range []string{".parent", ".step", ".detour"} {
		t.Unseen = t.Unseen || strings.HasSuffix(name, end)
	}
	t.Unseen = t.Unseen || len(t.Labels()) == 0 || strings.HasSuffix(name, ".id")
	return t
}

// Fail shows an error of one of the desk's routes and reports that it did; what
// belongs to other pages it leaves alone.
func (d *Desk) Fail(w http.ResponseWriter, r *http.Request, status int, err error) bool {
	if r.URL.Path != "/desk" && !strings.HasPrefix(r.URL.Path, "/desk/") {
		return false
	}
	frame(w, r)
	if status == http.StatusUnauthorized && r.Method != http.MethodPost {
		return d.show(w, r, status, "desk/signin", "", SignInView{Problem: sentence(err)}) == nil
	}
	view := ErrorView{Status: status, Message: problem.Message{Key: fmt.Sprintf("error.%d", status)},
		Advice: fmt.Sprintf("error.%d.advice", status), Action: r.URL.RequestURI()}
	var p *problem.Problem
	if errors.As(err, &p) {
		view.Message, view.Advice, view.Faults = p.Message, "", p.Fields
	}
	var kept *keptError
	switch {
	case errors.As(err, &kept):
		view.Typed = typed(kept.typed)
	case status == http.StatusUnauthorized, status >= http.StatusInternalServerError:
		view.Typed = d.givenBack(r)
		view.SignIn = status == http.StatusUnauthorized && len(view.Typed) > 0
	}
	settings, failed := d.Community.Settings(r.Context())
	if failed != nil { // without a database too the writer gets the text back
		settings = community.Defaults()
	}
	return d.showIn(w, r, settings, status, "desk/error", "", view) == nil
}

// A refused form is given back to whoever sent it, known or not. So it must not be
// large, and only a few are in memory at a time: what is sent to keep the server busy
// is answered without.
const (
	mostReturned  = 4 << 20
	mostReturning = 4
)

// givenBack reads the form of a request that the gate stopped before a handler could.
func (d *Desk) givenBack(r *http.Request) []Typed {
	defer d.returning.Add(-1)
	if d.returning.Add(1) > mostReturning || r.ContentLength < 0 || r.ContentLength > mostReturned || kit.ParseForm(r) != nil {
		return nil
	}
	return typed(r.PostForm)
}

// frame lets the answer of a preview be shown inside the editor, and nowhere else.
func frame(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/preview") {
		kit.Policy(w, previewPolicy...)
	}
}

// typed lists a form's fields in order of their names, without empty ones.
func typed(form url.Values) []Typed {
	var list []Typed
	for name, values := range form {
		for _, v := range values {
			if v != "" {
				list = append(list, newTyped(name, v))
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Typed) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// sentence is what an error says to a person, nil if it says nothing to them.
func sentence(err error) *problem.Message {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return nil
	}
	return &p.Message
}
