package me

import (
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"

	"waypost/internal/db"
	"waypost/internal/markdown"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/pictures"
	"waypost/web/render"
	"waypost/web/shell"
)

// PeopleView lists the people whom members may find.
type PeopleView struct {
	Begins string // what their names begin with
	List   []PersonView
	Next   string // the address of those after; empty if there are none
}

// PersonView is somebody as another member sees them.
type PersonView struct {
	members.Profile
	Portrait *pictures.Picture
	Words    template.HTML // the bio
	Own      bool
	Stories  string // the address of what they published; empty if there is nothing
}

const onPeople = 60

// people answers GET /people.
func (m *Profile) people(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	view := PeopleView{Begins: q.Get("q")}
	name, err := base64.RawURLEncoding.DecodeString(q.Get("after"))
	if err != nil || len(view.Begins) > 200 {
		return problem.New(problem.NotFound, "problem.not_found")
	}
	by := shell.ActorOf(r)
	err = m.DB.View(r.Context(), func(tx *db.Tx) error {
		list, next, err := m.Members.Directory(tx, by, view.Begins, members.DirectoryKey{Name: name, ID: q.Get("id")}, onPeople)
		if err != nil {
			return err
		}
		view.Next = ""
		if next != nil {
			view.Next = "/people?" + url.Values{"q": {view.Begins}, "after": {base64.RawURLEncoding.EncodeToString(next.Name)}, "id": {next.ID}}.Encode()
		}
		view.List, err = m.seen(tx, list)
		return err
	})
	if err != nil {
		return err
	}
	return m.Show(w, r, http.StatusOK, "me/people", "/people", view)
}

// seen adds portraits to people.
func (m *Profile) seen(tx *db.Tx, list []members.Profile) ([]PersonView, error) {
	var ids []string
	for _, p := range list {
		if p.PictureID != "" {
			ids = append(ids, p.PictureID)
		}
	}
	found, err := m.Write.Pictures.ByIDs(tx, ids)
	views := make([]PersonView, len(list))
	for i, p := range list {
		views[i].Profile = p
		if portrait, ok := found[p.PictureID]; ok {
			views[i].Portrait = &portrait
		}
	}
	return views, err
}

// person answers GET /people/{handle}.
func (m *Profile) person(w http.ResponseWriter, r *http.Request) error {
	settings, err := m.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	by := shell.ActorOf(r)
	var view PersonView
	err = m.DB.View(r.Context(), func(tx *db.Tx) error {
		p, err := m.Members.Person(tx, by, r.PathValue("handle"))
		if err != nil {
			return err
		}
		list, err := m.seen(tx, []members.Profile{p})
		if err != nil {
			return err
		}
		view, view.Own = list[0], p.ID == by.ProfileID
		published, err := m.Write.Stories.Known(tx, []string{p.ID})
		if published[p.ID] {
			view.Stories = "/authors/" + p.Handle
		}
		return err
	})
	if err != nil {
		return err
	}
	if view.Bio != "" {
		view.Words = render.Body(markdown.Note(view.Bio, markdown.Options{IDPrefix: "note-", Base: m.Base, UGC: true,
			Words: render.MarkdownWords(m.Words(r, settings))}).HTML)
	}
	return m.ShowIn(w, r, settings, http.StatusOK, "me/person", "/people", view)
}
