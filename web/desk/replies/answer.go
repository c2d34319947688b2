package replies

import (
	"net/http"

	"waypost/internal/db"
	"waypost/replies"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// AnswerView is a reply with a form beneath it.
type AnswerView struct {
	fields.Form
	Row  Row
	Seen int64 // when the reply was read, in Unix milliseconds
}

// Approves reports that answering makes the reply public.
func (v AnswerView) Approves() bool { return v.Row.Waiting.State != replies.Published }

// Back is where the queue was.
func (v AnswerView) Back() string { return v.Row.Place.at(Section) }

// answering answers GET /desk/replies/{id}/answer.
func (d *Desk) answering(w http.ResponseWriter, r *http.Request) error {
	return d.showAnswer(w, r, http.StatusOK, fields.New())
}

func (d *Desk) showAnswer(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	seen := d.seen()
	row, err := d.one(r)
	if err != nil {
		return err
	}
	return d.Show(w, r, status, "desk/replies-answer", Section, AnswerView{form, row, seen.UnixMilli()})
}

// one is the reply that an address names.
func (d *Desk) one(r *http.Request) (row Row, err error) {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return row, err
	}
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		one, err := d.Replies.One(tx, shell.ActorOf(r), r.PathValue("id"))
		if err != nil {
			return err
		}
		known, err := d.titles(tx, []string{one.StoryID})
		if err != nil {
			return err
		}
		rows, err := d.rows(tx, PlaceIn(r.URL.Query()).without(), []replies.Waiting{one}, known, settings.Location())
		if err == nil {
			row = rows[0]
		}
		return err
	})
	return row, err
}

// answer answers POST /desk/replies/{id}/answer.
func (d *Desk) answer(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	_, approved, err := d.Replies.Answer(r.Context(), shell.ActorOf(r), r.PathValue("id"), kit.Block(r, "answer"), seenAt(r.PostForm))
	if err != nil {
		form, status, err := fields.Form{Values: r.PostForm}.Refused(fields.Renamed(err, "body", "answer"))
		if err != nil {
			return err
		}
		return d.showAnswer(w, r, status, form)
	}
	p := PlaceIn(r.URL.Query())
	p.batch = approved.Batch
	return kit.SeeOther(w, r, p.at(Section)+"&done=answered")
}
