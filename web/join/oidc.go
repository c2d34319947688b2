package join

import (
	"errors"
	"net/http"

	"waypost/internal/problem"
	"waypost/members/oidc"
	"waypost/web/kit"
	"waypost/web/shell"
)

// ByProvider signs people in by their account at another site.
type ByProvider struct {
	*shell.Shell
	Proxies kit.Proxies
	OIDC    *oidc.Service
}

// Routes are its lines of the site map.
func (j *ByProvider) Routes() []kit.Route {
	anyone := []string{kit.Anyone}
	return []kit.Route{
		{Path: "/sign-in/with/{key}", Methods: []string{http.MethodPost}, Roles: anyone, Body: bodyButton, Cache: kit.Private, Handler: j.begin},
		{Path: "/sign-in/with/{key}/return", Methods: []string{http.MethodGet}, Roles: anyone, Cache: kit.Private, Handler: j.back},
	}
}

// StrangerView is for somebody whom another site knows and nobody here.
type StrangerView struct {
	Name    string           // of the other site
	Problem *problem.Message // why the way back was not taken
}

// begin answers POST /sign-in/with/{key}.
func (j *ByProvider) begin(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	key := r.PathValue("key")
	to, err := j.OIDC.Begin(r.Context(), key, j.Browser(w, r), j.Proxies.Network(r), oidc.Errand{Next: kit.Next(r.PostForm.Get("next"))})
	if problem.Is(err, problem.Unavailable) {
		return j.sorry(w, r, err)
	}
	if err != nil {
		return err
	}
	p, err := j.OIDC.Find(key)
	if err != nil {
		return err
	}
	return j.Leave(w, r, p.Name, to)
}

func (j *ByProvider) sorry(w http.ResponseWriter, r *http.Request, err error) error {
	return j.Show(w, r, kit.Status(err), "join/stranger", "", StrangerView{Problem: shell.Sentence(err)})
}

// back answers GET /sign-in/with/{key}/return. It is the one GET that changes something:
// the standard has it so. What it takes works once, in this browser alone.
func (j *ByProvider) back(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	q := r.URL.Query()
	who, errand, err := j.OIDC.Finish(r.Context(), r.PathValue("key"), j.KnownBrowser(r),
		oidc.Return{State: q.Get("state"), Code: q.Get("code"), Issuer: q.Get("iss"), Error: q.Get("error")})
	switch {
	case problem.Is(err, problem.Gone), problem.Is(err, problem.Forbidden), problem.Is(err, problem.Unavailable):
		return j.sorry(w, r, err)
	case err != nil:
		return err
	case errand.Account != "":
		return j.link(w, r, who, errand.Account)
	}
	secret, a, err := j.OIDC.SignIn(r.Context(), who, shell.Device(r))
	if errors.Is(err, oidc.ErrUnknown) {
		return j.Show(w, r, http.StatusForbidden, "join/stranger", "", StrangerView{Name: who.Provider.Name})
	}
	if err != nil {
		return err
	}
	if err := j.Begin(w, r, secret); err != nil {
		return err
	}
	next, err := j.Landing(r.Context(), a, errand.Next)
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, next)
}

// link links an identity to the account that began it, which must still be the one
// signed in here, and freshly.
func (j *ByProvider) link(w http.ResponseWriter, r *http.Request, who oidc.Identity, account string) error {
	ctx, _, err := j.Roles(r)
	if err != nil {
		return err
	}
	r = r.WithContext(ctx)
	if shell.ActorOf(r).AccountID != account || !j.IsFresh(r) {
		return problem.New(problem.Unauthenticated, "ways.sign_in_again")
	}
	err = j.OIDC.Link(ctx, shell.ActorOf(r), who)
	if problem.Is(err, problem.Conflict) {
		return j.sorry(w, r, err)
	}
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/me/ways?done=linked")
}
