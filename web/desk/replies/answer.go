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
	Row Row
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
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	view := AnswerView{Form: form}
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		one, err := d.Replies.One(tx, shell.ActorOf(r), r.PathValue("id"))
		if err != nil {
			return err
		}
		rows, err := d.rows(tx, PlaceIn(r.URL.Query()), []replies.Waiting{one}, settings.Location())
		if err == nil {
			view.Row = rows[0]
		}
		return err
	})
	if err != nil {
		return err
	}
	return d.ShowIn(w, r, settings, status, "desk/replies-answer", Section, view)
}

// answer answers POST /desk/replies/{id}/answer.
func (d *Desk) answer(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	_, approved, err := d.Replies.Answer(r.Context(), shell.ActorOf(r), r.PathValue("id"), kit.Block(r, "answer"))
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
