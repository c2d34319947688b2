package desk

import (
	"net/http"

	"waypost/internal/problem"
	"waypost/web/kit"
	"waypost/web/shell"
)

// SignInView explains how to get in, or offers the one button that does it.
type SignInView struct {
	Offer   bool             // the page of a link
	Problem *problem.Message // why the last try did not work
	shell.OtherWays
}

// signInHelp answers GET /sign-in.
func (d *Desk) signInHelp(w http.ResponseWriter, r *http.Request) error {
	return d.Show(w, r, http.StatusOK, "desk/signin", "", SignInView{OtherWays: d.Others})
}

// SignInPage explains how to get in, after why something was refused.
func (d *Desk) SignInPage(w http.ResponseWriter, r *http.Request, why *problem.Message) error {
	return d.Show(w, r, http.StatusUnauthorized, "desk/signin", "", SignInView{Problem: why, OtherWays: d.Others})
}

// signInButton answers GET /sign-in/{token}. It looks nothing up: whoever follows a
// link to see where it leads spends nothing and learns nothing.
func (d *Desk) signInButton(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	return d.Show(w, r, http.StatusOK, "desk/signin", "", SignInView{Offer: true})
}

// signIn answers POST /sign-in/{token}: it spends the link and opens a session. One
// that this browser had before ends.
func (d *Desk) signIn(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	secret, err := d.Members.SignIn(r.Context(), r.PathValue("token"), shell.Device(r))
	if problem.Is(err, problem.Gone) {
		return d.Show(w, r, http.StatusGone, "desk/signin", "", SignInView{Problem: shell.Sentence(err), OtherWays: d.Others})
	}
	if err != nil {
		return err
	}
	if err := d.Begin(w, r, secret); err != nil {
		return err
	}
	s, err := d.Members.Session(r.Context(), secret)
	if err != nil {
		return err
	}
	next, err := d.Landing(r.Context(), s.Account)
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, next)
}

// signOut answers POST /sign-out.
func (d *Desk) signOut(w http.ResponseWriter, r *http.Request) error {
	if secret := d.Secret(r); secret != "" {
		if err := d.Members.SignOut(r.Context(), secret); err != nil {
			return err
		}
		d.SetCookie(w, "")
	}
	return kit.SeeOther(w, r, "/")
}
