package join

import (
	"net/http"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/members/joining"
	"waypost/members/proofs"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// The two doors, which lead to the same.
const (
	signInDoor = "sign-in"
	joinDoor   = "join"
)

// DoorView is the form that asks for an address, to sign in or to join.
type DoorView struct {
	fields.Form
	Door     string           // "sign-in" or "join"
	Why      *problem.Message // what was refused before; nil: nothing
	Closed   bool             // joining is by invitation only, and there is none
	Approval bool             // somebody has to let new people in
	Domains  []string         // with which alone one can join; empty: any
	Way      shell.LetterWay
	Console  shell.Console
	shell.OtherWays
}

// doorView is a form with nothing typed.
func (j *Join) doorView(r *http.Request, door string) (DoorView, error) {
	v := DoorView{Form: fields.New("stamp", j.Stamps.New(j.Clock())), Door: door, Console: j.Console.Outside(), OtherWays: j.Others}
	var settings joining.Settings
	err := j.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		settings, err = j.Joining.Settings(tx)
		return err
	})
	if err != nil {
		return v, err
	}
	v.Way, err = j.LetterWay(r.Context())
	v.Closed = !settings.Possible()
	v.Approval = settings.Mode == joining.Approval
	if settings.Mode == joining.Domains {
		v.Domains = settings.Domains
	}
	return v, err
}

// goOn keeps where somebody wants to go on to, whichever way they come in.
func (v *DoorView) goOn(next string) {
	v.Next = kit.Next(next)
	v.Values.Set("next", v.Next)
}

// Onward is the end of the other door's address, by which it leads to the same place.
func (v DoorView) Onward() string { return shell.Onward(v.Next) }

// signInForm answers GET /sign-in.
func (j *Join) signInForm(w http.ResponseWriter, r *http.Request) error {
	return j.showDoor(w, r, signInDoor)
}

// joinForm answers GET /join, with an invitation or without.
func (j *Join) joinForm(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer") // an invitation is in the address
	return j.showDoor(w, r, joinDoor)
}

func (j *Join) showDoor(w http.ResponseWriter, r *http.Request, door string) error {
	if guest, err := j.guest(w, r); !guest {
		return err
	}
	v, err := j.doorView(r, door)
	if err != nil {
		return err
	}
	v.goOn(r.URL.Query().Get("next"))
	if invitation := r.URL.Query().Get("invitation"); invitation != "" && door == joinDoor {
		v.Values.Set("invitation", invitation)
		v.Closed, v.Approval, v.Domains = false, false, nil
	}
	return j.Show(w, r, http.StatusOK, "join/door", "", v)
}

// askSignIn answers POST /sign-in.
func (j *Join) askSignIn(w http.ResponseWriter, r *http.Request) error {
	return j.ask(w, r, signInDoor)
}

// askJoin answers POST /join.
func (j *Join) askJoin(w http.ResponseWriter, r *http.Request) error { return j.ask(w, r, joinDoor) }

// ask takes an address at one of the doors. What happens then is the same for every one.
func (j *Join) ask(w http.ResponseWriter, r *http.Request, door string) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	if r.PostForm.Get("website") != "" { // a field that people do not see
		return kit.SeeOther(w, r, "/sign-in/code")
	}
	age, stamped := j.Stamps.Age(r.PostForm.Get("stamp"), j.Clock())
	address, err := mail.ParseAddress(kit.Line(r, "email"))
	switch {
	case err != nil:
		return j.refuse(w, r, door, fields.Fault("email", "signin.address_form"))
	case !stamped:
		return j.refuse(w, r, door, fields.Fault("email", "signin.form_old"))
	}
	wish := joining.Wish{Next: kit.Next(r.PostForm.Get("next"))}
	if invitation := r.PostForm.Get("invitation"); invitation != "" {
		wish.Invitation = proofs.HashOf(invitation)
	}
	browser, err := j.Joining.Ask(r.Context(), address, wish, j.Proxies.Network(r), age < kit.TooQuick)
	if err != nil {
		return err
	}
	j.SetAsking(w, browser)
	return kit.SeeOther(w, r, "/sign-in/code")
}

// refuse shows the form again with what was typed, and a new stamp.
func (j *Join) refuse(w http.ResponseWriter, r *http.Request, door string, why error) error {
	v, err := j.doorView(r, door)
	if err != nil {
		return err
	}
	fresh := v.Values.Get("stamp")
	v.Values = r.PostForm
	v.Values.Set("stamp", fresh)
	v.goOn(v.Values.Get("next"))
	if v.Values.Get("invitation") != "" {
		v.Closed, v.Approval, v.Domains = false, false, nil
	}
	form, status, err := v.Refused(why)
	if err != nil {
		return err
	}
	v.Form = form
	return j.Show(w, r, status, "join/door", "", v)
}
