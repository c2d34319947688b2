package shell

import (
	"net/http"
	"net/url"
	"time"

	"waypost/internal/problem"
	"waypost/members"
	"waypost/web/desk/fields"
	"waypost/web/kit"
)

// freshFor is how long after somebody has proved who they are they may do what is
// dangerous.
const freshFor = 15 * time.Minute

// FreshView asks somebody who is signed in to show once more who they are, and keeps
// what they were about to do.
type FreshView struct {
	fields.Form
	Next    string // where they were
	Kept    string // the form they sent, as a form encodes it; empty if they sent none
	Email   string // to which a code can go; empty: the account has none
	Sent    bool   // it is on its way
	Way     LetterWay
	Console Console
}

// Withheld reports that what they sent had a password, which no page holds.
func (v FreshView) Withheld() bool {
	kept, err := url.ParseQuery(v.Kept)
	return err == nil && kept.Has(fields.Again)
}

// Fresh lets only those on to a handler who proved within a quarter of an hour who they
// are; others are asked, and go on from there with what they typed but a password, which
// no page holds. It goes around whatever is dangerous: settings, mail, another address, exports, ways to sign in.
func (h *Shell) Fresh(next kit.Handler) kit.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if h.IsFresh(r) {
			return next(w, r)
		}
		v := FreshView{Next: r.URL.RequestURI(), Form: fields.New()}
		if r.Method == http.MethodPost {
			if r.ContentLength != 0 {
				if err := kit.ParseForm(r); err != nil {
					return err
				}
			}
			fields.Withhold(r.PostForm)
			v.Kept = r.PostForm.Encode()
			if v.Kept == "" {
				v.Kept = "do=" // a button that sends nothing else
			}
		}
		return h.ShowFresh(w, r, http.StatusForbidden, v)
	}
}

// IsFresh reports that whoever asks has proved a short while ago who they are.
func (h *Shell) IsFresh(r *http.Request) bool { return h.Clock().Sub(SessionOf(r).Fresh) < freshFor }

// ShowFresh shows the page that asks.
func (h *Shell) ShowFresh(w http.ResponseWriter, r *http.Request, status int, v FreshView) (err error) {
	if v.Way, err = h.LetterWay(r.Context()); err != nil {
		return err
	}
	v.Email, v.Console = SessionOf(r).Account.Email, h.Console
	if !ActorOf(r).May(members.RunCommunity) {
		v.Console = h.Console.Outside()
	}
	return h.Show(w, r, status, "me/fresh", "", v)
}

// GoOnView is the button by which a form goes on its way that was held up.
type GoOnView struct {
	Action string
	Values []fields.Typed
}

// GoOn leads on from where somebody was asked who they are: to the page, or to the form
// with the one button that sends it.
func (h *Shell) GoOn(w http.ResponseWriter, r *http.Request, next, kept string) error {
	if kit.Local(next) != next {
		next = "/desk"
	}
	if kept == "" {
		return kit.SeeOther(w, r, next)
	}
	values, err := url.ParseQuery(kept)
	if err != nil {
		return problem.New(problem.Malformed, "problem.malformed")
	}
	return h.Show(w, r, http.StatusOK, "me/go-on", "", GoOnView{next, fields.AllTyped(values)})
}
