package letters

import (
	"errors"
	"net/http"
	"slices"
	"sync"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members/proofs"
	"waypost/news"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Letters serves the pages of those who get letters.
type Letters struct {
	*shell.Shell
	News    *news.Service
	Proofs  *proofs.Service
	Stamps  kit.Stamps
	Proxies kit.Proxies
	Data    AddressData

	taking sync.Map // addresses whose archive is being made
}

const bodyButton = 4 << 10

// Routes are its lines of the site map.
func (l *Letters) Routes() []kit.Route {
	anyone := []string{kit.Anyone}
	return slices.Concat(l.dataRoutes(), []kit.Route{
		{Path: "/subscribe", Methods: []string{http.MethodGet}, Roles: anyone, Cache: kit.Private, Handler: l.form},
		{Path: "/subscribe", Methods: []string{http.MethodPost}, Roles: anyone, Body: bodyButton, Cache: kit.Private, Handler: l.ask},
		{Path: "/subscribe/sent", Methods: []string{http.MethodGet}, Roles: anyone, Cache: kit.Private, Handler: l.sent},
		{Path: "/subscribe/{token}", Methods: []string{http.MethodGet}, Roles: anyone, Cache: kit.Private, Handler: l.button},
		{Path: "/subscribe/{token}", Methods: []string{http.MethodPost}, Roles: anyone, Body: bodyButton, Cache: kit.Private, Handler: l.confirm},
		{Path: "/letters/{token}", Methods: []string{http.MethodGet}, Roles: anyone, Cache: kit.Private, Handler: l.offer},
		{Path: "/letters/{token}", Methods: []string{http.MethodPost}, Roles: anyone, Body: bodyButton, Cache: kit.Private, Handler: l.act},
	})
}

// EndView is the page of a subscription.
type EndView struct {
	Action string // where its buttons lead
	List   news.List
	Pace   news.Pace
	Undo   bool // it was ended, and that can be taken back
	Begun  bool // it has just begun
	Others bool // the same person gets letters of another list
	Broken bool // the link leads to no subscription
}

// offer answers GET /letters/{token}: what it is about, and one button.
func (l *Letters) offer(w http.ResponseWriter, r *http.Request) error {
	var sub news.Subscription
	err := l.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		sub, err = l.News.ByToken(tx, r.PathValue("token"))
		return err
	})
	if err != nil {
		return l.broken(w, r, err)
	}
	return l.show(w, r, sub)
}

// act answers POST /letters/{token}. Whatever a mail provider sends ends the letters,
// in this one request and however often it is sent; the other buttons have names.
func (l *Letters) act(w http.ResponseWriter, r *http.Request) error {
	var large *http.MaxBytesError
	if err := kit.ParseForm(r); errors.As(err, &large) || problem.Is(err, problem.Unavailable) {
		return err
	}
	token := r.PathValue("token")
	var sub news.Subscription
	var err error
	switch r.PostForm.Get("act") {
	case "undo":
		sub, err = l.News.Undo(r.Context(), token)
	case "weekly":
		sub, err = l.News.Slow(r.Context(), token)
	case "all":
		sub, err = l.News.End(r.Context(), token, true)
	default:
		sub, err = l.News.End(r.Context(), token, false)
	}
	if err != nil {
		return l.broken(w, r, err)
	}
	return l.show(w, r, sub)
}

// broken tells whom a link leads nowhere how letters end all the same.
func (l *Letters) broken(w http.ResponseWriter, r *http.Request, err error) error {
	if !problem.Is(err, problem.NotFound) {
		return err
	}
	return l.Show(w, r, http.StatusNotFound, "letters/end", "", EndView{Broken: true})
}

func (l *Letters) show(w http.ResponseWriter, r *http.Request, sub news.Subscription) error {
	w.Header().Set("Referrer-Policy", "no-referrer") // the token is in the address
	view := EndView{Action: "/letters/" + r.PathValue("token"), List: sub.List, Pace: sub.Pace, Undo: sub.Pace == news.Never && sub.Ended != "",
		Begun: r.Method == http.MethodGet && r.URL.Query().Get("begun") != ""}
	err := l.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		view.Others, err = l.News.Others(tx, sub)
		return err
	})
	if err != nil {
		return err
	}
	return l.Show(w, r, http.StatusOK, "letters/end", "", view)
}
