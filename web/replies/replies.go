package replies

import (
	"context"
	"log/slog"
	"net/http"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/proofs"
	"waypost/replies"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Replies serves the pages of those who write.
type Replies struct {
	*shell.Shell
	Service *replies.Service
	// Story finds one that readers may read, also by an address that it had before.
	Story   func(tx *db.Tx, slug string) (replies.Story, error)
	Stamps  kit.Stamps // mark when a form was shown that was empty then
	Again   kit.Stamps // mark one that was shown with what was typed
	Proxies kit.Proxies
	Proofs  *proofs.Service // of whose address a link was sent to
	Key     []byte          // signs the cookie that tells what a browser sent
	Log     *slog.Logger
	// Missed hears of the answers that somebody missed before they confirmed their
	// address; may be nil.
	Missed func(tx *db.Tx, missed []replies.Reply, l replies.Listener) error
	// Retract takes the name of a member who stays off all their replies, or removes
	// these, and counts them.
	Retract func(ctx context.Context, account string, c personal.Choice) (int, error)
}

// Caps of request bodies. A form may be larger than the longest reply, so that one that
// is too long comes back to its writer.
const (
	bodyButton = 4 << 10
	bodyForm   = 1 << 20
)

// Routes are its lines of the site map.
func (x *Replies) Routes() []kit.Route {
	anyone := []string{kit.Anyone}
	get := func(path string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: anyone, Cache: kit.Private, Handler: x.known(h)}
	}
	post := func(path string, body int64, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: anyone, Body: body, Cache: kit.Private, Handler: x.known(h)}
	}
	return append(x.yourRoutes(), []kit.Route{
		get("/stories/{slug}/reply", x.form),
		post("/stories/{slug}/replies", bodyForm, x.post),
		get("/replies/stamp", x.stamp),
		get("/replies/reported", x.reported),
		get("/replies/{id}", x.sent),
		get("/replies/{id}/edit", x.editForm),
		post("/replies/{id}/edit", bodyForm, x.edit),
		post("/replies/{id}/delete", bodyButton, x.withdraw),
		post("/replies/{id}/appeal", bodyButton, x.appeal),
		get("/replies/{id}/report", x.reportForm),
		post("/replies/{id}/report", bodyButton, x.report),
		get("/letters/answers/{token}", x.answers),
		post("/letters/answers/{token}", bodyButton, x.listen),
	}...)
}

// known lets a handler know who is signed in. A session that has ended is none.
func (x *Replies) known(next kit.Handler) kit.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if ctx, _, err := x.Roles(r); err == nil {
			r = r.WithContext(ctx)
		} else if problem.KindOf(err) == 0 && r.Method != http.MethodPost {
			return err
		}
		return next(w, r)
	}
}

// writer is under which name whoever is signed in writes. Who has none writes as anybody
// does.
func (x *Replies) writer(tx *db.Tx, r *http.Request) (members.Actor, string, error) {
	by := shell.ActorOf(r)
	if by.AccountID == "" {
		return by, "", nil
	}
	name, _, err := x.Service.Named(tx, by.AccountID)
	if problem.Is(err, problem.Conflict) {
		return members.Actor{}, "", nil
	}
	return by, name, err
}

// permalink is where readers find a reply, however many others there are.
func permalink(slug, id string) string { return "/stories/" + slug + "/replies/" + id }
