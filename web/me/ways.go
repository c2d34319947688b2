package me

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/oidc"
	"waypost/members/passkeys"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Ways serves the pages on which members see and change how they get in.
type Ways struct {
	*shell.Shell
	Proxies  kit.Proxies
	Passkeys *passkeys.Service
	OIDC     *oidc.Service
}

const bodyPasskey = 64 << 10

// Routes are its lines of the site map.
func (m *Ways) Routes() []kit.Route {
	member := []string{string(members.Member)}
	get := func(path string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: member, Cache: kit.Private, Handler: h}
	}
	post := func(path string, body int64, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: member, Body: body, Cache: kit.Private, Handler: shell.Keeping(h)}
	}
	return []kit.Route{
		get("/me/ways", m.list),
		get("/me/ways/offer", m.offer),
		post("/me/ways/offer/decline", bodyButton, m.decline),
		post("/me/ways/passkeys/options", bodyButton, m.options),
		post("/me/ways/passkeys", bodyPasskey, m.add),
		get("/me/ways/passkeys/new", m.Fresh(m.newPasskey)),
		get("/me/ways/passkeys/{id}", m.passkey),
		post("/me/ways/passkeys/{id}", bodyButton, m.rename),
		post("/me/ways/passkeys/{id}/remove", bodyButton, m.Fresh(m.remove)),
		post("/me/ways/links/{key}/begin", bodyButton, m.Fresh(m.beginLink)),
		get("/me/ways/links/{id}", m.link),
		post("/me/ways/links/{id}", bodyButton, m.renameLink),
		post("/me/ways/links/{id}/remove", bodyButton, m.Fresh(m.unlink)),
	}
}

// fresh asks the script's requests for what Fresh asks pages for.
func (m *Ways) fresh(r *http.Request) error {
	if !m.IsFresh(r) {
		return problem.New(problem.Unauthenticated, "ways.sign_in_again")
	}
	return nil
}

// WaysView lists the ways into an account.
type WaysView struct {
	Email    string
	Command  string // by which the console opens it; empty: it does not
	Passkeys PasskeysView
	Links    []oidc.Link
	Others   []oidc.Provider  // which can be linked
	Problem  *problem.Message // why the last change was not made
}

// PasskeysView is the passkeys of an account, and whether it can have more.
type PasskeysView struct {
	Available bool
	List      []passkeys.Passkey
}

// list answers GET /me/ways.
func (m *Ways) list(w http.ResponseWriter, r *http.Request) error {
	return m.showList(w, r, http.StatusOK, nil)
}

func (m *Ways) showList(w http.ResponseWriter, r *http.Request, status int, why *problem.Message) error {
	settings, err := m.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	account := shell.SessionOf(r).Account
	view := WaysView{Email: account.Email, Passkeys: PasskeysView{Available: m.Passkeys.Available()}}
	err = m.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		console, err := m.Members.HasConsole(tx, account.ID)
		if err != nil {
			return err
		}
		if view.Command = ""; console {
			view.Command = m.Console.OwnerLink()
		}
		if view.Passkeys.List, err = m.Passkeys.List(tx, account.ID); err != nil {
			return err
		}
		view.Links, err = m.OIDC.List(tx, account.ID)
		return err
	})
	if err != nil {
		return err
	}
	view.Others = m.OIDC.Providers
	for i, l := range view.Links {
		view.Links[i].Created = l.Created.In(settings.Location())
		if !l.Used.IsZero() {
			view.Links[i].Used = l.Used.In(settings.Location())
		}
	}
	for i := range view.Passkeys.List {
		view.Passkeys.List[i] = local(view.Passkeys.List[i], settings.Location())
	}
	view.Problem = why
	return m.ShowIn(w, r, settings, status, "me/ways", "/me/ways", view)
}

func local(p passkeys.Passkey, zone *time.Location) passkeys.Passkey {
	p.Created = p.Created.In(zone)
	if !p.Used.IsZero() {
		p.Used = p.Used.In(zone)
	}
	return p
}

// OfferView offers a passkey to somebody who has none.
type OfferView struct{ Next string }

// offer answers GET /me/ways/offer.
func (m *Ways) offer(w http.ResponseWriter, r *http.Request) error {
	return m.Show(w, r, http.StatusOK, "me/offer", "", OfferView{Next: cmp.Or(kit.Next(r.URL.Query().Get("next")), shell.Home)})
}

// decline answers POST /me/ways/offer/decline: the offer is not made again.
func (m *Ways) decline(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	actor := shell.ActorOf(r)
	err := m.DB.Update(r.Context(), func(tx *db.Tx) error { return m.Passkeys.Decline(tx, actor.AccountID) })
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, cmp.Or(kit.Next(r.PostForm.Get("next")), shell.Home))
}

// options answers POST /me/ways/passkeys/options.
func (m *Ways) options(w http.ResponseWriter, r *http.Request) error {
	if err := m.fresh(r); err != nil {
		return err
	}
	options, err := m.Passkeys.BeginAdding(r.Context(), shell.ActorOf(r))
	if err != nil {
		return err
	}
	return shell.AnswerJSON(w, r, http.StatusOK, options)
}

// add answers POST /me/ways/passkeys.
func (m *Ways) add(w http.ResponseWriter, r *http.Request) error {
	var made struct {
		Name       string          `json:"name"`
		Credential json.RawMessage `json:"credential"`
	}
	if err := kit.ParseJSON(r, &made); err != nil {
		return err
	}
	if err := m.fresh(r); err != nil {
		return err
	}
	if err := m.Passkeys.Add(r.Context(), shell.ActorOf(r), made.Credential, made.Name); err != nil {
		return err
	}
	return shell.Answer(w, r, http.StatusOK, shell.Sent{Next: "/me/ways?done=passkey-added"})
}

// newPasskey answers GET /me/ways/passkeys/new.
func (m *Ways) newPasskey(w http.ResponseWriter, r *http.Request) error {
	return m.Show(w, r, http.StatusOK, "me/add", "/me/ways", nil)
}

// PasskeyView is one passkey, to be named or removed.
type PasskeyView struct {
	fields.Form
	Passkey passkeys.Passkey
}

// passkey answers GET /me/ways/passkeys/{id}.
func (m *Ways) passkey(w http.ResponseWriter, r *http.Request) error {
	p, err := m.own(r)
	if err != nil {
		return err
	}
	return m.Show(w, r, http.StatusOK, "me/passkey", "/me/ways", PasskeyView{fields.New("name", p.Name), p})
}

// own finds a passkey of whoever asks; that of another is not found.
func (m *Ways) own(r *http.Request) (passkeys.Passkey, error) {
	var list []passkeys.Passkey
	err := m.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		list, err = m.Passkeys.List(tx, shell.ActorOf(r).AccountID)
		return err
	})
	if err != nil {
		return passkeys.Passkey{}, err
	}
	at := slices.IndexFunc(list, func(p passkeys.Passkey) bool { return p.ID == r.PathValue("id") })
	if at < 0 {
		return passkeys.Passkey{}, problem.New(problem.NotFound, "problem.not_found")
	}
	return list[at], nil
}

// rename answers POST /me/ways/passkeys/{id}.
func (m *Ways) rename(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	err := m.Passkeys.Rename(r.Context(), shell.ActorOf(r), r.PathValue("id"), kit.Line(r, "name"))
	if err == nil {
		return kit.SeeOther(w, r, "/me/ways?done=saved")
	}
	return m.refused(w, r, fields.Form{Values: r.PostForm}, err)
}

// remove answers POST /me/ways/passkeys/{id}/remove.
func (m *Ways) remove(w http.ResponseWriter, r *http.Request) error {
	err := m.Passkeys.Remove(r.Context(), shell.ActorOf(r), r.PathValue("id"))
	if err == nil {
		return kit.SeeOther(w, r, "/me/ways?done=passkey-removed")
	}
	return m.refused(w, r, fields.Form{}, err)
}

func (m *Ways) refused(w http.ResponseWriter, r *http.Request, form fields.Form, err error) error {
	form, status, err := form.Refused(err)
	if err != nil {
		return err
	}
	p, err := m.own(r)
	if err != nil {
		return err
	}
	if form.Values == nil {
		form.Values = fields.New("name", p.Name).Values
	}
	return m.Show(w, r, status, "me/passkey", "/me/ways", PasskeyView{form, p})
}
