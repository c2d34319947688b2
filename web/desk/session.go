package desk

import (
	"net/http"

	"waypost/internal/db"
	"waypost/members"
	"waypost/web/kit"
	"waypost/web/shell"
)

// SessionsView lists the browsers in which somebody is signed in.
type SessionsView struct{ List []SessionRow }

// SessionRow is a browser in the list.
type SessionRow struct {
	members.OpenSession
	This bool // the one that asks
}

// sessionList answers GET /desk/sessions: everybody's own, and nobody else's.
func (d *Desk) sessionList(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	var view SessionsView
	own, zone := members.SessionID(d.Secret(r)), settings.Location()
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		view.List = nil
		list, err := d.Members.Sessions(tx, shell.ActorOf(r).AccountID)
		for _, s := range list {
			s.Opened, s.Used = s.Opened.In(zone), s.Used.In(zone)
			view.List = append(view.List, SessionRow{s, s.ID == own})
		}
		return err
	})
	if err != nil {
		return err
	}
	return d.ShowIn(w, r, settings, http.StatusOK, "desk/sessions", "/desk/sessions", view)
}

// endSession answers POST /desk/sessions/{id}/end. Whoever ends the session they ask
// in is signed out.
func (d *Desk) endSession(w http.ResponseWriter, r *http.Request) error {
	session := r.PathValue("id")
	if err := d.Members.EndSession(r.Context(), shell.ActorOf(r), session); err != nil {
		return err
	}
	if session == members.SessionID(d.Secret(r)) {
		d.SetCookie(w, "")
		return kit.SeeOther(w, r, "/sign-in")
	}
	return kit.SeeOther(w, r, "/desk/sessions?done=ended")
}
