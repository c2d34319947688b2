package write

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/stories"
	"waypost/web/desk/fields"
	"waypost/web/desk/languages"
	"waypost/web/shell"
)

// StoriesView is the list of stories, by their last change.
type StoriesView struct {
	Tabs    []shell.Section
	Unsaved []UnsavedRow // new stories of which their writer has typed something
	List    []StoryRow
	Next    string // the address of older ones; empty if there are none
}

// StoryRow is a story in a list.
type StoryRow struct {
	stories.Story
	State  string // a message key
	Byline string
}

// UnsavedRow is a new story that its writer, who alone sees it, never saved as a version.
type UnsavedRow struct {
	ID, Title string
	Typed     time.Time
}

// unsaved lists the new stories that somebody has begun to write.
func (d *Desk) unsaved(tx *db.Tx, r *http.Request, zone *time.Location) ([]UnsavedRow, error) {
	begun, err := d.Drafts.Unsaved(tx, shell.ActorOf(r).AccountID)
	list := make([]UnsavedRow, len(begun))
	for i, x := range begun {
		list[i] = UnsavedRow{x.StoryID, x.Title, x.Saved.In(zone)}
	}
	return list, err
}

// NewStoryRow shows a story under the names of its authors.
func NewStoryRow(s stories.Story, byline string) StoryRow {
	return StoryRow{s, stateLabels[s.State], byline}
}

const onList = 30

// stateLabels are the names of the states.
var stateLabels = map[stories.State]string{
	stories.Draft: "desk.state.draft", stories.InReview: "desk.state.in_review", stories.Scheduled: "desk.state.scheduled",
	stories.Published: "desk.state.published", stories.Archived: "desk.state.archived",
}

// storyList answers GET /desk/stories.
func (d *Desk) storyList(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	state := stories.State(r.URL.Query().Get("state"))
	states := []stories.State{state}
	if !slices.Contains(stories.States(), state) {
		state, states = "", stories.States()
	}
	view := StoriesView{Tabs: StateTabs(state)}
	var next place
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if view.List, next, err = d.recent(tx, r, settings.Location(), states, placeAsked(r), onList); err != nil {
			return err
		}
		if placeAsked(r) == (place{}) && slices.Contains(states, stories.Draft) {
			view.Unsaved, err = d.unsaved(tx, r, settings.Location())
		}
		return err
	})
	if err != nil {
		return err
	}
	if next != (place{}) {
		q := url.Values{"before": {fields.Number(next.changed.UnixMilli())}, "id": {next.id}}
		if state != "" {
			q.Set("state", string(state))
		}
		view.Next = "/desk/stories?" + q.Encode()
	}
	return d.Show(w, r, http.StatusOK, "desk/stories", "/desk/stories", view)
}

// StateTabs are the ways to the stories in one state; the empty one is all.
func StateTabs(current stories.State) []shell.Section {
	tabs := []shell.Section{{Label: "desk.state.all", URL: "/desk/stories", Current: current == ""}}
	for _, s := range stories.States() {
		tabs = append(tabs, shell.Section{Label: stateLabels[s], URL: "/desk/stories?state=" + string(s), Current: s == current})
	}
	return tabs
}

// place is a place in the list by last change; the zero value is its start.
type place struct {
	changed time.Time
	id      string
}

// placeAsked is the place that a list's address names.
func placeAsked(r *http.Request) place {
	q := r.URL.Query()
	ms, err := strconv.ParseInt(q.Get("before"), 10, 64)
	if err != nil {
		return place{}
	}
	return place{time.UnixMilli(ms), q.Get("id")}
}

// Newest lists the stories in a state that changed last and that the visitor may read.
func (d *Desk) Newest(tx *db.Tx, r *http.Request, zone *time.Location, state stories.State, limit int) ([]StoryRow, error) {
	rows, _, err := d.recent(tx, r, zone, []stories.State{state}, place{}, limit)
	return rows, err
}

// recent lists what the visitor may read among the stories in some states behind a
// place, at most limit, and where the list goes on: the zero place if it does not.
func (d *Desk) recent(tx *db.Tx, r *http.Request, zone *time.Location, states []stories.State, from place, limit int) (rows []StoryRow, next place, err error) {
	if from == (place{}) {
		from.changed = d.Clock().Add(time.Hour) // what another node with a clock ahead has just written counts too
	}
	list, err := d.Stories.Recent(tx, states, from.changed, from.id, limit)
	if err != nil {
		return nil, next, err
	}
	if len(list) == limit {
		next = place{list[limit-1].Updated, list[limit-1].ID}
	}
	var people []string
	for _, s := range list {
		people = append(people, s.Authors...)
	}
	authors, err := d.Members.ProfilesByID(tx, people)
	if err != nil {
		return nil, next, err
	}
	for _, s := range list {
		if !stories.MayRead(shell.ActorOf(r), s) {
			continue
		}
		var names []string
		for _, id := range s.Authors {
			names = append(names, authors[id].Name)
		}
		s.Updated, s.Scheduled = s.Updated.In(zone), s.Scheduled.In(zone)
		rows = append(rows, NewStoryRow(s, strings.Join(names, ", ")))
	}
	return rows, next, nil
}

// verbLabels are the words on the buttons, verbNotes what follows from them.
var (
	verbLabels = map[stories.Verb]string{
		stories.Submit: "desk.verb.submit", stories.Return: "desk.verb.return", stories.Publish: "desk.verb.publish",
		stories.Schedule: "desk.verb.schedule", stories.Unschedule: "desk.verb.unschedule", stories.Unpublish: "desk.verb.unpublish",
		stories.Archive: "desk.verb.archive",
	}
	verbNotes = map[stories.Verb]string{
		stories.Submit: "desk.verb.submit_note", stories.Return: "desk.verb.return_note", stories.Publish: "desk.verb.publish_note",
		stories.Schedule: "desk.verb.schedule_note", stories.Unschedule: "desk.verb.unschedule_note", stories.Unpublish: "desk.verb.unpublish_note",
		stories.Archive: "desk.verb.archive_note",
	}
)

// tongues are the languages that a story may be in, with the present one even if it is
// rare.
func tongues(present string) []fields.Option {
	var list []fields.Option
	for _, l := range languages.With(present) {
		list = append(list, fields.Option{Value: l.Tag, Label: l.Name})
	}
	return list
}
