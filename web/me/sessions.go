package me

import (
	"net/http"

	"waypost/internal/db"
	"waypost/members"
	"waypost/web/kit"
	"waypost/web/shell"
)

// SessionsView lists the browsers in which somebody is signed in.
type SessionsView struct{ List []SessionRow }

// Others reports that there is a browser besides the one that asks.
func (v SessionsView) Others() bool { return len(v.List) > 1 }

// SessionRow is a browser in the list.
type SessionRow struct {
	members.OpenSession
	Shown Device
	This  bool // the one that asks
}

// sessionList answers GET /me/sessions: everybody's own, and nobody else's.
func (m *Me) sessionList(w http.ResponseWriter, r *http.Request) error {
	settings, err := m.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	var view SessionsView
	own, zone := members.SessionID(m.Secret(r)), settings.Location()
	err = m.DB.View(r.Context(), func(tx *db.Tx) error {
		view.List = nil
		list, err := m.Members.Sessions(tx, shell.ActorOf(r).AccountID)
		for _, s := range list {
			s.Opened, s.Used = s.Opened.In(zone), s.Used.In(zone)
			view.List = append(view.List, SessionRow{s, DeviceOf(s.Device), s.ID == own})
		}
		return err
	})
	if err != nil {
		return err
	}
	return m.ShowIn(w, r, settings, http.StatusOK, "me/sessions", "/me/sessions", view)
}

// endSession answers POST /me/sessions/{id}/end. Whoever ends the session they ask in is
// signed out.
func (m *Me) endSession(w http.ResponseWriter, r *http.Request) error {
	session := r.PathValue("id")
	if err := m.Members.EndSession(r.Context(), shell.ActorOf(r), session); err != nil {
		return err
	}
	if session == members.SessionID(m.Secret(r)) {
		m.SetCookie(w, "")
		return kit.SeeOther(w, r, "/sign-in")
	}
	return kit.SeeOther(w, r, "/me/sessions?done=ended")
}

// endOthers answers POST /me/sessions/end-others.
func (m *Me) endOthers(w http.ResponseWriter, r *http.Request) error {
	account := shell.ActorOf(r).AccountID
	err := m.DB.Update(r.Context(), func(tx *db.Tx) error {
		return m.Members.EndOthers(tx, account, account, members.SessionID(m.Secret(r)))
	})
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/me/sessions?done=ended-others")
}
