package me

import (
	"net/http"

	"waypost/internal/problem"
	"waypost/web/kit"
	"waypost/web/shell"
)

// beginLink answers POST /me/ways/links/{key}/begin: it leads to a provider and back.
func (m *Ways) beginLink(w http.ResponseWriter, r *http.Request) error {
	key := r.PathValue("key")
	to, err := m.OIDC.Begin(r.Context(), key, m.Browser(w, r), m.Proxies.Network(r), shell.ActorOf(r).AccountID)
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

// unlink answers POST /me/ways/links/{id}/remove.
func (m *Ways) unlink(w http.ResponseWriter, r *http.Request) error {
	err := m.OIDC.Unlink(r.Context(), shell.ActorOf(r), r.PathValue("id"))
	if problem.Is(err, problem.Conflict) {
		return m.showList(w, r, http.StatusConflict, shell.Sentence(err))
	}
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/me/ways?done=unlinked")
}
