package shell

import (
	"context"
	"net/http"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

// cookieLife is as long as a session can live; the server may end it earlier.
const cookieLife = 180 * 24 * time.Hour

type sessionKey struct{}

// Roles finds who asks, for the gate: a context that carries their session, and the
// names of their roles. Without a session the error is Unauthenticated.
func (h *Shell) Roles(r *http.Request) (context.Context, []string, error) {
	secret := h.Secret(r)
	if secret == "" {
		return nil, nil, problem.New(problem.Unauthenticated, "signin.needed")
	}
	s, err := h.Members.Session(r.Context(), secret)
	if err != nil {
		return nil, nil, err
	}
	roles := make([]string, len(s.Actor.Roles))
	for i, role := range s.Actor.Roles {
		roles[i] = string(role)
	}
	return context.WithValue(r.Context(), sessionKey{}, s), roles, nil
}

// SessionOf is the session that the gate found, the zero value where none was asked for.
func SessionOf(r *http.Request) members.Session { return SessionIn(r.Context()) }

// SessionIn is SessionOf for those who have only the context of a request.
func SessionIn(ctx context.Context) members.Session {
	s, _ := ctx.Value(sessionKey{}).(members.Session)
	return s
}

// RoleLabels are the names of the roles: message keys.
var RoleLabels = map[members.Role]string{
	members.Owner: "desk.role.owner", members.Editor: "desk.role.editor", members.Organizer: "desk.role.organizer",
	members.Moderator: "desk.role.moderator", members.Member: "desk.role.member",
}

// ActorOf is who asks.
func ActorOf(r *http.Request) members.Actor { return SessionOf(r).Actor }

// cookieName has the prefix by which browsers refuse the cookie from another host
// or over http (RFC 6265bis, section 4.1.3.2).
func (h *Shell) cookieName() string {
	if h.Secure {
		return "__Host-waypost"
	}
	return "waypost"
}

// Secret is the session's secret that the browser sent; empty if none.
func (h *Shell) Secret(r *http.Request) string {
	c, err := r.Cookie(h.cookieName())
	if err != nil {
		return ""
	}
	return c.Value
}

// SetCookie keeps a session's secret in the browser; an empty one takes it out.
func (h *Shell) SetCookie(w http.ResponseWriter, secret string) {
	c := &http.Cookie{Name: h.cookieName(), Value: secret, Path: "/", MaxAge: int(cookieLife / time.Second),
		Secure: h.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if secret == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// askLife is as long as what a letter carries can live.
const askLife = 48 * time.Hour

func (h *Shell) askName() string {
	if h.Secure {
		return "__Host-waypost-ask"
	}
	return "waypost-ask"
}

// Asking is the secret of a browser that asked for a letter; empty if it did not.
func (h *Shell) Asking(r *http.Request) string {
	c, err := r.Cookie(h.askName())
	if err != nil {
		return ""
	}
	return c.Value
}

// SetAsking lets the browser remember that it asked for a letter: the code in it works
// there alone. An empty secret takes it out.
func (h *Shell) SetAsking(w http.ResponseWriter, secret string) {
	c := &http.Cookie{Name: h.askName(), Value: secret, Path: "/", MaxAge: int(askLife / time.Second),
		Secure: h.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if secret == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// Home is where somebody starts who has signed in.
const Home = "/desk"

// NameOf is the name of an account that may be gone; known ones are not read again.
func (h *Shell) NameOf(tx *db.Tx, known map[string]string, id string) (string, error) {
	if name, ok := known[id]; ok || id == "" {
		return name, nil
	}
	var a members.Account
	a, err := h.Members.AccountByID(tx, id)
	if err != nil && !problem.Is(err, problem.NotFound) {
		return "", err
	}
	known[id] = a.Name
	return a.Name, nil
}

// SignedOut is a request as that of somebody who is not signed in: whose session has just
// ended is shown no more of what it opened.
func SignedOut(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), sessionKey{}, members.Session{Account: members.Account{Language: SessionOf(r).Account.Language}}))
}
