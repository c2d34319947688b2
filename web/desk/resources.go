package desk

import (
	"net/http"
	"slices"

	"waypost/internal/db"
	"waypost/resources"
	"waypost/topics"
	"waypost/web/desk/fields"
	"waypost/web/desk/write"
	"waypost/web/kit"
	"waypost/web/shell"
)

// ResourcesView lists the library.
type ResourcesView struct {
	List    []resources.Resource
	Removed *fields.Form // one just deleted, to be put back
}

// ResourceView is the form of one resource.
type ResourceView struct {
	fields.Form
	ID     string // empty for a new one
	Topics []topics.Topic
}

// resourceList answers GET /desk/resources.
func (d *Desk) resourceList(w http.ResponseWriter, r *http.Request) error {
	return d.showResources(w, r, nil)
}

func (d *Desk) showResources(w http.ResponseWriter, r *http.Request, removed *fields.Form) error {
	view := ResourcesView{Removed: removed}
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		view.List, err = d.Resources.All(tx)
		return err
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusOK, "desk/resources", "/desk/resources", view)
}

func (d *Desk) newResource(w http.ResponseWriter, r *http.Request) error {
	return d.showResource(w, r, http.StatusOK, fields.New())
}

// editResource answers GET /desk/resources/{id}.
func (d *Desk) editResource(w http.ResponseWriter, r *http.Request) error {
	x, err := d.resource(r)
	if err != nil {
		return err
	}
	return d.showResource(w, r, http.StatusOK, resourceFields(x))
}

func (d *Desk) resource(r *http.Request) (resources.Resource, error) {
	var x resources.Resource
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		x, err = d.Resources.ByID(tx, r.PathValue("id"))
		return err
	})
	return x, err
}

func resourceFields(x resources.Resource) fields.Form {
	form := fields.New("url", x.URL, "title", x.Title, "note", x.Note, "version", fields.Number(x.Version))
	form.Values["topics"] = x.Topics
	return form
}

// saveResource answers POST /desk/resources/new and /desk/resources/{id}.
func (d *Desk) saveResource(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	version, err := kit.Version(r)
	if err != nil {
		return err
	}
	_, err = d.Resources.Save(r.Context(), shell.ActorOf(r).AccountID, resources.Resource{ID: r.PathValue("id"), URL: kit.Line(r, "url"),
		Title: kit.Line(r, "title"), Note: kit.Block(r, "note"), Topics: slices.Clone(r.PostForm["topics"]), Version: version})
	if err == nil {
		return kit.SeeOther(w, r, "/desk/resources?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		theirs, err := d.resource(r)
		if err != nil {
			return err
		}
		words, err := d.wordsFor(r, theirs.Topics...)
		if err != nil {
			return err
		}
		form = fields.Against(form, resourceFields(theirs), words, "url", "title", "note", "topics")
	}
	return d.showResource(w, r, status, form)
}

// deleteResource answers POST /desk/resources/{id}/delete. The page that follows
// holds what was deleted, to be put back by one button.
func (d *Desk) deleteResource(w http.ResponseWriter, r *http.Request) error {
	x, err := d.resource(r)
	if err != nil {
		return err
	}
	if err := d.Resources.Delete(r.Context(), shell.ActorOf(r).AccountID, x.ID); err != nil {
		return err
	}
	removed := resourceFields(x)
	removed.Values.Del("version")
	return d.showResources(w, r, &removed)
}

func (d *Desk) showResource(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	view := ResourceView{Form: form, ID: r.PathValue("id")}
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		view.Topics, err = d.Topics.All(tx)
		write.Sort(view.Topics)
		return err
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, status, "desk/resource", "/desk/resources", view)
}
