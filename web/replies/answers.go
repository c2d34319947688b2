package replies

import (
	"encoding/json"
	"errors"
	"net/http"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/replies"
	"waypost/web/kit"
	"waypost/web/shell"
)

// AnswersView is the page that a letter on an answer leads to.
type AnswersView struct {
	Action string // where its buttons lead
	Comes  bool   // letters come
	Ended  bool   // they were refused
	Broken bool   // the link leads to nobody
	Label  string // what a member's letters are about, a message key; empty: answers, to an address
}

// labels say what members' letters are about.
var labels = map[string]string{
	replies.LetterReceived: "me.notices.reply_received", replies.LetterAnswered: "me.notices.reply_answered", replies.LetterHourly: "me.notices.replies_hourly",
	replies.LetterDaily: "me.notices.replies_daily", replies.LetterWave: "me.notices.replies_wave",
}

// answers answers GET /letters/answers/{token}: one button, and nothing is changed.
func (x *Replies) answers(w http.ResponseWriter, r *http.Request) error {
	var l replies.Listener
	err := x.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		l, err = x.Service.Listener(tx, r.PathValue("token"))
		return err
	})
	return x.showAnswers(w, r, l, err)
}

// listen answers POST /letters/answers/{token}. Whatever a mail provider sends ends the
// letters (RFC 8058); the button that lets them come has a name.
func (x *Replies) listen(w http.ResponseWriter, r *http.Request) error {
	var large *http.MaxBytesError
	if err := kit.ParseForm(r); errors.As(err, &large) || problem.Is(err, problem.Unavailable) {
		return err
	}
	var l replies.Listener
	err := x.DB.Update(r.Context(), func(tx *db.Tx) (err error) {
		token := r.PathValue("token")
		if r.PostForm.Get("act") == "listen" {
			err = x.begin(tx, token)
		} else {
			err = x.Service.EndListening(tx, token)
		}
		if err != nil {
			return err
		}
		l, err = x.Service.Listener(tx, token)
		return err
	})
	return x.showAnswers(w, r, l, err)
}

func (x *Replies) begin(tx *db.Tx, token string) error {
	missed, err := x.Service.Listen(tx, token)
	if err != nil || len(missed) == 0 || x.Missed == nil {
		return err
	}
	l, err := x.Service.Listener(tx, token)
	if err != nil {
		return err
	}
	return x.Missed(tx, missed, l)
}

func (x *Replies) showAnswers(w http.ResponseWriter, r *http.Request, l replies.Listener, err error) error {
	w.Header().Set("Referrer-Policy", "no-referrer") // the token is in the address
	if problem.Is(err, problem.NotFound) {
		return x.Show(w, r, http.StatusNotFound, "replies/answers", "", AnswersView{Broken: true})
	}
	if err != nil {
		return err
	}
	return x.Show(w, r, http.StatusOK, "replies/answers", "", AnswersView{Action: "/letters/answers/" + r.PathValue("token"),
		Comes: !l.Confirmed.IsZero() && l.Refused.IsZero(), Ended: !l.Refused.IsZero(), Label: labels[l.Kind]})
}

// stamp answers GET /replies/stamp, for the script of a kept page.
func (x *Replies) stamp(w http.ResponseWriter, r *http.Request) error {
	answer := struct {
		Stamp string `json:"stamp"`
		Name  string `json:"name,omitempty"` // of whoever is signed in
	}{Stamp: x.Stamps.New(x.Clock())}
	if shell.ActorOf(r).AccountID != "" {
		err := x.DB.View(r.Context(), func(tx *db.Tx) (err error) {
			_, answer.Name, err = x.writer(tx, r)
			return err
		})
		if err != nil {
			return err
		}
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // whoever went away needs no answer
	return nil
}
