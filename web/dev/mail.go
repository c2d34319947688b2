package dev

import (
	"net/http"

	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/web/kit"
)

// MailView lists letters, newest first, with what one of them says.
type MailView struct {
	List  []mail.Row
	Shown *mail.Row // nil: none is chosen
	Says  mail.Content
	Wiped bool // what it said is not kept any more
}

// letters answers GET /_dev/mail and GET /_dev/mail/{id}: letters as their readers get
// them, secret ones too.
func (d *Dev) letters(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Letters(r.Context())
	if err != nil {
		return err
	}
	view := MailView{List: list}
	if id := r.PathValue("id"); id != "" {
		row, says, ok, err := d.Letter(r.Context(), id)
		if err != nil {
			return err
		}
		view.Shown, view.Says, view.Wiped = &row, says, !ok
	}
	kit.Policy(w, "frame-src 'self'")
	return d.show(w, r, http.StatusOK, "dev/mail", Layout{"Mail", view})
}

// letterPage answers GET /_dev/mail/{id}/page: the HTML part, in which nothing runs and
// from which nothing is asked.
func (d *Dev) letterPage(w http.ResponseWriter, r *http.Request) error {
	_, says, ok, err := d.Letter(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if !ok || says.HTML == "" {
		return problem.New(problem.NotFound, "problem.not_found")
	}
	kit.LetterPolicy(w)
	return write(w, r, http.StatusOK, "text/html; charset=utf-8", []byte(says.HTML))
}
