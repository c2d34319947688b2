package desk

import (
	"net/http"

	"waypost/internal/db"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// askDeletePage answers GET /desk/pages/{id}/delete.
func (d *Desk) askDeletePage(w http.ResponseWriter, r *http.Request) error {
	p, err := d.page(r)
	if err != nil {
		return err
	}
	view := shell.DeleteView{Title: p.Title, Note: "desk.delete.page", Back: "/desk/pages/" + p.ID, Version: fields.Number(p.Version)}
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		view.May, err = d.Community.PageDeletable(tx, p)
		return err
	})
	if err != nil {
		return err
	}
	if !view.May {
		view.Note = "page.not_deleted"
	}
	return d.Show(w, r, http.StatusOK, "desk/delete", "/desk/pages", view)
}

// deletePage answers POST /desk/pages/{id}/delete.
func (d *Desk) deletePage(w http.ResponseWriter, r *http.Request) error {
	version, err := shell.DeletedVersion(r)
	if err != nil {
		return err
	}
	if err := d.Community.DeletePage(r.Context(), shell.ActorOf(r).AccountID, r.PathValue("id"), version); err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/pages?done=deleted")
}

// askDeleteTopic answers GET /desk/topics/{id}/delete.
func (d *Desk) askDeleteTopic(w http.ResponseWriter, r *http.Request) error {
	t, err := d.topic(r)
	if err != nil {
		return err
	}
	view := shell.DeleteView{Title: t.Name, Note: "desk.delete.topic", Back: "/desk/topics/" + t.ID, Version: fields.Number(t.Version)}
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		used, err := d.Topics.Used(tx, t.ID)
		view.May = !used
		return err
	})
	if err != nil {
		return err
	}
	if !view.May {
		view.Note = "topic.used"
	}
	return d.Show(w, r, http.StatusOK, "desk/delete", "/desk/topics", view)
}

// deleteTopic answers POST /desk/topics/{id}/delete.
func (d *Desk) deleteTopic(w http.ResponseWriter, r *http.Request) error {
	if err := d.Topics.Delete(r.Context(), shell.ActorOf(r).AccountID, r.PathValue("id")); err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/topics?done=deleted")
}
