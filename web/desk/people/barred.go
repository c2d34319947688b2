package people

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"waypost/internal/db"
	"waypost/members/joining"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// OutcastsView lists the addresses that are kept out.
type OutcastsView struct {
	List []OutcastRow
	Next string // the address of older ones; empty if there are none
}

// onOutcasts is how many are on a page.
const onOutcasts = 100

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
	q := r.URL.Query()
	before := joining.OutcastKey{ID: q.Get("id")}
	if ms, err := strconv.ParseInt(q.Get("before"), 10, 64); err == nil {
		before.At = time.UnixMilli(ms)
	}
	var view OutcastsView
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		view = OutcastsView{}
		list, err := d.Joining.Outcasts(tx, before, onOutcasts+1)
		if err != nil {
			return err
		}
		if len(list) > onOutcasts {
			list = list[:onOutcasts]
			last := list[onOutcasts-1]
			view.Next = "/desk/people/barred?" + url.Values{"before": {fields.Number(last.At.UnixMilli())}, "id": {last.ID}}.Encode()
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
