package write

import (
	"net/http"
	"slices"
	"strings"

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

// Difference is a short field in which the two differ.
type Difference struct {
	Label        string // a message key
	Theirs, Mine string
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
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		view.Others, err = d.differences(tx, theirs, e.form)
		return err
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusConflict, "desk/conflict", "/desk/stories", view)
}

// differences lists the fields besides the text in which two forms differ, with the
// names of people and topics.
func (d *Desk) differences(tx *db.Tx, theirs, mine fields.Form) ([]Difference, error) {
	people, err := d.Members.ProfilesByID(tx, slices.Concat(theirs.Values["authors"], mine.Values["authors"]))
	if err != nil {
		return nil, err
	}
	subjects, err := d.Topics.ByIDs(tx, slices.Concat(subjectsOf(theirs), subjectsOf(mine)))
	if err != nil {
		return nil, err
	}
	var list []Difference
	add := func(label, a, b string) {
		if a != b {
			list = append(list, Difference{label, a, b})
		}
	}
	for _, f := range []struct{ name, label string }{
		{"title", "desk.story.title"}, {"standfirst", "desk.story.standfirst"}, {"slug", "desk.story.slug"}, {"language", "desk.story.language"},
		{"published", "desk.story.published"}, {"cover", "desk.story.cover"}, {"cover_alt", "desk.story.cover_alt"},
		{"cover_caption", "desk.story.cover_caption"}, {"note", "desk.story.note"},
	} {
		add(f.label, theirs.Value(f.name), strings.ReplaceAll(mine.Value(f.name), "\r\n", "\n"))
	}
	byline := func(f fields.Form) string {
		return fields.Joined(f.Values["authors"], f.Value("new_author"), func(id string) string { return people[id].Name })
	}
	add("desk.story.authors", byline(theirs), byline(mine))
	filed := func(f fields.Form) string {
		return fields.Joined(subjectsOf(f), f.Value("new_topics"), func(id string) string { return subjects[id].Name })
	}
	add("desk.story.topics", filed(theirs), filed(mine))
	add("desk.trail.title", trailText(theirs), trailText(mine))
	return list, nil
}

func subjectsOf(f fields.Form) []string { return slices.Concat(f.Values["topic"], f.Values["topics"]) }

// trailText is what was typed of a trail, field by field, to see whether two differ.
func trailText(f fields.Form) string {
	var b strings.Builder
	for _, t := range fields.AllTyped(f.Values) {
		if strings.HasPrefix(t.Name, "trail.") && !strings.HasSuffix(t.Name, ".id") {
			b.WriteString(strings.TrimPrefix(t.Name, "trail.") + ": " + strings.ReplaceAll(t.Value, "\r\n", "\n") + "\n")
		}
	}
	return b.String()
}
