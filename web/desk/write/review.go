package write

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"waypost/internal/db"
	"waypost/stories"
	"waypost/topics"
	"waypost/web/desk/fields"
)

// QueueView is the stories that wait for review, those that wait longest first.
type QueueView struct {
	fields.Form // what it is narrowed to
	List        []QueueRow
	Topics      []topics.Topic
	Tongues     []fields.Option
	Next        string // the address of those that wait less long; empty if there are none
}

// Narrowed reports that the queue is not shown whole.
func (v QueueView) Narrowed() bool { return v.Value("topic")+v.Value("language") != "" }

// QueueRow is a story that waits.
type QueueRow struct {
	StoryRow
	First  bool   // none of its authors has published anything
	Tongue string // its language, by its own name
}

const onQueue = 50

// queue answers GET /desk/review.
func (d *Desk) queue(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	q := r.URL.Query()
	view := QueueView{Form: fields.New("topic", q.Get("topic"), "language", q.Get("language")), Tongues: tongues("")}
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		narrowed := stories.Waiting{Topic: q.Get("topic"), Language: q.Get("language")}
		list, err := d.Stories.Queue(tx, narrowed, waitingAsked(q), onQueue)
		if err != nil {
			return err
		}
		if view.List, err = d.Queued(tx, list, settings.Location()); err != nil {
			return err
		}
		view.Topics, err = d.Topics.All(tx)
		Sort(view.Topics)
		return err
	})
	if err != nil {
		return err
	}
	if n := len(view.List); n == onQueue {
		last := view.List[n-1]
		q.Set("after", fields.Number(last.Submitted.UnixMilli()))
		q.Set("id", last.ID)
		view.Next = "/desk/review?" + q.Encode()
	}
	return d.Show(w, r, http.StatusOK, "desk/review", "/desk/review", view)
}

// waitingAsked is the place that the queue's address names.
func waitingAsked(q url.Values) stories.WaitingKey {
	ms, err := strconv.ParseInt(q.Get("after"), 10, 64)
	if err != nil {
		return stories.WaitingKey{}
	}
	return stories.WaitingKey{Submitted: time.UnixMilli(ms), ID: q.Get("id")}
}

// Queued shows stories that wait.
func (d *Desk) Queued(tx *db.Tx, list []stories.Story, zone *time.Location) ([]QueueRow, error) {
	rows, err := d.rows(tx, list, zone)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, s := range list {
		people = append(people, s.Authors...)
	}
	known, err := d.Stories.Known(tx, people)
	if err != nil {
		return nil, err
	}
	queued := make([]QueueRow, len(rows))
	for i, row := range rows {
		queued[i] = NewQueueRow(row, !anyOf(known, row.Authors))
	}
	return queued, nil
}

// NewQueueRow shows a story that waits.
func NewQueueRow(row StoryRow, first bool) QueueRow {
	q := QueueRow{StoryRow: row, First: first, Tongue: row.Language}
	for _, t := range tongues("") {
		if t.Value == row.Language {
			q.Tongue = t.Label
		}
	}
	return q
}

func anyOf(known map[string]bool, ids []string) bool {
	for _, id := range ids {
		if known[id] {
			return true
		}
	}
	return false
}
