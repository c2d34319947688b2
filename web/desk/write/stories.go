package write

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/members"
	"waypost/stories"
	"waypost/web/desk/fields"
	"waypost/web/desk/languages"
	"waypost/web/shell"
)

// StoriesView is the list of stories, by their last change.
type StoriesView struct {
	Title   string // a message key
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

// Unsaved lists the new stories that somebody has begun to write.
func (d *Desk) Unsaved(tx *db.Tx, who members.Actor, zone *time.Location) ([]UnsavedRow, error) {
	begun, err := d.Drafts.Unsaved(tx, who.AccountID)
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
	if !slices.Contains(stories.States(), state) {
		state = ""
	}
	view := StoriesView{Title: "desk.nav.stories", Tabs: StateTabs(state)}
	if !shell.ActorOf(r).May(members.ReviewStories) {
		view.Title = "desk.nav.my_stories"
	}
	var next stories.Place
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		who := shell.ActorOf(r)
		if view.List, next, err = d.recent(tx, who, settings.Location(), state, placeAsked(r), onList); err != nil {
			return err
		}
		if placeAsked(r) == (stories.Place{}) && (state == "" || state == stories.Draft) {
			view.Unsaved, err = d.Unsaved(tx, who, settings.Location())
		}
		return err
	})
	if err != nil {
		return err
	}
	if next != (stories.Place{}) {
		q := url.Values{"before": {fields.Number(next.Changed.UnixMilli())}, "id": {next.ID}}
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

// placeAsked is the place that a list's address names.
func placeAsked(r *http.Request) stories.Place {
	q := r.URL.Query()
	ms, err := strconv.ParseInt(q.Get("before"), 10, 64)
	if err != nil {
		return stories.Place{}
	}
	return stories.Place{Changed: time.UnixMilli(ms), ID: q.Get("id")}
}

// Newest lists the stories in a state that changed last and that somebody may read.
func (d *Desk) Newest(tx *db.Tx, who members.Actor, zone *time.Location, state stories.State, limit int) ([]StoryRow, error) {
	rows, _, err := d.recent(tx, who, zone, state, stories.Place{}, limit)
	return rows, err
}

// recent lists what somebody may read behind a place, at most limit, and where the
// list goes on: the zero place if it does not.
func (d *Desk) recent(tx *db.Tx, who members.Actor, zone *time.Location, state stories.State, from stories.Place, limit int) (rows []StoryRow, next stories.Place, err error) {
	list, err := d.Stories.Recent(tx, who, state, from, limit)
	if err != nil {
		return nil, next, err
	}
	if len(list) == limit {
		next = stories.Place{Changed: list[limit-1].Updated, ID: list[limit-1].ID}
	}
	if !who.May(members.ReviewStories) {
		for i := range list {
			list[i].Note = "" // is for those who edit
		}
	}
	rows, err = d.rows(tx, list, zone)
	return rows, next, err
}

// rows shows stories in a list, under the names of their authors.
func (d *Desk) rows(tx *db.Tx, list []stories.Story, zone *time.Location) ([]StoryRow, error) {
	var people []string
	for _, s := range list {
		people = append(people, s.Authors...)
	}
	authors, err := d.Members.ProfilesByID(tx, people)
	if err != nil {
		return nil, err
	}
	rows := make([]StoryRow, 0, len(list))
	for _, s := range list {
		var names []string
		for _, id := range s.Authors {
			names = append(names, authors[id].Name)
		}
		s.Updated, s.Scheduled, s.Submitted = s.Updated.In(zone), s.Scheduled.In(zone), s.Submitted.In(zone)
		rows = append(rows, NewStoryRow(s, strings.Join(names, ", ")))
	}
	return rows, nil
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
