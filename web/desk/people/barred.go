package people

import (
	"net/http"

	"waypost/internal/db"
	"waypost/members/joining"
	"waypost/web/kit"
	"waypost/web/shell"
)

// OutcastsView lists the addresses that are kept out.
type OutcastsView struct{ List []OutcastRow }

// OutcastRow is one of them, with the name of who keeps it out.
type OutcastRow struct {
	joining.Outcast
	Who string // empty for the program, and for somebody who is gone
}

// outcasts answers GET /desk/people/barred.
func (d *Desk) outcasts(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	var view OutcastsView
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		view.List = nil
		list, err := d.Joining.Outcasts(tx)
		if err != nil {
			return err
		}
		ids := make([]string, len(list))
		for i, o := range list {
			ids[i] = o.By
		}
		names, err := d.Members.NamesByID(tx, ids)
		for _, o := range list {
			o.At = o.At.In(settings.Location())
			view.List = append(view.List, OutcastRow{o, names[o.By]})
		}
		return err
	})
	if err != nil {
		return err
	}
	return d.ShowIn(w, r, settings, http.StatusOK, "desk/barred", "/desk/people", view)
}

// unbar answers POST /desk/people/barred/{id}/end.
func (d *Desk) unbar(w http.ResponseWriter, r *http.Request) error {
	if err := d.Joining.Unbar(r.Context(), shell.ActorOf(r), r.PathValue("id")); err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/people/barred?done=unbarred")
}
