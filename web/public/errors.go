package public

import (
	"errors"
	"fmt"
	"net/http"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/web/kit"
)

// ErrorView says what happened, what was kept and what to do now.
type ErrorView struct {
	Status   int
	Message  string
	Advice   string
	Incident string // names a failure in the log; "" for what is no failure
}

// Fail shows an error as a page. If even that page cannot be made, a plain sentence
// stands in.
func (p *Public) Fail(w http.ResponseWriter, r *http.Request, status int, err error) {
	body, failure := p.failPage(r, status, err)
	if failure != nil {
		http.Error(w, fmt.Sprintf("%d: %s. Please try again in a moment.", status, http.StatusText(status)), status)
		return
	}
	w.Header().Set("Content-Type", htmlType)
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a reader who went away needs no answer
	}
}

func (p *Public) failPage(r *http.Request, status int, err error) ([]byte, error) {
	b := &build{Public: p}
	// Without a database the page still comes, with the settings of a new community.
	viewed := p.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		b, err = p.newBuild(tx)
		return err
	})
	if viewed != nil {
		b = p.bare()
	}
	view := ErrorView{Status: status, Message: b.words.T(fmt.Sprintf("error.%d", status)), Advice: b.words.T(fmt.Sprintf("error.%d.advice", status))}
	var incident *kit.Incident
	if errors.As(err, &incident) {
		view.Incident = incident.ID
	}
	var known *problem.Problem
	if errors.As(err, &known) && status != http.StatusNotFound {
		view.Message = b.words.T(known.Message.Key, known.Message.Args...)
	}
	layout := b.layout(r.URL.Path, view.Message, "")
	layout.Canonical, layout.NoIndex, layout.Content = "", true, view
	return p.Renderer.Page(b.settings.Language, "public/error", layout)
}
