package write

import (
	"net/http"
	"slices"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/stories"
	"waypost/web/desk/diff"
	"waypost/web/kit"
)

// Versions are the saved versions of a story, and the two of them to be compared.
type Versions struct {
	Story    stories.Story
	List     []RevisionRow // all that there are to choose from, newest first
	From, To RevisionRow   // the older one first; the same one where there is no other
}

// Several reports that there are two to be compared.
func (v Versions) Several() bool { return len(v.List) > 1 }

// CompareView is two versions of a story, and what became of the one in the other.
type CompareView struct {
	Versions
	Others   []Difference // fields besides the text
	Body     diff.Text
	Language string // of the text
	Restore  bool   // a version may be made the text again
}

// One reports that there is nothing to compare with.
func (v CompareView) One() bool { return v.From.Version == v.To.Version }

// First reports that there is none before either of them.
func (v CompareView) First() bool { return v.From.Version == v.List[len(v.List)-1].Version }

// Side is one of the two, with what is needed to make it the text again.
type Side struct {
	Label   string // a message key
	Row     RevisionRow
	Story   stories.Story
	Restore bool
}

// Sides are the version before and the one after, or the only one.
func (v CompareView) Sides() []Side {
	after := Side{"desk.compare.to", v.To, v.Story, v.Restore}
	if v.One() {
		return []Side{after}
	}
	return []Side{{"desk.compare.from", v.From, v.Story, v.Restore}, after}
}

// Restorable reports that one of the two can be made the text again.
func (v CompareView) Restorable() bool { return v.Restore && !(v.From.Current && v.To.Current) }

// Same reports that the two say the same.
func (v CompareView) Same() bool { return len(v.Others) == 0 && v.Body.Same() }

// revision answers GET /desk/stories/{id}/revisions/{version}: what it changed in the
// version before it.
func (d *Desk) revision(w http.ResponseWriter, r *http.Request) error {
	version, err := number(r.PathValue("version"))
	if err != nil {
		return err
	}
	return d.showVersions(w, r, func(list []RevisionRow) (from, to int) {
		to = placeOf(list, version)
		return min(to+1, len(list)-1), to
	})
}

// compare answers GET /desk/stories/{id}/revisions/compare: any two versions; where the
// address names none, the last one and the one before.
func (d *Desk) compare(w http.ResponseWriter, r *http.Request) error {
	var asked [2]int64
	for i, name := range []string{"from", "to"} {
		text := r.URL.Query().Get(name)
		if text == "" {
			continue
		}
		var err error
		if asked[i], err = number(text); err != nil {
			return err
		}
	}
	return d.showVersions(w, r, func(list []RevisionRow) (from, to int) {
		if asked[1] != 0 {
			to = placeOf(list, asked[1])
		}
		if from = min(to+1, len(list)-1); asked[0] != 0 {
			from = placeOf(list, asked[0])
		}
		return max(from, to), min(from, to)
	})
}

func placeOf(list []RevisionRow, version int64) int {
	return slices.IndexFunc(list, func(row RevisionRow) bool { return row.Version == version })
}

// showVersions shows the two versions that are chosen by their places in the list; a
// place that is not in it is not found.
func (d *Desk) showVersions(w http.ResponseWriter, r *http.Request, choose func([]RevisionRow) (from, to int)) error {
	e, err := d.open(r)
	if err != nil {
		return err
	}
	words, err := d.words(r)
	if err != nil {
		return err
	}
	var view CompareView
	var before, after stories.Content
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		view = CompareView{Versions: Versions{Story: e.story}, Restore: stories.May(e.actor, stories.Save, e.story)}
		if view.List, err = d.versions(tx, e); err != nil {
			return err
		}
		from, to := choose(view.List)
		if from < 0 || to < 0 {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		view.From, view.To = view.List[from], view.List[to]
		if after, err = d.saved(tx, e, view.To.Version); err != nil {
			return err
		}
		if before = after; from != to {
			if before, err = d.saved(tx, e, view.From.Version); err != nil {
				return err
			}
		}
		view.Language = after.Language
		view.Others, err = d.differences(tx, words, StoryForm(before, e.zone), StoryForm(after, e.zone))
		return err
	})
	if err != nil {
		return err
	}
	if view.Body = diff.Words(before.Body, after.Body); view.One() {
		view.Body = diff.Whole(after.Body)
	}
	return d.Show(w, r, http.StatusOK, "desk/compare", "/desk/stories", view)
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
	version, err := number(r.PathValue("version"))
	if err != nil {
		return err
	}
	e, err := d.open(r)
	if err != nil {
		return err
	}
	var saved stories.Content
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if saved, err = d.Stories.RevisionContent(tx, e.actor, e.story, version); err != nil {
			return err
		}
		saved.Slug = e.story.Slug                             // the address stays
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
