package desk

import (
	"net/http"

	"waypost/community"
	"waypost/internal/db"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// PagesView lists the free-standing pages.
type PagesView struct{ List []community.Page }

// PageView is the form of one page.
type PageView struct {
	fields.Form
	ID     string // empty for a new one
	Public string // its address for readers; empty if they cannot see it
}

// HTML reports that the text is markup that an import brought.
func (v PageView) HTML() bool { return v.Value("format") == "html" }

// pageList answers GET /desk/pages.
func (d *Desk) pageList(w http.ResponseWriter, r *http.Request) error {
	var view PagesView
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		view.List, err = d.Community.Pages(tx)
		return err
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusOK, "desk/pages", "/desk/pages", view)
}

func (d *Desk) newPage(w http.ResponseWriter, r *http.Request) error {
	return d.showPage(w, r, http.StatusOK, fields.New("format", "markdown", "state", community.PageDraft, "in_menu", "yes"), "")
}

// editPage answers GET /desk/pages/{id}.
func (d *Desk) editPage(w http.ResponseWriter, r *http.Request) error {
	p, err := d.page(r)
	if err != nil {
		return err
	}
	return d.showPage(w, r, http.StatusOK, pageFields(p), addressOf(p))
}

func pageFields(p community.Page) fields.Form {
	form := fields.New("title", p.Title, "slug", p.Slug, "state", p.State, "format", p.Format, "body", p.Body, "version", fields.Number(p.Version))
	if p.InMenu {
		form.Values.Set("in_menu", "yes")
	}
	return form
}

func (d *Desk) page(r *http.Request) (community.Page, error) {
	var p community.Page
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		p, err = d.Community.PageByID(tx, r.PathValue("id"))
		return err
	})
	return p, err
}

func addressOf(p community.Page) string {
	if p.State != community.PagePublished {
		return ""
	}
	return "/" + p.Slug
}

func pageTyped(r *http.Request) (community.Page, error) {
	version, err := kit.Version(r)
	return community.Page{ID: r.PathValue("id"), Slug: kit.Slug(r, "slug"), State: r.PostForm.Get("state"), Title: kit.Line(r, "title"),
		Format: r.PostForm.Get("format"), Body: kit.Block(r, "body"), InMenu: r.PostForm.Get("in_menu") != "", Version: version}, err
}

// savePage answers POST /desk/pages/new and /desk/pages/{id}.
func (d *Desk) savePage(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	p, err := pageTyped(r)
	if err != nil {
		return err
	}
	saved, err := d.Community.SavePage(r.Context(), shell.ActorOf(r).AccountID, p)
	if err == nil {
		return kit.SeeOther(w, r, "/desk/pages/"+saved.ID+"?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		theirs, err := d.page(r)
		if err != nil {
			return err
		}
		words, err := d.wordsFor(r)
		if err != nil {
			return err
		}
		form = fields.Against(form, pageFields(theirs), words, "title", "body", "slug", "state", "in_menu")
	}
	return d.showPage(w, r, status, form, "")
}

func (d *Desk) showPage(w http.ResponseWriter, r *http.Request, status int, form fields.Form, public string) error {
	kit.Policy(w, "frame-src 'self'")
	return d.Show(w, r, status, "desk/page", "/desk/pages", PageView{form, r.PathValue("id"), public})
}

// previewPage answers POST /desk/pages/preview, and saves nothing.
func (d *Desk) previewPage(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	p, err := pageTyped(r)
	if err != nil {
		return err
	}
	body, err := d.PreviewPage(r.Context(), p)
	if err != nil {
		return err
	}
	kit.Policy(w, shell.PreviewPolicy...)
	return shell.Write(w, r, http.StatusOK, body)
}
