package write

import (
	"maps"
	"net/http"

	"waypost/internal/db"
	"waypost/stories"
	"waypost/web/desk/diff"
	"waypost/web/desk/fields"
)

// ConflictView shows both texts of a story that somebody else changed meanwhile.
type ConflictView struct {
	Action  string
	Version int64 // theirs: what is saved over it settles the conflict
	Others  []Difference
	Body    []diff.Line
	Merged  string         // both texts in one, where they differ one after the other
	Mine    []fields.Typed // my form, to be sent again
	Rest    []fields.Typed // my form without the text
}

// showConflict answers a save over a version that somebody else changed. Nothing is
// lost: both texts are in the page, and whatever is chosen both become versions.
func (d *Desk) showConflict(w http.ResponseWriter, r *http.Request, e *editor, c *stories.ConflictError) error {
	theirs := StoryForm(c.Theirs, e.zone)
	view := ConflictView{Action: "/desk/stories/" + e.id, Version: c.Version}
	view.Body = diff.Lines(c.Theirs.Body, c.Mine.Body)
	view.Merged = diff.Both(view.Body)
	for _, t := range fields.AllTyped(r.PostForm) {
		if t.Name == "do" || t.Name == "version" {
			continue
		}
		view.Mine = append(view.Mine, t)
		if t.Name != "body" {
			view.Rest = append(view.Rest, t)
		}
	}
	mine := e.form
	if !edits(r) { // a form without the fields that are not theirs
		mine.Values = maps.Clone(mine.Values)
		for _, name := range []string{"authors", "published", "note"} {
			mine.Values[name] = theirs.Values[name]
		}
	}
	words, err := d.words(r)
	if err != nil {
		return err
	}
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		view.Others, err = d.differences(tx, words, theirs, mine)
		return err
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusConflict, "desk/conflict", "/desk/stories", view)
}
