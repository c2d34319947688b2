package replies

import (
	"net/http"
	"strings"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/replies"
	"waypost/replies/tally"
	"waypost/web/kit"
	"waypost/web/shell"
)

// decide answers POST /desk/replies: a button of a reply, which names it behind the
// act, one for all that are ticked, or one for all by a writer.
func (d *Desk) decide(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	act, id, one := strings.Cut(r.PostForm.Get("do"), " ")
	ids := r.PostForm["reply"]
	if one {
		ids = []string{id}
	}
	if all := r.PostForm.Get("all"); all != "" {
		var err error
		act = all
		if ids, err = d.byWriter(r); err != nil {
			return err
		}
	}
	if act == "" { // Enter in a box, which presses the first button
		return kit.SeeOther(w, r, PlaceIn(r.URL.Query()).at(Section))
	}
	if len(ids) == 0 && !shell.Scripted(r) {
		return kit.SeeOther(w, r, PlaceIn(r.URL.Query()).at(Section)+"&done=none-chosen")
	}
	if len(ids) == 0 {
		return problem.New(problem.Invalid, "reply.none_chosen")
	}
	done, err := d.Replies.Decide(r.Context(), shell.ActorOf(r), replies.Act(act), ids, seenAt(r.URL.Query()))
	if err != nil {
		return err
	}
	if shell.Scripted(r) {
		return d.tell(w, r, done, "", Said(done))
	}
	p := PlaceIn(r.URL.Query())
	if len(done.Changed) > 0 {
		p.batch = done.Batch
	}
	to := p.at(Section)
	switch {
	case len(done.Newer) > 0:
		to += "&newer=yes#at-" + done.Newer[0]
	case len(done.Changed) == 0:
		to += "&done=unchanged"
	}
	return kit.SeeOther(w, r, to)
}

// mostAtOnce is how many replies of a writer are decided in one go: their newest.
const mostAtOnce = 500

// byWriter lists what somebody wrote, of any state.
func (d *Desk) byWriter(r *http.Request) (ids []string, err error) {
	by := PlaceIn(r.URL.Query()).Writer
	if by == "" {
		return nil, nil
	}
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		ids = nil
		list, err := d.Replies.Queue(tx, shell.ActorOf(r), replies.Filter{Writer: by}, mostAtOnce)
		for _, w := range list {
			ids = append(ids, w.ID)
		}
		return err
	})
	return ids, err
}

// told is what a script is told of a decision.
type told struct {
	Said    string                   `json:"said"`
	Done    string                   `json:"done"` // what an address asks for to have it said
	Batch   string                   `json:"batch"`
	Changed []string                 `json:"changed"`
	Newer   []string                 `json:"newer"`   // changed by their writers since the list was made, and not decided
	Counts  map[replies.State]string `json:"counts"`  // what the tabs count now
	Stories map[string]string        `json:"stories"` // how many replies of the state that is shown are to each
}

// tell answers a script with what was done, and with the numbers that the page shows.
func (d *Desk) tell(w http.ResponseWriter, r *http.Request, done replies.Decision, name string, say problem.Message) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	words := d.Words(r, settings)
	var t told
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		t = told{Said: words.T(say.Key, say.Args...), Done: name, Batch: done.Batch, Changed: append([]string{}, done.Changed...), Newer: done.Newer,
			Counts: map[replies.State]string{}, Stories: map[string]string{}}
		p := PlaceIn(r.URL.Query())
		counts, err := d.counts(tx, p.StoryID)
		if err != nil {
			return err
		}
		if p.Writer == "" {
			for state, n := range counts {
				if n > 0 {
					t.Counts[state] = words.Number(n)
				}
			}
		}
		counted, err := tally.ByStory(tx, p.Filter, 2*mostStories) // of those that were offered some are less now
		for _, c := range counted {
			t.Stories[c.StoryID] = words.Number(c.Count)
		}
		return err
	})
	if err != nil {
		return err
	}
	return shell.Answer(w, r, http.StatusOK, t)
}

// undo answers POST /desk/replies/undo: the button of the log, or of the queue. It goes back
// to the place that it was pressed at.
func (d *Desk) undo(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	undone, err := d.Replies.Undo(r.Context(), shell.ActorOf(r), r.PostForm.Get("batch"))
	done := "undone"
	switch {
	case problem.Is(err, problem.Conflict) && !shell.Scripted(r):
		done = "undo-over"
	case err != nil:
		return err
	case undone.Answer != "":
		done = "undone-answer"
	}
	if shell.Scripted(r) {
		return d.tell(w, r, undone, done, problem.Message{Key: "desk.done." + strings.ReplaceAll(done, "-", "_")})
	}
	if r.PostForm.Get("back") == "log" {
		return kit.SeeOther(w, r, toldAt(r.PostForm.Get("before"), done, r.PostForm.Get("line")))
	}
	return kit.SeeOther(w, r, PlaceIn(r.URL.Query()).without().at(Section)+"&done="+done)
}
