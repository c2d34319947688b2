package shell

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"waypost/community"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/web/desk/fields"
	"waypost/web/kit"
)

// keptError is an error of a request that brought a form, with what was typed.
type keptError struct {
	error
	typed url.Values
}

func (e *keptError) Unwrap() error { return e.error }

// Keeping lets what was typed travel with a handler's error to the page that shows it.
func Keeping(h kit.Handler) kit.Handler {
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
	Status   int
	Message  problem.Message
	Advice   string   // a message key; empty if the message says it all
	Roles    []string // of which one would be needed: message keys
	Faults   []problem.Field
	Incident string // names a failure in the log; "" for what is no failure
	SignIn   bool   // the session has ended: sign in in another tab, then send again
	Action   string // where the form went
	Typed    []fields.Typed
}

// advice is what to do where the sentence itself does not say it.
var advice = map[string]string{"problem.forbidden": "desk.error.ask_owner", "problem.not_found": "desk.error.not_here"}

// Fail shows an error of one of the desk's routes and reports that it did; what
// belongs to other pages it leaves alone.
func (h *Shell) Fail(w http.ResponseWriter, r *http.Request, status int, err error) bool {
	if !behindSignIn(r.URL.Path) {
		return false
	}
	if ctx, _, unknown := h.Roles(r); unknown == nil { // who fell out of the gate keeps the menu and the way to sign out
		r = r.WithContext(ctx)
	}
	frame(w, r)
	if Scripted(r) {
		return h.failScript(w, r, status, err)
	}
	if status == http.StatusUnauthorized && r.Method != http.MethodPost {
		return h.SignIn(w, r, Sentence(err)) == nil
	}
	view := ErrorView{Status: status, Message: problem.Message{Key: fmt.Sprintf("error.%d", status)},
		Advice: fmt.Sprintf("error.%d.advice", status), Action: r.URL.RequestURI()}
	var p *problem.Problem
	if errors.As(err, &p) {
		view.Message, view.Advice, view.Faults = p.Message, advice[p.Message.Key], p.Fields
	}
	var incident *kit.Incident
	if errors.As(err, &incident) {
		view.Incident = incident.ID
	}
	var role *kit.RoleError
	if errors.As(err, &role) {
		for _, needed := range role.Needed {
			view.Roles = append(view.Roles, RoleLabels[members.Role(needed)])
		}
	}
	var kept *keptError
	switch {
	case errors.As(err, &kept):
		view.Typed = fields.AllTyped(kept.typed)
	case status == http.StatusUnauthorized, status >= http.StatusInternalServerError:
		view.Typed = h.givenBack(r)
		view.SignIn = status == http.StatusUnauthorized && len(view.Typed) > 0
	}
	settings, failed := h.Community.Settings(r.Context())
	if failed != nil { // without a database too the writer gets the text back
		settings = community.Defaults()
	}
	return h.ShowIn(w, r, settings, status, "desk/error", "", view) == nil
}

// A refused form is given back to whoever sent it, known or not. So it must not be
// large, and only a few are in memory at a time: what is sent to keep the server busy
// is answered without.
const (
	mostReturned  = 4 << 20
	mostReturning = 4
)

// givenBack reads the form of a request that the gate stopped before a handler could.
func (h *Shell) givenBack(r *http.Request) []fields.Typed {
	defer h.returning.Add(-1)
	if h.returning.Add(1) > mostReturning || r.ContentLength < 0 || r.ContentLength > mostReturned || kit.ParseForm(r) != nil {
		return nil
	}
	return fields.AllTyped(r.PostForm)
}

// PreviewPolicy is that of a preview: it may be framed by the desk, and nothing in
// it runs or is sent.
var PreviewPolicy = []string{"frame-ancestors 'self'", "script-src 'none'", "connect-src 'none'", "form-action 'none'", "sandbox allow-same-origin"}

// behindSignIn reports that a page is one of those that stand in the shell.
func behindSignIn(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return slices.Contains([]string{"desk", "join", "me", "path", "people", "sign-in", "sign-out"}, first)
}

// frame lets the answer of a preview be shown inside the editor, and nowhere else.
func frame(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/preview") {
		kit.Policy(w, PreviewPolicy...)
	}
}

// Sentence is what an error says to a person, nil if it says nothing to them.
func Sentence(err error) *problem.Message {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return nil
	}
	return &p.Message
}
