package write

import (
	"net/http"
	"strconv"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/stories"
	"waypost/web/desk/diff"
	"waypost/web/desk/fields"
	"waypost/web/kit"
)

// RevisionsView lists the saved versions of a story.
type RevisionsView struct {
	Story stories.Story
	List  []RevisionRow
}

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
		content, err := d.Stories.RevisionContent(tx, e.actor, e.story, list[i].Version)
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

// RevisionView is one saved version beside the present one.
type RevisionView struct {
	Story  stories.Story
	Number int64
	Saved  stories.Content
	Body   []diff.Line // Theirs: the present text; Mine: the saved version
}

// revisions answers GET /desk/stories/{id}/revisions.
func (d *Desk) revisions(w http.ResponseWriter, r *http.Request) error {
	e, err := d.open(r)
	if err != nil {
		return err
	}
	view := RevisionsView{Story: e.story}
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		list, err := d.Stories.Revisions(tx, e.actor, e.story)
		if err != nil {
			return err
		}
		view.List = make([]RevisionRow, len(list))
		names := map[string]string{}
		for i, v := range list {
			v.Saved = v.Saved.In(e.zone)
			view.List[i] = RevisionRow{Revision: v, Current: v.Version == e.story.Version}
			if view.List[i].By, err = d.nameFor(tx, e.actor, names, v.AccountID); err != nil {
				return err
			}
		}
		return d.compared(tx, e, view.List)
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusOK, "desk/revisions", "/desk/stories", view)
}

// revision answers GET /desk/stories/{id}/revisions/{version}.
func (d *Desk) revision(w http.ResponseWriter, r *http.Request) error {
	e, saved, version, err := d.openRevision(r)
	if err != nil {
		return err
	}
	view := RevisionView{Story: e.story, Number: version, Saved: saved, Body: diff.Lines(e.stored.Body, saved.Body)}
	return d.Show(w, r, http.StatusOK, "desk/revision", "/desk/stories", view)
}

// restoreRevision answers POST /desk/stories/{id}/revisions/{version}: the saved
// version becomes the text again, as a save like any other.
func (d *Desk) restoreRevision(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	over, err := kit.Version(r)
	if err != nil {
		return err
	}
	e, saved, _, err := d.openRevision(r)
	if err != nil {
		return err
	}
	saved.Slug = e.story.Slug // the address stays
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		saved.Authors, saved.Topics, err = d.known(tx, saved) // those that are still there
		return err
	})
	if err != nil {
		return err
	}
	if _, err := d.Stories.Save(r.Context(), e.actor, e.story.ID, over, saved); err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/stories/"+e.story.ID+"?done=restored")
}

func (d *Desk) openRevision(r *http.Request) (*editor, stories.Content, int64, error) {
	var saved stories.Content
	version, err := strconv.ParseInt(r.PathValue("version"), 10, 64)
	if err != nil {
		return nil, saved, 0, problem.New(problem.NotFound, "problem.not_found")
	}
	e, err := d.open(r)
	if err != nil {
		return nil, saved, 0, err
	}
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		saved, err = d.Stories.RevisionContent(tx, e.actor, e.story, version)
		return err
	})
	return e, saved, version, err
}
