package me

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/joining"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Leaving serves the pages on which members take along what is held on them, and leave;
// and the one on which an owner removes somebody.
type Leaving struct {
	*shell.Shell
	Acts LeavingActs

	taking sync.Map // accounts whose archive is being made
}

// LeavingActs hands over what is held on people, and forgets them.
type LeavingActs interface {
	// Take makes the archive of what is held on a member, and tells its size.
	Take(ctx context.Context, account string) (io.ReadCloser, int64, error)
	// Replied reports whether a member wrote replies.
	Replied(tx *db.Tx, account string) (bool, error)
	// Leave removes a member as they wish; the reason is for keeping the address out.
	Leave(ctx context.Context, by members.Actor, account string, w personal.Wish, reason string) error
}

// Routes are its lines of the site map.
func (m *Leaving) Routes() []kit.Route {
	member, owner := []string{string(members.Member)}, members.Holders(members.ManagePeople)
	get := func(path string, roles []string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: roles, Cache: kit.Private, Handler: h}
	}
	post := func(path string, roles []string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: roles, Body: bodyButton, Cache: kit.Private, Handler: shell.Keeping(h)}
	}
	return []kit.Route{
		get("/me/data", member, m.data),
		get("/me/data/everything.zip", member, m.Fresh(m.take)),
		get("/me/leave", member, m.Fresh(m.leaveForm)),
		post("/me/leave", member, m.Fresh(m.leave)),
		get("/desk/people/{id}/remove", owner, m.Fresh(m.removeForm)),
		post("/desk/people/{id}/remove", owner, m.Fresh(m.remove)),
	}
}

// DataView is the page of what is held on a member.
type DataView struct{}

// data answers GET /me/data.
func (m *Leaving) data(w http.ResponseWriter, r *http.Request) error {
	return m.Show(w, r, http.StatusOK, "me/data", "/me/data", DataView{})
}

// take answers GET /me/data/everything.zip. One archive of an account is made at a time.
func (m *Leaving) take(w http.ResponseWriter, r *http.Request) error {
	account := shell.ActorOf(r).AccountID
	if _, busy := m.taking.LoadOrStore(account, true); busy {
		return problem.New(problem.TooMany, "takeaway.running")
	}
	defer m.taking.Delete(account)
	file, size, err := m.Acts.Take(r.Context(), account)
	if err != nil {
		return err
	}
	defer file.Close()
	return kit.Download(w, r, "everything.zip", size, file)
}

// LeaveView asks once more, and what is to become of what somebody wrote.
type LeaveView struct {
	fields.Form
	Own     bool   // they leave themselves; otherwise an owner removes them
	Name    string // of whom an owner removes
	Last    bool   // nobody else owns the community
	Replied bool   // to stories
	Address string // that an owner may keep out; empty: there is none to
	Word    string // to be typed
	Back    string
	Choices []string
}

// NewLeaveView is the form with what may be chosen.
func NewLeaveView(form fields.Form) LeaveView {
	v := LeaveView{Form: form}
	for _, c := range personal.Choices() {
		v.Choices = append(v.Choices, string(c))
	}
	return v
}

func newWish() fields.Form {
	return fields.New("stories", string(personal.Nameless), "replies", string(personal.Nameless))
}

// leaveForm answers GET /me/leave.
func (m *Leaving) leaveForm(w http.ResponseWriter, r *http.Request) error {
	return m.ask(w, r, http.StatusOK, newWish())
}

// removeForm answers GET /desk/people/{id}/remove. Who is removed is kept out unless the
// owner wants it otherwise.
func (m *Leaving) removeForm(w http.ResponseWriter, r *http.Request) error {
	form := newWish()
	form.Values.Set("bar", "yes")
	return m.ask(w, r, http.StatusOK, form)
}

// leaver is whose account a page is about: the one its address names, or who asks.
func leaver(r *http.Request) (account string, own bool) {
	if id := r.PathValue("id"); id != "" {
		return id, false
	}
	return shell.ActorOf(r).AccountID, true
}

func (m *Leaving) ask(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	settings, err := m.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	account, own := leaver(r)
	by := shell.ActorOf(r)
	view := NewLeaveView(form)
	view.Own, view.Word, view.Back = own, m.Words(r, settings).T("leave.word"), "/me/data"
	if !own {
		view.Back = "/desk/people"
	}
	err = m.DB.View(r.Context(), func(tx *db.Tx) error {
		p, err := m.Members.PersonByID(tx, account)
		if err != nil {
			return err
		}
		view.Name, view.Address = p.Name, ""
		if !own && account != by.AccountID {
			view.Address = p.Email
		}
		if view.Replied, err = m.Acts.Replied(tx, account); err != nil {
			return err
		}
		view.Last, err = m.Members.LastOwner(tx, account)
		return err
	})
	if err != nil {
		return err
	}
	return m.ShowIn(w, r, settings, status, "me/leave", view.Back, view)
}

// leave answers POST /me/leave. Nobody is signed in afterwards, and the answer is the
// last page that they see.
func (m *Leaving) leave(w http.ResponseWriter, r *http.Request) error {
	if done, err := m.part(w, r); !done {
		return err
	}
	m.SetCookie(w, "")
	return m.Show(w, shell.SignedOut(r), http.StatusOK, "me/left", "", LeftView{})
}

// LeftView is the last page.
type LeftView struct{}

// remove answers POST /desk/people/{id}/remove.
func (m *Leaving) remove(w http.ResponseWriter, r *http.Request) error {
	if done, err := m.part(w, r); !done {
		return err
	}
	return kit.SeeOther(w, r, "/desk/record?done=removed")
}

// part removes whom the page is about, if the word was typed; otherwise it has answered
// with the form.
func (m *Leaving) part(w http.ResponseWriter, r *http.Request) (done bool, err error) {
	if err := kit.ParseForm(r); err != nil {
		return false, err
	}
	settings, err := m.Community.Settings(r.Context())
	if err != nil {
		return false, err
	}
	if !r.PostForm.Has("replies") { // who wrote none is not asked
		r.PostForm.Set("replies", string(personal.Nameless))
	}
	wish := personal.Wish{Stories: personal.Choice(r.PostForm.Get("stories")), Replies: personal.Choice(r.PostForm.Get("replies"))}
	var f problem.Fields
	if word := m.Words(r, settings).T("leave.word"); !strings.EqualFold(kit.Line(r, "word"), word) {
		f.Add("word", "leave.word_wrong", "word", word)
	}
	for name, c := range map[string]personal.Choice{"stories": wish.Stories, "replies": wish.Replies} {
		if !c.Known() {
			f.Add(name, "field.unknown")
		}
	}
	account, own := leaver(r)
	reason := kit.Line(r, "reason")
	if wish.Barred = !own && r.PostForm.Get("bar") == "yes"; wish.Barred {
		joining.CheckReason(&f, "reason", reason)
	}
	err = f.Err()
	if err == nil {
		err = m.Acts.Leave(r.Context(), shell.ActorOf(r), account, wish, reason)
	}
	if err == nil {
		return true, nil
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return false, err
	}
	return false, m.ask(w, r, status, form)
}
