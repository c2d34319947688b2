package me

import (
	"net/http"

	"waypost/internal/problem"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// prove answers POST /me/fresh: it sends a code, takes it, or goes on for somebody who
// has proved meanwhile who they are.
func (m *Me) prove(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	account := shell.SessionOf(r).Account
	v := shell.FreshView{Next: r.PostForm.Get("next"), Kept: r.PostForm.Get("kept"), Form: fields.New()}
	switch do := r.PostForm.Get("do"); {
	case m.IsFresh(r):
		return m.GoOn(w, r, v.Next, v.Kept)
	case do == "send" && account.Email != "":
		if err := m.Joining.SendCode(r.Context(), account, m.Secret(r)); err != nil {
			return err
		}
		v.Sent = true
	case do == "code" && account.Email != "":
		secret, err := m.Joining.Refresh(r.Context(), m.Secret(r), fields.Digits(r.PostForm.Get("code")))
		if err == nil {
			m.SetCookie(w, secret)
			return m.GoOn(w, r, v.Next, v.Kept)
		}
		if !problem.Is(err, problem.Invalid) {
			return err
		}
		v.Sent = true
		var status int
		if v.Form, status, err = v.Refused(err); err != nil {
			return err
		}
		return m.ShowFresh(w, r, status, v)
	}
	return m.ShowFresh(w, r, http.StatusOK, v)
}
