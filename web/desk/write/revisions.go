package write

import (
	"net/http"
	"strconv"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/stories"
	"waypost/web/desk/diff"
	"waypost/web/desk/fields"
)

// RevisionRow is one saved version and who saved it.
type RevisionRow struct {
	stories.Revision
	By      string // empty if it was no account
	Current bool
	Changed []string // message keys for what is other than in the version before
}

// How many versions are compared with the one before them: each is read whole.
const mostCompared = 40

// changedIn names what differs between two versions; if nothing does, or only the date
// that publishing sets, it is the state.
func changedIn(before, after stories.Content) []string {
	var list []string
	for _, name := range diff.Fields(before, after) {
		for _, label := range fields.Places(name) {
			list = append(list, label.Key)
		}
	}
	published := len(list) == 1 && list[0] == "desk.story.published" && before.Published.IsZero()
	if len(list) == 0 || published {
		return []string{"desk.revisions.state"}
	}
	return list
}

// compared adds to the newest versions what changed in each.
func (d *Desk) compared(tx *db.Tx, e *editor, list []RevisionRow) error {
	var after stories.Content
	for i := range list[:min(len(list), mostCompared+1)] {
		content, err := d.saved(tx, e, list[i].Version)
		if err != nil {
			return err
		}
		if i > 0 {
			list[i-1].Changed = changedIn(content, after)
		}
		after = content
	}
	if n := len(list); n > 0 && n <= mostCompared {
		list[n-1].Changed = []string{"desk.revisions.first"}
	}
	return nil
}

// revisions answers GET /desk/stories/{id}/revisions.
func (d *Desk) revisions(w http.ResponseWriter, r *http.Request) error {
	e, err := d.open(r)
	if err != nil {
		return err
	}
	view := Versions{Story: e.story}
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if view.List, err = d.versions(tx, e); err != nil {
			return err
		}
		if n := len(view.List); n > 0 { // the last one and the one before
			view.To, view.From = view.List[0], view.List[min(1, n-1)]
		}
		return d.compared(tx, e, view.List)
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusOK, "desk/revisions", "/desk/stories", view)
}

// versions lists what may be seen of a story's versions, newest first.
func (d *Desk) versions(tx *db.Tx, e *editor) ([]RevisionRow, error) {
	list, err := d.Stories.Revisions(tx, e.actor, e.story)
	if err != nil {
		return nil, err
	}
	rows, names := make([]RevisionRow, len(list)), map[string]string{}
	for i, v := range list {
		v.Saved = v.Saved.In(e.zone)
		rows[i] = RevisionRow{Revision: v, Current: v.Version == e.story.Version}
		if rows[i].By, err = d.nameFor(tx, e.actor, names, v.AccountID); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// saved is what a version holds; what editors note is for them alone.
func (d *Desk) saved(tx *db.Tx, e *editor, version int64) (stories.Content, error) {
	c, err := d.Stories.RevisionContent(tx, e.actor, e.story, version)
	if !e.actor.May(members.ReviewStories) {
		c.Note = ""
	}
	return c, err
}

// number is the number of a version, as an address has it.
func number(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, problem.New(problem.NotFound, "problem.not_found")
	}
	return n, nil
}
