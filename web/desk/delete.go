package desk

import (
	"net/http"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/stories"
	"waypost/web/kit"
)

// DeleteView asks once more before something is gone.
type DeleteView struct {
	Title   string // empty for a draft without one
	Note    string // a message key: what goes with it, or why it stays
	May     bool
	Back    string
	Version string
}

// askDeleteStory answers GET /desk/stories/{id}/delete.
func (d *Desk) askDeleteStory(w http.ResponseWriter, r *http.Request) error {
	e, err := d.open(r)
	if err != nil {
		return err
	}
	view := DeleteView{Title: e.story.Title, Note: "desk.delete.story", Back: "/desk/stories/" + e.story.ID, Version: number(e.story.Version)}
	if view.May = stories.MayDelete(actorOf(r), e.story); !view.May {
		view.Note = "story.not_deleted"
	}
	return d.show(w, r, http.StatusOK, "desk/delete", "/desk/stories", view)
}

// deleteStory answers POST /desk/stories/{id}/delete.
func (d *Desk) deleteStory(w http.ResponseWriter, r *http.Request) error {
	version, err := deletedVersion(r)
	if err != nil {
		return err
	}
	if _, err := d.open(r); err != nil { // somebody else's draft is not there
		return err
	}
	if err := d.Stories.Delete(r.Context(), actorOf(r), r.PathValue("id"), version); err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/stories?done=deleted")
}

// askDeletePage answers GET /desk/pages/{id}/delete.
func (d *Desk) askDeletePage(w http.ResponseWriter, r *http.Request) error {
	p, err := d.page(r)
	if err != nil {
		return err
	}
	view := DeleteView{Title: p.Title, Note: "desk.delete.page", Back: "/desk/pages/" + p.ID, Version: number(p.Version)}
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
	return d.show(w, r, http.StatusOK, "desk/delete", "/desk/pages", view)
}

// deletePage answers POST /desk/pages/{id}/delete.
func (d *Desk) deletePage(w http.ResponseWriter, r *http.Request) error {
	version, err := deletedVersion(r)
	if err != nil {
		return err
	}
	if err := d.Community.DeletePage(r.Context(), actorOf(r).AccountID, r.PathValue("id"), version); err != nil {
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
	view := DeleteView{Title: t.Name, Note: "desk.delete.topic", Back: "/desk/topics/" + t.ID, Version: number(t.Version)}
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
	return d.show(w, r, http.StatusOK, "desk/delete", "/desk/topics", view)
}

// deleteTopic answers POST /desk/topics/{id}/delete.
func (d *Desk) deleteTopic(w http.ResponseWriter, r *http.Request) error {
	if err := d.Topics.Delete(r.Context(), actorOf(r).AccountID, r.PathValue("id")); err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/topics?done=deleted")
}

// deletedVersion is the version of what somebody looked at before deleting it.
func deletedVersion(r *http.Request) (int64, error) {
	if err := kit.ParseForm(r); err != nil {
		return 0, err
	}
	version, err := kit.Version(r)
	if err == nil && version == 0 {
		err = problem.New(problem.Malformed, "problem.malformed")
	}
	return version, err
}
