package join

import (
	"net/http"

	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/joining"
	"waypost/news"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Join serves the pages of the door.
type Join struct {
	*shell.Shell
	Joining *joining.Service
	Proxies kit.Proxies
	Stamps  kit.Stamps // mark when a form was shown
	News    *news.Service
	Base    string // scheme://host of the site
}

// Printed begins the secret in a link that was printed on the machine, so that its page
// speaks of no letter. No secret has a dot.
const Printed = "console."

// Caps of request bodies.
const (
	bodyButton = 4 << 10
	bodyForm   = 64 << 10
)

// Routes are the door's lines of the site map.
func (j *Join) Routes() []kit.Route {
	anyone, member := []string{kit.Anyone}, []string{string(members.Member)}
	var list []kit.Route
	get := func(path string, roles []string, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: roles, Cache: kit.Private, Handler: h})
	}
	post := func(path string, roles []string, body int64, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: roles, Body: body, Cache: kit.Private, Handler: shell.Keeping(h)})
	}
	get("/sign-in", anyone, j.signInForm)
	post("/sign-in", anyone, bodyForm, j.askSignIn)
	get("/sign-in/code", anyone, j.codeForm)
	post("/sign-in/code", anyone, bodyForm, j.tryCode)
	get("/sign-in/{token}", anyone, j.button)
	post("/sign-in/{token}", anyone, bodyButton, j.pressed)
	post("/sign-out", anyone, bodyButton, j.signOut)
	get("/join", anyone, j.joinForm)
	post("/join", anyone, bodyForm, j.askJoin)
	get("/join/confirm/{token}", anyone, j.button)
	post("/join/confirm/{token}", anyone, bodyButton, j.pressed)
	get("/join/waiting", anyone, j.waitingForm)
	post("/join/waiting", anyone, bodyForm, j.introduce)
	get("/join/welcome", member, j.welcomeForm)
	post("/join/welcome", member, bodyForm, j.welcome)

	approvers, owner := members.Holders(members.ApproveJoiners), members.Holders(members.RunCommunity)
	get("/desk/joining", approvers, j.joiningPage)
	post("/desk/joining", owner, bodyForm, j.Fresh(j.saveJoining))
	post("/desk/joining/{id}/decide", approvers, bodyForm, j.decide)
	post("/desk/invitations", approvers, bodyForm, j.invite)
	post("/desk/invitations/{id}/end", approvers, bodyButton, j.endInvite)
	return list
}

// Refused answers with the page by which somebody gets in, after why something was
// refused; it leads back to what they wanted.
func (j *Join) Refused(w http.ResponseWriter, r *http.Request, why *problem.Message) error {
	view, err := j.doorView(r, signInDoor)
	if err != nil {
		return err
	}
	view.Why = why
	view.goOn(r.URL.RequestURI())
	return j.Show(w, r, http.StatusUnauthorized, "join/door", "", view)
}

// guest reports whether nobody is signed in in this browser; the other has been sent on
// to where they start.
func (j *Join) guest(w http.ResponseWriter, r *http.Request) (bool, error) {
	if j.Secret(r) == "" {
		return true, nil
	}
	_, _, err := j.Roles(r)
	if problem.Is(err, problem.Unauthenticated) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	to := kit.Next(r.URL.Query().Get("next"))
	if to == "" {
		to = shell.Home
	}
	return false, kit.SeeOther(w, r, to)
}
