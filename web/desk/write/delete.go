package write

import (
	"net/http"

	"waypost/stories"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// askDeleteStory answers GET /desk/stories/{id}/delete.
func (d *Desk) askDeleteStory(w http.ResponseWriter, r *http.Request) error {
	e, err := d.open(r)
	if err != nil {
		return err
	}
	view := shell.DeleteView{Title: e.story.Title, Note: "desk.delete.story", Back: "/desk/stories/" + e.story.ID, Version: fields.Number(e.story.Version)}
	if view.May = stories.MayDelete(shell.ActorOf(r), e.story); !view.May {
		view.Note = "story.not_deleted"
	}
	return d.Show(w, r, http.StatusOK, "desk/delete", "/desk/stories", view)
}

// deleteStory answers POST /desk/stories/{id}/delete.
func (d *Desk) deleteStory(w http.ResponseWriter, r *http.Request) error {
	version, err := shell.DeletedVersion(r)
	if err != nil {
		return err
	}
	if _, err := d.open(r); err != nil { // somebody else's draft is not there
		return err
	}
	if err := d.Stories.Delete(r.Context(), shell.ActorOf(r), r.PathValue("id"), version); err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/stories?done=deleted")
}
