package desk

import (
	"net/http"
	"slices"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/replies/reported"
	"waypost/stories"
	"waypost/web/kit"
	"waypost/web/shell"
)

// TodayView is what waits for whoever looks, each thing one press away.
type TodayView struct {
	Counts   []StateCount
	Editor   bool // sees more than their own stories
	Owner    bool
	Stories  int // that they see, of any state; a member's are not counted beyond the first
	Waiting  []TodaySection
	New      TodaySection // their own that readers have had for a short time
	Failures []jobs.Failure
	Key      bool       // an owner is to put a copy of the key away
	Guide    *GuideView // what is open of setting up, for an owner
	Flooded  bool       // the letters to strangers were used up
	Joiners  int        // people who wait to be let in
	Replies  int        // that wait for a moderator
	Oldest   time.Time  // since when the oldest of them waits
	Reported int        // replies that a moderator is to look at again
}

// Clear reports that nothing waits.
func (v TodayView) Clear() bool {
	return v.Stories > 0 && len(v.Waiting)+len(v.Failures)+v.Joiners+v.Replies+v.Reported == 0 && !v.Flooded
}

// TodaySection is things of one kind that wait.
type TodaySection struct {
	Title problem.Message
	Items []TodayItem
	More  string // the address of all of them; empty if these are all
}

// TodayItem is one thing that waits.
type TodayItem struct {
	Label *problem.Message // what it is called; nil for a story, which has a title
	Title string           // empty for a story without one
	URL   string
	By    string
	When  time.Time // zero: not shown
	Verb  string    // a message key: what happened then, or will
	First bool      // the first story of its authors
	Note  string    // what an editor wrote
}

// StateCount is a number of stories in a state, and where they are listed.
type StateCount struct {
	Label string // a message key that takes a count
	URL   string
	N     int
}

// NewStateCount counts the stories in a state.
func NewStateCount(state stories.State, n int) StateCount {
	return StateCount{stateCounts[state], "/desk/stories?state=" + string(state), n}
}

const (
	onToday      = 5
	mostFailures = 10
	mostReported = 1_000
	newFor       = 14 * 24 * time.Hour // since readers got a story
)

// today answers GET /desk.
func (d *Desk) today(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	if !settings.SetUp && shell.ActorOf(r).Has(members.Owner) {
		return kit.SeeOther(w, r, "/desk/set-up")
	}
	var view TodayView
	who, zone := shell.ActorOf(r), settings.Location()
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		view = TodayView{Editor: who.May(members.ReviewStories), Owner: who.May(members.RunCommunity)}
		if view.Waiting, err = d.waiting(tx, who, zone); err != nil {
			return err
		}
		if view.New, err = d.published(tx, who, zone); err != nil {
			return err
		}
		if err := d.countStories(tx, who, &view); err != nil {
			return err
		}
		if err := d.countReplies(tx, who, zone, &view); err != nil {
			return err
		}
		if err := d.countJoiners(tx, who, &view); err != nil || !view.Owner {
			return err
		}
		kept, err := d.Community.KeyKept(tx)
		if err != nil {
			return err
		}
		view.Key = !kept
		guide, err := d.guideIn(tx)
		if err != nil {
			return err
		}
		if !guide.Whole() {
			view.Guide = &guide
		}
		view.Failures, err = d.Jobs.Failures(tx, mostFailures)
		for i := range view.Failures {
			view.Failures[i].At = view.Failures[i].At.In(zone)
		}
		return err
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusOK, "desk/today", "/desk", view)
}

// countStories counts the stories in each state for editors; for members it says
// whether they have one.
func (d *Desk) countStories(tx *db.Tx, who members.Actor, view *TodayView) error {
	own, err := d.Stories.Recent(tx, who, "", stories.Place{}, 1)
	view.Stories = len(own)
	if len(view.Waiting) > 0 {
		view.Stories = max(view.Stories, 1) // what is typed and no version yet is begun
	}
	if err != nil || !view.Editor {
		return err
	}
	counts, err := d.Stories.CountStates(tx)
	for _, state := range stories.States() {
		if counts[state] > 0 {
			view.Counts = append(view.Counts, NewStateCount(state, counts[state]))
		}
	}
	return err
}

// countReplies tells moderators of what waits for them.
func (d *Desk) countReplies(tx *db.Tx, who members.Actor, zone *time.Location, view *TodayView) error {
	if !who.May(members.ModerateReplies) {
		return nil
	}
	backlog, err := d.Replies.Replies.BacklogIn(tx)
	if err != nil {
		return err
	}
	view.Replies, view.Oldest = backlog.Held, backlog.Oldest.In(zone)
	view.Reported, err = reported.Count(tx, mostReported)
	return err
}

// countJoiners tells those who let people in of who asks.
func (d *Desk) countJoiners(tx *db.Tx, who members.Actor, view *TodayView) (err error) {
	if !who.May(members.ApproveJoiners) || d.Joining == nil {
		return nil
	}
	if view.Flooded, err = d.Joining.Flooded(tx); err != nil {
		return err
	}
	view.Joiners, err = d.Joining.Waiting(tx)
	return err
}

// waiting lists what waits for somebody, the most urgent first. Whoever has more to tell
// adds a section here.
func (d *Desk) waiting(tx *db.Tx, who members.Actor, zone *time.Location) ([]TodaySection, error) {
	sentBack, drafts, err := d.drafts(tx, who, zone)
	if err != nil {
		return nil, err
	}
	queue, err := d.toReview(tx, who, zone)
	if err != nil {
		return nil, err
	}
	handedIn, err := d.inState(tx, who, zone, stories.InReview, "desk.today.handed_in")
	if err != nil {
		return nil, err
	}
	scheduled, err := d.inState(tx, who, zone, stories.Scheduled, "desk.today.scheduled")
	if err != nil {
		return nil, err
	}
	if who.May(members.ReviewStories) {
		handedIn.Items = nil // they stand in the queue
	}
	list := []TodaySection{sentBack, queue, drafts, handedIn, scheduled}
	return slices.DeleteFunc(list, func(s TodaySection) bool { return len(s.Items) == 0 }), nil
}

// item is a story that waits.
func item(s stories.Story, by string, zone *time.Location) TodayItem {
	x := TodayItem{Title: s.Title, URL: "/desk/stories/" + s.ID, By: by, When: s.Updated.In(zone), Verb: "desk.changed_on"}
	if s.State == stories.Scheduled {
		x.When, x.Verb = s.Scheduled.In(zone), "desk.today.comes_out"
	}
	return x
}

// drafts are one's own, those that an editor sent back apart.
func (d *Desk) drafts(tx *db.Tx, who members.Actor, zone *time.Location) (sentBack, drafts TodaySection, err error) {
	sentBack.Title.Key, drafts.Title.Key = "desk.today.sent_back", "desk.today.drafts"
	rows, err := d.Write.Newest(tx, who, zone, stories.Draft, 4*onToday)
	if err != nil {
		return sentBack, drafts, err
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	steps, err := d.Stories.LastStep(tx, ids)
	for _, row := range rows {
		x := item(row.Story, row.Byline, zone)
		switch last := steps[row.ID]; {
		case last.Kind == stories.NoteReturn && stories.Own(who, row.Story):
			x.Note, x.When, x.Verb = last.Text, last.At.In(zone), "desk.today.sent_back_on"
			sentBack.Items = append(sentBack.Items, x)
		case len(drafts.Items) < onToday:
			drafts.Items = append(drafts.Items, x)
		default:
			drafts.More = "/desk/stories?state=draft"
		}
	}
	if err != nil {
		return sentBack, drafts, err
	}
	unsaved, err := d.Write.Unsaved(tx, who, zone)
	for i, row := range unsaved {
		if i == onToday {
			drafts.More = "/desk/stories?state=draft"
			break
		}
		drafts.Items = slices.Insert(drafts.Items, i, TodayItem{Title: row.Title, URL: "/desk/stories/" + row.ID, When: row.Typed, Verb: "draft.typed_on"})
	}
	return sentBack, drafts, err
}

// answered shows with stories that wait what somebody else wrote beside them last.
func (d *Desk) answered(tx *db.Tx, who members.Actor, list []stories.Story, items []TodayItem) error {
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	notes, err := d.Stories.LastNotes(tx, ids)
	for i := range items {
		if n, written := notes[ids[i]]; written && n.AccountID != who.AccountID {
			items[i].Note = n.Text
		}
	}
	return err
}

// toReview is the head of the editors' queue.
func (d *Desk) toReview(tx *db.Tx, who members.Actor, zone *time.Location) (s TodaySection, err error) {
	if !who.May(members.ReviewStories) {
		return s, nil
	}
	n, err := d.Stories.CountWaiting(tx)
	if err != nil {
		return s, err
	}
	s.Title = problem.Message{Key: "desk.today.to_review", Args: []any{"count", n}}
	list, err := d.Stories.Queue(tx, stories.Waiting{}, stories.WaitingKey{}, onToday)
	if err != nil {
		return s, err
	}
	rows, err := d.Write.Queued(tx, list, zone)
	for _, row := range rows {
		s.Items = append(s.Items, TodayItem{Title: row.Title, URL: "/desk/review/" + row.ID, By: row.Byline, When: row.Submitted, Verb: "desk.review.since", First: row.First})
	}
	if err != nil {
		return s, err
	}
	if n > len(rows) {
		s.More = "/desk/review"
	}
	return s, d.answered(tx, who, list, s.Items)
}

func (d *Desk) inState(tx *db.Tx, who members.Actor, zone *time.Location, state stories.State, title string) (TodaySection, error) {
	s := TodaySection{Title: problem.Message{Key: title}}
	rows, err := d.Write.Newest(tx, who, zone, state, onToday+1)
	if err != nil {
		return s, err
	}
	if len(rows) > onToday {
		rows, s.More = rows[:onToday], "/desk/stories?state="+string(state)
	}
	list := make([]stories.Story, len(rows))
	for i, row := range rows {
		list[i] = row.Story
		s.Items = append(s.Items, item(row.Story, row.Byline, zone))
	}
	return s, d.answered(tx, who, list, s.Items)
}

// published are one's own stories that came out lately, at the address at which readers
// have them.
func (d *Desk) published(tx *db.Tx, who members.Actor, zone *time.Location) (TodaySection, error) {
	s := TodaySection{Title: problem.Message{Key: "desk.today.published"}}
	if who.ProfileID == "" {
		return s, nil
	}
	list, err := d.Stories.ByAuthor(tx, who.ProfileID, stories.Key{}, onToday)
	for _, x := range list {
		if d.Clock().Sub(x.Published) < newFor {
			s.Items = append(s.Items, TodayItem{Title: x.Title, URL: stories.Address(x.Slug), When: x.Published.In(zone), Verb: "desk.today.published_on"})
		}
	}
	return s, err
}

// stateCounts are the words of a count of stories in each state.
var stateCounts = map[stories.State]string{
	stories.Draft: "desk.count.draft", stories.InReview: "desk.count.in_review", stories.Scheduled: "desk.count.scheduled",
	stories.Published: "desk.count.published", stories.Archived: "desk.count.archived",
}

// keepKey answers POST /desk/key-kept: an owner has put a copy of the key away.
func (d *Desk) keepKey(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	err := d.DB.Update(r.Context(), func(tx *db.Tx) error { return d.Community.KeepKey(tx, shell.ActorOf(r).AccountID) })
	if err != nil {
		return err
	}
	back := "/desk"
	if r.PostForm.Get("from") == "backups" {
		back = backupsPath
	}
	return kit.SeeOther(w, r, back+"?done=key-kept")
}

// retryJob answers POST /desk/jobs/{id}/retry.
func (d *Desk) retryJob(w http.ResponseWriter, r *http.Request) error {
	job := r.PathValue("id")
	err := d.DB.Update(r.Context(), func(tx *db.Tx) error {
		retried, err := d.Jobs.Retry(tx, job)
		if err != nil || !retried {
			return err
		}
		return d.Community.Record(tx, shell.ActorOf(r).AccountID, "job.retried", "job:"+job, "")
	})
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk?done=retried")
}
