package replies

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/replies"
	"waypost/replies/reported"
	"waypost/replies/tally"
	"waypost/stories"
	"waypost/web/shell"
)

// Place is a part of the queue, as an address names it.
type Place struct {
	replies.Filter
	batch string // of what was just decided
}

// PlaceIn reads what an address asks for: what waits, if it asks for nothing.
func PlaceIn(q url.Values) Place {
	p := Place{Filter: replies.Filter{State: replies.State(q.Get("state")), StoryID: q.Get("story"), Writer: q.Get("writer"), Before: q.Get("before"), Again: q.Get("reported") == "yes"}, batch: q.Get("batch")}
	if !slices.Contains(replies.States(), p.State) && (p.Writer == "" && !p.Again || p.State != "") {
		p.State = replies.Pending
	}
	return p
}

// at is the address of a page of the desk that goes back to this place.
func (p Place) at(path string) string {
	var b strings.Builder
	b.WriteString(path)
	before, again := "?", ""
	if p.Again {
		again = "yes"
	}
	for _, field := range [...]struct{ name, value string }{{"batch", p.batch}, {"before", p.Before}, {"reported", again}, {"state", string(p.State)}, {"story", p.StoryID}, {"writer", p.Writer}} {
		if field.value != "" {
			b.WriteString(before)
			b.WriteString(field.name)
			b.WriteByte('=')
			b.WriteString(url.QueryEscape(field.value))
			before = "&"
		}
	}
	return b.String()
}

// without is the place where nothing was just decided.
func (p Place) without() Place {
	p.batch = ""
	return p
}

// QueueView lists replies.
type QueueView struct {
	Place   Place
	Tabs    []Tab
	Stories []StoryOption
	Writer  string // by whom all are; empty: by anybody
	List    []Row
	Next    string // address of older ones; empty if there are none
	Did     *Did
	Newer   bool          // something was not decided: its writer changed it after the list was made
	Seen    time.Time     // when the list was made
	Talk    *replies.Talk // of the story, where one is chosen that readers see
	Old     bool          // it takes no replies any more for its age
	Mode    replies.Mode  // which replies wait
}

// Tab is a choice of replies.
type Tab struct {
	State   replies.State // or again; empty: any, or one that is not counted here
	Label   string        // a message key
	Count   int           // 0: not shown
	URL     string
	Current bool
}

// StoryOption is a story that has replies in the state that is shown.
type StoryOption struct {
	ID, Title string // the title is empty for a story that readers do not see any more
	Count     int
	Chosen    bool
}

// Did is what was just decided, and how it is taken back.
type Did struct {
	Said  problem.Message
	Batch string
}

var tabs = map[replies.State]string{replies.Pending: "desk.replies.pending", replies.Spam: "desk.replies.spam", replies.Trash: "desk.replies.trash",
	replies.Published: "desk.replies.published", "": "desk.replies.any"}

// again stands where states do for what is to be looked at again.
const again replies.State = "reported"

// NewQueueView is a part of the queue without what is in it.
func NewQueueView(p Place, counts map[replies.State]int) QueueView {
	view := QueueView{Place: p}
	states, reported := replies.States(), counts[again]
	if p.Writer != "" {
		states, counts = slices.Insert(states, 0, ""), nil // those of one writer are not counted
	}
	for _, state := range states {
		there := Place{Filter: replies.Filter{State: state, StoryID: p.StoryID, Writer: p.Writer}}
		tab := Tab{Label: tabs[state], URL: there.at(Section), Current: state == p.State && !p.Again}
		if state != replies.Published {
			tab.State, tab.Count = state, counts[state]
		}
		view.Tabs = append(view.Tabs, tab)
	}
	if p.Again || reported > 0 {
		there := Place{Filter: replies.Filter{StoryID: p.StoryID, Writer: p.Writer, Again: true}}
		view.Tabs = append(view.Tabs, Tab{State: again, Label: "desk.replies.reported", Count: counts[again], URL: there.at(Section), Current: p.Again})
	}
	return view
}

// Action is where the acts are sent, with the place to come back to and when the list was
// made: what was changed since nobody has seen.
func (v QueueView) Action() string {
	address, query, _ := strings.Cut(v.Place.at(Section), "?")
	q, _ := url.ParseQuery(query) // our own
	q.Set("seen", strconv.FormatInt(v.Seen.UnixMilli(), 10))
	return address + "?" + q.Encode()
}

// settling is by how much a change may be older than the moment at which it can be read:
// it waits for the disk, and another node's clock is another.
const settling = 2 * time.Second

// seen is the moment up to which changes are in what is read from now on.
func (d *Desk) seen() time.Time { return d.Clock().Add(-settling) }

// seenAt reads when the list was made that a decision comes from; the zero time if it does
// not say.
func seenAt(q url.Values) time.Time {
	at, err := strconv.ParseInt(q.Get("seen"), 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(at)
}

// Undo is where a decision is taken back.
func (v QueueView) Undo() string { return v.Place.at("/desk/replies/undo") }

// Closing is where the story that is chosen is closed to replies, or opened.
func (v QueueView) Closing() string {
	return v.Place.at(Section + "/stories/" + url.PathEscape(v.Place.StoryID) + "/closing")
}

// Narrowed reports that not all of a state is shown.
func (v QueueView) Narrowed() bool { return v.Place.StoryID+v.Place.Writer != "" }

// All is the address of the tab without a story or a writer.
func (v QueueView) All() string {
	there := replies.Filter{State: v.Place.State, Again: v.Place.Again}
	if there.State == "" && !there.Again {
		there.State = replies.Pending
	}
	return Place{Filter: there}.at(Section)
}

// Newest is the address of the first page, empty on it.
func (v QueueView) Newest() string {
	if v.Place.Before == "" {
		return ""
	}
	p := v.Place
	p.Before = ""
	return p.at(Section)
}

// Empty says why nothing is listed: a message key.
func (v QueueView) Empty() string {
	if v.Narrowed() || v.Place.Before != "" {
		return "desk.replies.none_such"
	}
	if v.Place.Again {
		return "desk.replies.no_reported"
	}
	if v.Place.State == replies.Pending {
		return noPending[v.Mode]
	}
	return empty[v.Place.State]
}

var empty = map[replies.State]string{replies.Spam: "desk.replies.no_spam", replies.Trash: "desk.replies.no_trash", replies.Published: "desk.replies.no_published"}

// noPending says what will wait, as the settings have it.
var noPending = map[replies.Mode]string{replies.HoldNone: "desk.replies.no_pending_none", replies.HoldFirst: "desk.replies.no_pending_first",
	replies.HoldLinks: "desk.replies.no_pending_links", replies.HoldAll: "desk.replies.no_pending_all"}

const (
	onPage      = 50
	mostStories = 100
	mostCounted = 1_000 // of what is to be looked at again
)

// queue answers GET /desk/replies.
func (d *Desk) queue(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	p, who := PlaceIn(r.URL.Query()), shell.ActorOf(r)
	var view QueueView
	seen := d.seen()
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		rules, err := d.Replies.SettingsIn(tx)
		if err != nil {
			return err
		}
		counts, err := d.counts(tx, p.StoryID)
		if err != nil {
			return err
		}
		view = NewQueueView(p.without(), counts)
		view.Seen, view.Mode, view.Newer = seen, rules.Mode, r.URL.Query().Get("newer") != ""
		list, err := d.Replies.Queue(tx, who, p.Filter, onPage)
		if err != nil {
			return err
		}
		if len(list) > onPage {
			list = list[:onPage]
			older := p.without()
			older.Before = list[onPage-1].ID
			view.Next = older.at(Section)
		}
		known, counted, err := d.storiesOf(tx, list, p)
		if err != nil {
			return err
		}
		if view.List, err = d.rows(tx, p.without(), list, known, settings.Location()); err != nil {
			return err
		}
		if len(list) > 0 && p.Writer != "" {
			view.Writer = list[0].Name
		}
		if view.Did, err = d.did(tx, r, p.batch); err != nil {
			return err
		}
		view.Stories = storyOptions(counted, known, p.StoryID)
		chosen := known[p.StoryID]
		if view.Talk, err = d.talk(tx, chosen); view.Talk != nil {
			view.Old = !rules.Open(chosen.Published, d.Clock(), false)
		}
		return err
	})
	if err != nil {
		return err
	}
	return d.ShowIn(w, r, settings, http.StatusOK, "desk/replies", Section, view)
}

// counts says how many replies are in each state, and how many are to be looked at again:
// of a story, or of all if none is given.
func (d *Desk) counts(tx *db.Tx, storyID string) (map[replies.State]int, error) {
	if storyID != "" {
		return tally.In(tx, storyID, again)
	}
	counts, err := d.Replies.Counts(tx)
	if err == nil {
		counts[again], err = reported.Count(tx, mostCounted)
	}
	return counts, err
}

// talk is whether a story takes replies; nil for none.
func (d *Desk) talk(tx *db.Tx, st replies.Story) (*replies.Talk, error) {
	if st.ID == "" {
		return nil, nil
	}
	talk, err := d.Replies.TalkOf(tx, st.ID)
	return &talk, err
}

// did tells of a decision that can still be taken back; nil for none.
func (d *Desk) did(tx *db.Tx, r *http.Request, batch string) (*Did, error) {
	if batch == "" {
		return nil, nil
	}
	done, err := d.Replies.Standing(tx, shell.ActorOf(r), batch)
	if err != nil || len(done.Changed) == 0 {
		return nil, err
	}
	return &Did{Said: Said(done), Batch: batch}, nil
}

// Said puts a decision into words.
func Said(d replies.Decision) problem.Message {
	switch {
	case len(d.Changed) == 0 && len(d.Newer) > 0:
		return problem.Message{Key: "desk.replies.newer"}
	case len(d.Changed) == 0:
		return problem.Message{Key: "desk.done.unchanged"}
	}
	return problem.Message{Key: said[d.Act], Args: []any{"count", len(d.Changed)}}
}

var said = map[replies.Act]string{replies.Approve: "desk.replies.did_approve", replies.MarkSpam: "desk.replies.did_spam", replies.Discard: "desk.replies.did_trash"}

// storiesOf finds the stories of some replies and those by which the queue can be
// narrowed.
func (d *Desk) storiesOf(tx *db.Tx, list []replies.Waiting, p Place) (known map[string]replies.Story, counted []tally.OfStory, err error) {
	if counted, err = tally.ByStory(tx, p.Filter, mostStories); err != nil {
		return nil, nil, err
	}
	var ids []string
	for _, c := range counted {
		ids = append(ids, c.StoryID)
	}
	for _, w := range list {
		ids = append(ids, w.StoryID)
	}
	if p.StoryID != "" {
		ids = append(ids, p.StoryID)
	}
	known, err = d.titles(tx, slices.Compact(slices.Sorted(slices.Values(ids))))
	return known, counted, err
}

func storyOptions(counted []tally.OfStory, known map[string]replies.Story, chosen string) []StoryOption {
	var list []StoryOption
	for _, c := range counted {
		list = append(list, StoryOption{ID: c.StoryID, Title: known[c.StoryID].Title, Count: c.Count, Chosen: c.StoryID == chosen})
	}
	return list
}

// titles finds stories by their identifiers: those that readers may still read.
func (d *Desk) titles(tx *db.Tx, ids []string) (map[string]replies.Story, error) {
	found, err := d.Stories.ByIDs(tx, ids)
	known := make(map[string]replies.Story, len(found))
	for _, s := range found {
		known[s.ID] = storyOf(s)
	}
	for _, id := range ids {
		if _, there := known[id]; there || err != nil {
			continue
		}
		var s replies.Story
		if s, err = d.Replies.Story(tx, id); problem.Is(err, problem.NotFound) || problem.Is(err, problem.Gone) {
			err = nil
		}
		known[id] = s
	}
	return known, err
}

func storyOf(s stories.Story) replies.Story {
	return replies.Story{ID: s.ID, Title: s.Title, Slug: s.Slug, Language: s.Language, Published: s.Published}
}
