package desk

import (
	"fmt"
	"net/http"
	"strings"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/pictures"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// AuthorsView lists the authors with how many published stories each has.
type AuthorsView struct {
	List []AuthorRow
	Next string // the address of those after; empty if there are none
}

// AuthorRow is an author in the list.
type AuthorRow struct {
	members.Profile
	N  int
	Me bool
}

// AuthorView is the form of one author.
type AuthorView struct {
	fields.Form
	ID       string // empty for a new one
	Portrait *pictures.Picture
	Links    []int // the numbers of the rows for links
}

const (
	onAuthors = 100
	linkRows  = 6
	spareRows = 2 // for links, behind those that are used
)

// authorList answers GET /desk/authors.
func (d *Desk) authorList(w http.ResponseWriter, r *http.Request) error {
	var view AuthorsView
	q := r.URL.Query()
	err := d.DB.View(r.Context(), func(tx *db.Tx) error {
		view.List = nil
		list, err := d.Members.Profiles(tx, members.ProfileKey{Name: q.Get("name"), ID: q.Get("id")}, onAuthors)
		if err != nil {
			return err
		}
		counts, err := d.Stories.AuthorCounts(tx)
		for _, p := range list {
			view.List = append(view.List, AuthorRow{p, counts[p.ID], p.ID == shell.ActorOf(r).ProfileID})
		}
		return err
	})
	if err != nil {
		return err
	}
	if n := len(view.List); n == onAuthors {
		q.Set("name", view.List[n-1].Name)
		q.Set("id", view.List[n-1].ID)
		view.Next = "/desk/authors?" + q.Encode()
	}
	return d.Show(w, r, http.StatusOK, "desk/authors", "/desk/authors", view)
}

func (d *Desk) newAuthor(w http.ResponseWriter, r *http.Request) error {
	return d.showAuthor(w, r, http.StatusOK, fields.New())
}

// editAuthor answers GET /desk/authors/{id}.
func (d *Desk) editAuthor(w http.ResponseWriter, r *http.Request) error {
	p, err := d.author(r)
	if err != nil {
		return err
	}
	return d.showAuthor(w, r, http.StatusOK, authorFields(r, p))
}

func authorFields(r *http.Request, p members.Profile) fields.Form {
	form := fields.New("name", p.Name, "handle", p.Handle, "pronouns", p.Pronouns, "place", p.Place, "bio", p.Bio, "portrait", p.PictureID,
		"version", fields.Number(p.Version))
	if p.AccountID == shell.ActorOf(r).AccountID {
		form.Values.Set("account", "me")
	}
	for i, l := range p.Links {
		form.Values.Set(fmt.Sprint("link_label.", i), l.Label)
		form.Values.Set(fmt.Sprint("link_url.", i), l.URL)
	}
	return form
}

// author is the one that the address names, the zero value for a new one.
func (d *Desk) author(r *http.Request) (members.Profile, error) {
	var p members.Profile
	id := r.PathValue("id")
	if id == "" {
		return p, nil
	}
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		p, err = d.Members.ProfileByID(tx, id)
		return err
	})
	return p, err
}

// saveAuthor answers POST /desk/authors/new and /desk/authors/{id}.
func (d *Desk) saveAuthor(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	p, err := d.author(r)
	if err != nil {
		return err
	}
	if p.Version, err = kit.Version(r); err != nil {
		return err
	}
	portrait, err := d.Write.Uploaded(r, "portrait_file", "")
	if err == nil {
		if portrait != nil {
			r.PostForm.Set("portrait", portrait.ID)
		}
		p = authorTyped(r, p)
		var f problem.Fields
		members.CheckName(&f, "name", p.Name)
		if err = f.Err(); err == nil {
			_, err = d.Members.SaveProfile(r.Context(), shell.ActorOf(r).AccountID, p)
		}
	}
	if err == nil {
		return kit.SeeOther(w, r, "/desk/authors?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		theirs, err := d.author(r)
		if err != nil {
			return err
		}
		words, err := d.wordsFor(r)
		if err != nil {
			return err
		}
		names := []string{"name", "handle", "pronouns", "place", "bio", "portrait"}
		for i := range linkRows {
			names = append(names, fmt.Sprint("link_label.", i), fmt.Sprint("link_url.", i))
		}
		form = fields.Against(form, authorFields(r, theirs), words, names...)
	}
	return d.showAuthor(w, r, status, form)
}

// authorTyped puts the form over what is stored. The account of somebody else stays
// linked as it is.
func authorTyped(r *http.Request, p members.Profile) members.Profile {
	p.Name, p.Handle, p.Pronouns = kit.Line(r, "name"), kit.Slug(r, "handle"), kit.Line(r, "pronouns")
	p.Place, p.Bio, p.PictureID = kit.Line(r, "place"), strings.TrimSpace(kit.Block(r, "bio")), r.PostForm.Get("portrait")
	me := shell.ActorOf(r).AccountID
	switch {
	case r.PostForm.Get("account") == "me":
		p.AccountID = me
	case p.AccountID == me:
		p.AccountID = ""
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

// NewAuthorView is the form of an author with room for a few more links.
func NewAuthorView(form fields.Form, id string) AuthorView {
	view := AuthorView{Form: form, ID: id}
	used := 0
	for i := range linkRows {
		if form.Value(fmt.Sprint("link_label.", i))+form.Value(fmt.Sprint("link_url.", i)) != "" {
			used = i + 1
		}
	}
	for i := range min(used+spareRows, linkRows) {
		view.Links = append(view.Links, i)
	}
	return view
}

func (d *Desk) showAuthor(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	view := NewAuthorView(form, r.PathValue("id"))
	err := d.DB.View(r.Context(), func(tx *db.Tx) error {
		id := form.Value("portrait")
		found, err := d.Write.Pictures.ByIDs(tx, []string{id})
		if p, ok := found[id]; ok {
			view.Portrait = &p
		}
		return err
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, status, "desk/author", "/desk/authors", view)
}
