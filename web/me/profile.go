package me

import (
	"fmt"
	"net/http"
	"strings"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/pictures"
	"waypost/web/desk/fields"
	"waypost/web/desk/write"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Profile serves how members are shown, to themselves and to each other.
type Profile struct {
	*shell.Shell
	Write *write.Desk // takes pictures that a form brings
	Base  string      // scheme://host of the site
}

// Routes are its lines of the site map.
func (m *Profile) Routes() []kit.Route {
	member := []string{string(members.Member)}
	get := func(path string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: member, Cache: kit.Private, Handler: h}
	}
	return []kit.Route{
		get("/me/profile", m.form),
		{Path: "/me/profile", Methods: []string{http.MethodPost}, Roles: member, Body: bodyFile, Cache: kit.Private, Handler: shell.Keeping(m.save)},
		get("/people", m.people),
		get("/people/{handle}", m.person),
	}
}

const (
	bodyFile  = 17 << 20
	linkRows  = 6
	spareRows = 2 // for links, behind those that are used
)

// ProfileView is the form by which a member says how they are shown.
type ProfileView struct {
	fields.Form
	Portrait *pictures.Picture
	Links    []int  // the numbers of the rows for links
	Seen     string // who sees the page as it is stored: a message key
	Looks    []Look // where they see it
}

// Look is a page that others see of somebody.
type Look struct {
	Label string // a message key
	URL   string
}

// Audience is the choice of who sees a field, as the part "audience" shows it.
func (v ProfileView) Audience(field, label string) AudienceView {
	return AudienceView{Name: field, Label: label, Chosen: v.Value(field), Fault: v.Fault(field)}
}

// AudienceView is one choice of who sees something.
type AudienceView struct {
	Name, Label, Chosen string
	Fault               *problem.Message
}

// own is the profile of whoever asks, a new one if they have none: seen by members.
func (m *Profile) own(r *http.Request) (members.Profile, error) {
	var p members.Profile
	account := shell.SessionOf(r).Account
	err := m.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		p, err = m.Members.ProfileOf(tx, account.ID)
		return err
	})
	if problem.Is(err, problem.NotFound) {
		p = members.Profile{Name: account.Name, AccountID: account.ID, Audience: members.MembersOnly, Shown: map[string]members.Audience{}}
		for _, field := range members.ShownFields {
			p.Shown[field] = members.MembersOnly
		}
		return p, nil
	}
	return p, err
}

// form answers GET /me/profile.
func (m *Profile) form(w http.ResponseWriter, r *http.Request) error {
	p, err := m.own(r)
	if err != nil {
		return err
	}
	form := fields.New("name", p.Name, "handle", p.Handle, "pronouns", p.Pronouns, "place", p.Place, "bio", p.Bio, "portrait", p.PictureID,
		"version", fields.Number(p.Version), "audience", string(p.Audience))
	for _, field := range members.ShownFields {
		shown := p.Shown[field]
		if shown == "" {
			shown = members.Everyone // an author whom the desk made
		}
		form.Values.Set("shown_"+field, string(shown))
	}
	for i, l := range p.Links {
		form.Values.Set(fmt.Sprint("link_label.", i), l.Label)
		form.Values.Set(fmt.Sprint("link_url.", i), l.URL)
	}
	return m.show(w, r, http.StatusOK, form, p)
}

// show answers with the form and says who sees what is stored.
func (m *Profile) show(w http.ResponseWriter, r *http.Request, status int, form fields.Form, stored members.Profile) error {
	var view ProfileView
	err := m.DB.View(r.Context(), func(tx *db.Tx) error {
		published, err := m.Write.Stories.Known(tx, []string{stored.ID})
		if err != nil {
			return err
		}
		view = NewProfileView(form, stored, published[stored.ID])
		found, err := m.Write.Pictures.ByIDs(tx, []string{form.Value("portrait")})
		if p, ok := found[form.Value("portrait")]; ok {
			view.Portrait = &p
		}
		return err
	})
	if err != nil {
		return err
	}
	return m.Show(w, r, status, "me/profile", "/me/profile", view)
}

// NewProfileView is the form with room for a few more links, of a profile as it is stored,
// whose stories readers have or not.
func NewProfileView(form fields.Form, stored members.Profile, published bool) ProfileView {
	view := ProfileView{Form: form, Seen: seen(stored, published)}
	used := 0
	for i := range linkRows {
		if form.Value(fmt.Sprint("link_label.", i))+form.Value(fmt.Sprint("link_url.", i)) != "" {
			used = i + 1
		}
	}
	for i := range min(used+spareRows, linkRows) {
		view.Links = append(view.Links, i)
	}
	if stored.ID != "" && (stored.Audience == members.Everyone || published) {
		view.Looks = append(view.Looks, Look{"profile.look_everyone", "/authors/" + stored.Handle})
	}
	if stored.ID != "" && stored.Audience != members.NoOne {
		view.Looks = append(view.Looks, Look{"profile.look_members", "/people/" + stored.Handle})
	}
	return view
}

// seen says who sees somebody's page.
func seen(p members.Profile, published bool) string {
	switch {
	case p.ID == "":
		return "profile.seen_new"
	case p.Audience == members.Everyone:
		return "profile.seen_everyone"
	case p.Audience == members.MembersOnly && published:
		return "profile.seen_members_author"
	case p.Audience == members.MembersOnly:
		return "profile.seen_members"
	case published:
		return "profile.seen_author"
	}
	return "profile.seen_nobody"
}

// save answers POST /me/profile.
func (m *Profile) save(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	p, err := m.own(r)
	if err != nil {
		return err
	}
	stored, picture := p, p.PictureID
	if p.Version, err = kit.Version(r); err != nil {
		return err
	}
	portrait, err := m.Write.Uploaded(r, "portrait_file", "")
	if err == nil {
		if portrait != nil {
			picture = portrait.ID
			r.PostForm.Set("portrait", portrait.ID)
		}
		p = typed(r, p)
		if p.PictureID != picture { // no other picture than one's own can be named
			p.PictureID = ""
		}
		by := shell.ActorOf(r)
		err = m.DB.Update(r.Context(), func(tx *db.Tx) error {
			if err := m.Members.Naming(tx, by, p.Name, p.Handle); err != nil {
				return err
			}
			_, err := m.Members.SaveProfileIn(tx, by.AccountID, p)
			return err
		})
	}
	if err == nil {
		return kit.SeeOther(w, r, "/me/profile?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return m.show(w, r, status, form, stored)
}

// typed puts the form over what is stored.
func typed(r *http.Request, p members.Profile) members.Profile {
	p.Name, p.Handle, p.Pronouns = kit.Line(r, "name"), kit.Slug(r, "handle"), kit.Line(r, "pronouns")
	p.Place, p.Bio, p.PictureID = kit.Line(r, "place"), strings.TrimSpace(kit.Block(r, "bio")), r.PostForm.Get("portrait")
	p.Audience, p.Shown = members.Audience(r.PostForm.Get("audience")), map[string]members.Audience{}
	if p.Audience == "" {
		p.Audience = members.NoOne
	}
	for _, field := range members.ShownFields {
		if p.Shown[field] = members.Audience(r.PostForm.Get("shown_" + field)); p.Shown[field] == "" {
			p.Shown[field] = members.NoOne
		}
	}
	p.Links = nil
	for i := range linkRows {
		l := members.Link{Label: kit.Line(r, fmt.Sprint("link_label.", i)), URL: kit.Line(r, fmt.Sprint("link_url.", i))}
		if l != (members.Link{}) {
			p.Links = append(p.Links, l)
		}
	}
	return p
}
