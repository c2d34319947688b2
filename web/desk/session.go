package desk

import (
	"context"
	"net/http"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/web/kit"
)

// cookieLife is as long as a session can live; the server may end it earlier.
const cookieLife = 180 * 24 * time.Hour

type sessionKey struct{}

// Roles finds who asks, for the gate: a context that carries their session, and the
// names of their roles. Without a session the error is Unauthenticated.
func (d *Desk) Roles(r *http.Request) (context.Context, []string, error) {
	secret := d.secret(r)
	if secret == "" {
		return nil, nil, problem.New(problem.Unauthenticated, "signin.needed")
	}
	s, err := d.Members.Session(r.Context(), secret)
	if err != nil {
		return nil, nil, err
	}
	roles := make([]string, len(s.Actor.Roles))
	for i, role := range s.Actor.Roles {
		roles[i] = string(role)
	}
	return context.WithValue(r.Context(), sessionKey{}, s), roles, nil
}

// sessionOf is the session that the gate found, the zero value where none was asked for.
func sessionOf(r *http.Request) members.Session {
	s, _ := r.Context().Value(sessionKey{}).(members.Session)
	return s
}

func actorOf(r *http.Request) members.Actor { return sessionOf(r).Actor }

// cookieName has the prefix by which browsers refuse the cookie from another host
// or over http (RFC 6265bis, section 4.1.3.2).
func (d *Desk) cookieName() string {
	if d.Secure {
		return "__Host-waypost"
	}
	return "waypost"
}

func (d *Desk) secret(r *http.Request) string {
	c, err := r.Cookie(d.cookieName())
	if err != nil {
		return ""
	}
	return c.Value
}

// setCookie keeps a session's secret in the browser; an empty one takes it out.
func (d *Desk) setCookie(w http.ResponseWriter, secret string) {
	c := &http.Cookie{Name: d.cookieName(), Value: secret, Path: "/", MaxAge: int(cookieLife / time.Second),
		Secure: d.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if secret == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

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
	own, zone := members.SessionID(d.secret(r)), settings.Location()
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		view.List = nil
		list, err := d.Members.Sessions(tx, actorOf(r).AccountID)
		for _, s := range list {
			s.Opened, s.Used = s.Opened.In(zone), s.Used.In(zone)
			view.List = append(view.List, SessionRow{s, s.ID == own})
		}
		return err
	})
	if err != nil {
		return err
	}
	return d.showIn(w, r, settings, http.StatusOK, "desk/sessions", "/desk/sessions", view)
}

// endSession answers POST /desk/sessions/{id}/end. Whoever ends the session they ask
// in is signed out.
func (d *Desk) endSession(w http.ResponseWriter, r *http.Request) error {
	session := r.PathValue("id")
	if err := d.Members.EndSession(r.Context(), actorOf(r), session); err != nil {
		return err
	}
	if session == members.SessionID(d.secret(r)) {
		d.setCookie(w, "")
		return kit.SeeOther(w, r, "/sign-in")
	}
	return kit.SeeOther(w, r, "/desk/sessions?done=ended")
}
