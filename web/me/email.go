package me

import (
	"net/http"

	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// EmailView is the form of one's address.
type EmailView struct {
	fields.Form
	Now  string // the address of today; empty: none
	Sent bool   // a letter is on its way to the new one
	Way  shell.LetterWay
}

// EmailLinkView is the page of a link that changes an address: one button, or what came
// of it.
type EmailLinkView struct {
	Undo    bool
	Done    bool
	Problem *problem.Message
}

// emailForm answers GET /me/email.
func (m *Me) emailForm(w http.ResponseWriter, r *http.Request) error {
	return m.showEmail(w, r, http.StatusOK, fields.New())
}

func (m *Me) showEmail(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	way, err := m.LetterWay(r.Context())
	if err != nil {
		return err
	}
	return m.Show(w, r, status, "me/email", "/me/email", EmailView{form, shell.SessionOf(r).Account.Email, r.URL.Query().Get("sent") != "", way})
}

// changeEmail answers POST /me/email.
func (m *Me) changeEmail(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	account := shell.SessionOf(r).Account
	to, err := mail.ParseAddress(kit.Line(r, "email"))
	if err != nil {
		err = fields.Fault("email", "signin.address_form")
	} else if to.String() == account.Email {
		err = fields.Fault("email", "me.email.same")
	}
	if err == nil {
		err = m.Joining.AskEmail(r.Context(), account, members.SessionID(m.Secret(r)), to)
	}
	if err == nil {
		return kit.SeeOther(w, r, "/me/email?sent=yes")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return m.showEmail(w, r, status, form)
}

// emailButton answers GET /sign-in/email/{token}; undoButton GET /sign-in/undo/{token}.
// They look nothing up.
func (m *Me) emailButton(w http.ResponseWriter, r *http.Request) error {
	return m.showLink(w, r, http.StatusOK, EmailLinkView{})
}

func (m *Me) undoButton(w http.ResponseWriter, r *http.Request) error {
	return m.showLink(w, r, http.StatusOK, EmailLinkView{Undo: true})
}

func (m *Me) showLink(w http.ResponseWriter, r *http.Request, status int, v EmailLinkView) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	return m.Show(w, r, status, "me/email-link", "", v)
}

// confirmEmail answers POST /sign-in/email/{token}.
func (m *Me) confirmEmail(w http.ResponseWriter, r *http.Request) error {
	return m.linkPressed(w, r, EmailLinkView{}, m.Joining.ConfirmEmail(r.Context(), r.PathValue("token")))
}

// undoEmail answers POST /sign-in/undo/{token}.
func (m *Me) undoEmail(w http.ResponseWriter, r *http.Request) error {
	return m.linkPressed(w, r, EmailLinkView{Undo: true}, m.Joining.UndoEmail(r.Context(), r.PathValue("token")))
}

func (m *Me) linkPressed(w http.ResponseWriter, r *http.Request, v EmailLinkView, err error) error {
	if problem.Is(err, problem.Gone) {
		v.Problem = shell.Sentence(err)
		return m.showLink(w, r, http.StatusGone, v)
	}
	if err != nil {
		return err
	}
	v.Done = true
	return m.showLink(w, r, http.StatusOK, v)
}
