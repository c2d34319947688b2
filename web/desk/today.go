package desk

import (
	"net/http"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/members"
	"waypost/stories"
	"waypost/web/desk/write"
	"waypost/web/kit"
	"waypost/web/shell"
)

// TodayView is what needs doing.
type TodayView struct {
	Counts    []StateCount
	Stories   int // of any state
	Drafts    []write.StoryRow
	Scheduled []write.StoryRow
	InReview  []write.StoryRow
	Failures  []jobs.Failure
	Key       bool       // an owner is to put a copy of the key away
	Guide     *GuideView // what is open of setting up, for an owner
	Flooded   bool       // the letters to strangers were used up
	Waiting   int        // people who wait to be let in
}

// Clear reports that there are stories and none of them, nor any work, asks for anything.
func (v TodayView) Clear() bool {
	return v.Stories > 0 && len(v.Drafts)+len(v.Scheduled)+len(v.InReview)+len(v.Failures)+v.Waiting == 0 && !v.Flooded
}

// StateCount is how many stories are in a state, as a link to them.
type StateCount struct {
	Label string // a message key that takes a count
	URL   string
	N     int
}

// NewStateCount says how many stories are in a state.
func NewStateCount(state stories.State, n int) StateCount {
	return StateCount{stateCounts[state], "/desk/stories?state=" + string(state), n}
}

const (
	onToday      = 5
	mostFailures = 10
)

// today answers GET /desk.
func (d *Desk) today(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	if !settings.SetUp {
		return kit.SeeOther(w, r, "/desk/set-up")
	}
	var view TodayView
	zone := settings.Location()
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		view = TodayView{}
		counts, err := d.Stories.CountStates(tx)
		if err != nil {
			return err
		}
		for _, state := range stories.States() {
			view.Stories += counts[state]
			if counts[state] > 0 {
				view.Counts = append(view.Counts, NewStateCount(state, counts[state]))
			}
		}
		for state, list := range map[stories.State]*[]write.StoryRow{stories.Draft: &view.Drafts, stories.Scheduled: &view.Scheduled, stories.InReview: &view.InReview} {
			if *list, err = d.Write.Newest(tx, r, zone, state, onToday); err != nil {
				return err
			}
		}
		kept, err := d.Community.KeyKept(tx)
		if err != nil {
			return err
		}
		view.Key = !kept && shell.ActorOf(r).Has(members.Owner)
		if shell.ActorOf(r).Has(members.Owner) {
			guide, err := d.guideIn(tx)
			if err != nil {
				return err
			}
			if !guide.Whole() {
				view.Guide = &guide
			}
		}
		if shell.ActorOf(r).May(members.ApproveJoiners) && d.Joining != nil {
			if view.Flooded, err = d.Joining.Flooded(tx); err != nil {
				return err
			}
			if view.Waiting, err = d.Joining.Waiting(tx); err != nil {
				return err
			}
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

// stateCounts are the words of a count of stories in each state.
var stateCounts = map[stories.State]string{
	stories.Draft: "desk.count.draft", stories.InReview: "desk.count.in_review", stories.Scheduled: "desk.count.scheduled",
	stories.Published: "desk.count.published", stories.Archived: "desk.count.archived",
}

// keepKey answers POST /desk/key-kept: an owner has put a copy of the key away.
func (d *Desk) keepKey(w http.ResponseWriter, r *http.Request) error {
	err := d.DB.Update(r.Context(), func(tx *db.Tx) error { return d.Community.KeepKey(tx, shell.ActorOf(r).AccountID) })
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk?done=key-kept")
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
