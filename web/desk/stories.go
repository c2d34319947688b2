package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/stories"
)

// StoriesView is the list of stories, by their last change.
type StoriesView struct {
	Tabs []Section
	List []StoryRow
	Next string // the address of older ones; empty if there are none
}

// StoryRow is a story in a list.
type StoryRow struct {
	stories.Story
	State  string // a message key
	Byline string
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
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		view.List, err = d.recent(tx, r, settings.Location(), states, beforeAsked(r), onList)
		return err
	})
	if err != nil {
		return err
	}
	if n := len(view.List); n == onList {
		q := url.Values{"before": {number(view.List[n-1].Updated.UnixMilli())}}
		if state != "" {
			q.Set("state", string(state))
		}
		view.Next = "/desk/stories?" + q.Encode()
	}
	return d.show(w, r, http.StatusOK, "desk/stories", "/desk/stories", view)
}

// StateTabs are the ways to the stories in one state; the empty one is all.
func StateTabs(current stories.State) []Section {
	tabs := []Section{{Label: "desk.state.all", URL: "/desk/stories", Current: current == ""}}
	for _, s := range stories.States() {
		tabs = append(tabs, Section{Label: stateLabels[s], URL: "/desk/stories?state=" + string(s), Current: s == current})
	}
	return tabs
}

// beforeAsked is the place in a list that its address names; the zero time for its start.
func beforeAsked(r *http.Request) time.Time {
	ms, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// recent lists what the visitor may read among the stories in some states that were
// changed before a time; the zero time is now.
func (d *Desk) recent(tx *db.Tx, r *http.Request, zone *time.Location, states []stories.State, before time.Time, limit int) ([]StoryRow, error) {
	if before.IsZero() {
		before = d.Clock().Add(time.Hour) // what another node with a clock ahead has just written counts too
	}
	list, err := d.Stories.Recent(tx, states, before, limit)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, s := range list {
		people = append(people, s.Authors...)
	}
	authors, err := d.Members.ProfilesByID(tx, people)
	if err != nil {
		return nil, err
	}
	var rows []StoryRow
	for _, s := range list {
		if !stories.MayRead(actorOf(r), s) {
			continue
		}
		var names []string
		for _, id := range s.Authors {
			names = append(names, authors[id].Name)
		}
		s.Updated, s.Scheduled = s.Updated.In(zone), s.Scheduled.In(zone)
		rows = append(rows, NewStoryRow(s, strings.Join(names, ", ")))
	}
	return rows, nil
}
