package me

import (
	"net/http"
	"slices"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members/oidc"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// beginLink answers POST /me/ways/links/{key}/begin: it leads to a provider and back.
func (m *Ways) beginLink(w http.ResponseWriter, r *http.Request) error {
	key := r.PathValue("key")
	to, err := m.OIDC.Begin(r.Context(), key, m.Browser(w, r), m.Proxies.Network(r), oidc.Errand{Account: shell.ActorOf(r).AccountID})
	if problem.Is(err, problem.Unavailable) {
		return m.showList(w, r, http.StatusServiceUnavailable, shell.Sentence(err))
	}
	if err != nil {
		return err
	}
	p, err := m.OIDC.Find(key)
	if err != nil {
		return err
	}
	return m.Leave(w, r, p.Name, to)
}

// LinkView is one linked account elsewhere, to be named or unlinked.
type LinkView struct {
	fields.Form
	Link oidc.Link
}

// link answers GET /me/ways/links/{id}.
func (m *Ways) link(w http.ResponseWriter, r *http.Request) error {
	l, err := m.ownLink(r)
	if err != nil {
		return err
	}
	return m.Show(w, r, http.StatusOK, "me/link", "/me/ways", LinkView{fields.New("name", l.Name), l})
}

// ownLink finds a link of whoever asks; that of another is not found.
func (m *Ways) ownLink(r *http.Request) (oidc.Link, error) {
	var list []oidc.Link
	err := m.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		list, err = m.OIDC.List(tx, shell.ActorOf(r).AccountID)
		return err
	})
	if err != nil {
		return oidc.Link{}, err
	}
	at := slices.IndexFunc(list, func(l oidc.Link) bool { return l.ID == r.PathValue("id") })
	if at < 0 {
		return oidc.Link{}, problem.New(problem.NotFound, "problem.not_found")
	}
	return list[at], nil
}

// renameLink answers POST /me/ways/links/{id}.
func (m *Ways) renameLink(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	err := m.OIDC.Rename(r.Context(), shell.ActorOf(r), r.PathValue("id"), kit.Line(r, "name"))
	if err == nil {
		return kit.SeeOther(w, r, "/me/ways?done=saved")
	}
	return m.refusedLink(w, r, fields.Form{Values: r.PostForm}, err)
}

// unlink answers POST /me/ways/links/{id}/remove.
func (m *Ways) unlink(w http.ResponseWriter, r *http.Request) error {
	err := m.OIDC.Unlink(r.Context(), shell.ActorOf(r), r.PathValue("id"))
	if err == nil {
		return kit.SeeOther(w, r, "/me/ways?done=unlinked")
	}
	return m.refusedLink(w, r, fields.Form{}, err)
}

func (m *Ways) refusedLink(w http.ResponseWriter, r *http.Request, form fields.Form, err error) error {
	form, status, err := form.Refused(err)
	if err != nil {
		return err
	}
	l, err := m.ownLink(r)
	if err != nil {
		return err
	}
	if form.Values == nil {
		form.Values = fields.New("name", l.Name).Values
	}
	return m.Show(w, r, status, "me/link", "/me/ways", LinkView{form, l})
}
