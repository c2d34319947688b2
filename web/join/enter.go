package join

import (
	"net/http"
	"strings"

	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/joining"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// CodeView asks for the code of a letter.
type CodeView struct {
	fields.Form
	Asked bool // this browser asked for a letter
	Way   shell.LetterWay
}

// ButtonView is the page of a link: one button.
type ButtonView struct {
	Join    bool
	Decided bool             // somebody has to let new people in, who have no invitation
	Here    bool             // opened in the browser that asked for it
	Printed bool             // on the machine: there is no letter
	Problem *problem.Message // why it did not work
}

// codeForm answers GET /sign-in/code: it says that a letter is on its way, whoever has
// the address.
func (j *Join) codeForm(w http.ResponseWriter, r *http.Request) error {
	if guest, err := j.guest(w, r); !guest {
		return err
	}
	return j.showCode(w, r, http.StatusOK, fields.New())
}

func (j *Join) showCode(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	way, err := j.LetterWay(r.Context())
	if err != nil {
		return err
	}
	return j.Show(w, r, status, "join/code", "", CodeView{form, j.Asking(r) != "", way})
}

// tryCode answers POST /sign-in/code.
func (j *Join) tryCode(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	var entered joining.Entered
	err := joining.WrongCode(0)
	if browser := j.Asking(r); browser != "" {
		entered, err = j.Joining.ByCode(r.Context(), browser, fields.Digits(r.PostForm.Get("code")), shell.Device(r))
	}
	if err == nil {
		return j.entered(w, r, entered)
	}
	if problem.Is(err, problem.Gone) {
		return j.Show(w, r, http.StatusGone, "join/button", "", ButtonView{Problem: shell.Sentence(err)})
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return j.showCode(w, r, status, form)
}

// button answers GET /sign-in/{token} and /join/confirm/{token}. It looks no link up: whoever
// follows one to see where it leads spends nothing and learns nothing.
func (j *Join) button(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	v, err := j.doorView(r, joinDoor)
	if err != nil {
		return err
	}
	return j.Show(w, r, http.StatusOK, "join/button", "", ButtonView{Join: joins(r), Decided: v.Approval, Here: j.Asking(r) != "", Printed: printed(r)})
}

func printed(r *http.Request) bool { return strings.HasPrefix(r.PathValue("token"), Printed) }

func joins(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/join/confirm/") }

// pressed answers POST /sign-in/{token} and /join/confirm/{token}: it spends the link and opens
// a session. One that this browser had before ends.
func (j *Join) pressed(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	entered, err := j.Joining.ByLink(r.Context(), strings.TrimPrefix(r.PathValue("token"), Printed), j.Asking(r), shell.Device(r))
	if problem.Is(err, problem.Gone) {
		return j.Show(w, r, http.StatusGone, "join/button", "", ButtonView{Join: joins(r), Printed: printed(r), Problem: shell.Sentence(err)})
	}
	if err != nil {
		return err
	}
	return j.entered(w, r, entered)
}

// entered leads on whoever has proved their address.
func (j *Join) entered(w http.ResponseWriter, r *http.Request, e joining.Entered) error {
	if e.Waiting {
		return kit.SeeOther(w, r, "/join/waiting")
	}
	if j.Asking(r) != "" {
		j.SetAsking(w, "")
	}
	if err := j.Begin(w, r, e.Session); err != nil {
		return err
	}
	session, err := j.Members.Session(r.Context(), e.Session)
	if err != nil {
		return err
	}
	return j.land(w, r, session.Account, e.Next)
}

// land leads on whoever has signed in.
func (j *Join) land(w http.ResponseWriter, r *http.Request, a members.Account, next string) error {
	to, err := j.Landing(r.Context(), a, next)
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, to)
}

// signOut answers POST /sign-out.
func (j *Join) signOut(w http.ResponseWriter, r *http.Request) error {
	if secret := j.Secret(r); secret != "" {
		if err := j.Members.SignOut(r.Context(), secret); err != nil {
			return err
		}
		j.SetCookie(w, "")
	}
	return kit.SeeOther(w, r, "/")
}
