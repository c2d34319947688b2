package replies

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/personal"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/proofs"
	"waypost/replies"
	"waypost/web/kit"
	"waypost/web/render"
	"waypost/web/shell"
)

// YoursView is what somebody wrote: with an address, for whoever has the link that was
// sent to it; as a member; or from a browser, which can prove it for a while.
type YoursView struct {
	Link    string           // the address of the page above it; empty for a browser
	Spent   *problem.Message // why the link does not work
	Own     bool             // whoever looks is known as who wrote them, and may see what became of each
	Replies []YourReply
	Newest  string           // where the list begins, unless it does here
	Next    string           // where it goes on
	All     bool             // they may take their name off all of them, or remove them
	Fault   *problem.Message // why that was not done
	Done    string           // what was done with all of them: one of Retractions
	N       int              // with how many
}

// Retractions are what somebody who stays may do with all that they wrote.
func (YoursView) Retractions() []string { return retractions }

var retractions = []string{string(personal.Nameless), string(personal.Removed)}

// perYours is how many of them a page lists.
const perYours = 50

// YourReply is one of them.
type YourReply struct {
	replies.Reply
	Story   replies.Story // the zero value: readers do not see it any more
	Date    time.Time
	Refused bool // by a moderator: it cannot be changed any more
}

// Text is the reply as readers see it, or would.
func (y YourReply) Text() template.HTML { return render.Body(y.Rendered.HTML) }

// Unseen says that readers do not see it, a message key; empty if they do.
func (y YourReply) Unseen() string { return unseen[y.State] }

var unseen = map[replies.State]string{replies.Pending: "reply.waits", replies.Spam: "reply.taken", replies.Trash: "reply.gone"}

// yourRoutes are the lines of those who look at what they wrote, and correct it by a link
// to their address or, as a member, after they have shown once more who they are.
func (x *Replies) yourRoutes() []kit.Route {
	anyone, member := []string{kit.Anyone}, []string{string(members.Member)}
	get := []string{http.MethodGet}
	return []kit.Route{
		{Path: "/replies/yours", Methods: get, Roles: anyone, Cache: kit.Private, Handler: x.known(x.fromHere)},
		{Path: "/me/data/replies", Methods: get, Roles: member, Cache: kit.Private, Handler: x.yours},
		{Path: "/me/data/replies", Methods: []string{http.MethodPost}, Roles: member, Body: bodyButton, Cache: kit.Private, Handler: x.Fresh(x.retract)},
		{Path: "/me/data/replies/{id}", Methods: get, Roles: member, Cache: kit.Private, Handler: x.Fresh(x.correctForm)},
		{Path: "/me/data/replies/{id}", Methods: []string{http.MethodPost}, Roles: member, Body: bodyForm, Cache: kit.Private, Handler: x.Fresh(x.correct)},
		{Path: "/your-data/{token}/replies", Methods: get, Roles: anyone, Cache: kit.Private, Handler: x.yours},
		{Path: "/your-data/{token}/replies/{id}", Methods: get, Roles: anyone, Cache: kit.Private, Handler: x.correctForm},
		{Path: "/your-data/{token}/replies/{id}", Methods: []string{http.MethodPost}, Roles: anyone, Body: bodyForm, Cache: kit.Private, Handler: x.correct},
	}
}

// whose is who asks: a member, or whoever has a link that was sent to an address; Gone if
// the link is over, or an account has the address by now. The link is not spent.
func (x *Replies) whose(tx *db.Tx, w http.ResponseWriter, r *http.Request) (replies.Whose, error) {
	if r.PathValue("token") == "" {
		by := shell.ActorOf(r)
		p, err := x.Members.PersonOf(tx, by.AccountID)
		return replies.Whose{By: by, Email: p.Address, Network: x.Proxies.Network(r)}, err
	}
	w.Header().Set("Referrer-Policy", "no-referrer") // the token is in the address
	proof, err := x.Proofs.Look(tx, r.PathValue("token"), proofs.Data)
	if err != nil {
		return replies.Whose{}, err
	}
	address, err := mail.ParseAddress(proof.Address)
	if err != nil {
		return replies.Whose{}, err
	}
	taken, err := x.Members.AddressTaken(tx, address.Key())
	if err == nil && taken {
		err = problem.New(problem.Gone, "signin.link_spent")
	}
	return replies.Whose{Email: address.Key(), Network: x.Proxies.Network(r)}, err
}

// link is the address of the page above what they wrote.
func link(r *http.Request) string {
	if r.PathValue("token") == "" {
		return "/me/data"
	}
	return "/your-data/" + r.PathValue("token")
}

// yours answers GET /your-data/{token}/replies and GET /me/data/replies.
func (x *Replies) yours(w http.ResponseWriter, r *http.Request) error {
	v := YoursView{Link: link(r), Own: r.PathValue("token") == ""}
	v.All = v.Own
	done := r.URL.Query().Get("all")
	if n, err := strconv.Atoi(r.URL.Query().Get("n")); err == nil && n > 0 && v.All && slices.Contains(retractions, done) {
		v.Done, v.N = done, n
	}
	return x.listYours(w, r, http.StatusOK, v, func(tx *db.Tx) (replies.Whose, error) { return x.whose(tx, w, r) })
}

// retract answers POST /me/data/replies: the name goes off all of them, or they go.
func (x *Replies) retract(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	choice := r.PostForm.Get("all")
	if !slices.Contains(retractions, choice) {
		v := YoursView{Link: link(r), Own: true, All: true, Fault: &problem.Message{Key: "yours.all_choose"}}
		return x.listYours(w, r, http.StatusUnprocessableEntity, v, func(tx *db.Tx) (replies.Whose, error) { return x.whose(tx, w, r) })
	}
	n, err := x.Retract(r.Context(), shell.ActorOf(r).AccountID, personal.Choice(choice))
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, fmt.Sprintf("/me/data/replies?all=%s&n=%d", choice, n))
}

// fromHere answers GET /replies/yours: what the browser sent. Members are led to all that
// they wrote.
func (x *Replies) fromHere(w http.ResponseWriter, r *http.Request) error {
	if shell.ActorOf(r).AccountID != "" {
		return kit.SeeOther(w, r, "/me/data/replies")
	}
	return x.listYours(w, r, http.StatusOK, YoursView{Own: true}, func(*db.Tx) (replies.Whose, error) { return replies.Whose{Sent: x.sentBy(r)}, nil })
}

func (x *Replies) listYours(w http.ResponseWriter, r *http.Request, status int, v YoursView, whose func(tx *db.Tx) (replies.Whose, error)) error {
	settings, err := x.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	after := r.URL.Query().Get("after")
	if after != "" {
		v.Newest = r.URL.Path
	}
	err = x.DB.View(r.Context(), func(tx *db.Tx) error {
		v.Replies, v.Next = nil, ""
		who, err := whose(tx)
		if err != nil {
			return err
		}
		list, err := x.Service.Written(tx, who, after, perYours)
		if err != nil {
			return err
		}
		if len(list) > perYours {
			list = list[:perYours]
			v.Next = r.URL.Path + "?after=" + list[perYours-1].ID
		}
		known := map[string]replies.Story{}
		for _, reply := range list {
			story, there := known[reply.StoryID]
			if !there {
				if story, err = x.Service.Story(tx, reply.StoryID); err != nil && !problem.Is(err, problem.NotFound) {
					return err
				}
				known[reply.StoryID] = story
			}
			refused, err := x.refused(tx, reply)
			if err != nil {
				return err
			}
			v.Replies = append(v.Replies, YourReply{reply, story, reply.Written.In(settings.Location()), refused})
		}
		return nil
	})
	if err == nil && v.Newest != "" && len(v.Replies) == 0 { // they went meanwhile
		return kit.SeeOther(w, r, v.Newest)
	}
	return x.showYours(w, r, status, v, err)
}

// refused reports that a moderator took a reply for spam.
func (x *Replies) refused(tx *db.Tx, r replies.Reply) (bool, error) {
	if r.State != replies.Spam {
		return false, nil
	}
	held, err := x.Service.Why(tx, r.ID)
	return held == replies.ByDecision, err
}

// showYours says on the page of a link that it is over, and leaves other errors alone.
func (x *Replies) showYours(w http.ResponseWriter, r *http.Request, status int, v YoursView, err error) error {
	if problem.Is(err, problem.Gone) {
		return x.Show(w, r, http.StatusGone, "replies/yours", "", YoursView{Spent: &problem.Message{Key: "signin.link_spent"}})
	}
	if err != nil {
		return err
	}
	return x.Show(w, r, status, "replies/yours", v.Link, v)
}

func correctView(r *http.Request, f render.ReplyForm) EditView {
	list := link(r) + "/replies"
	return EditView{f, list + "/" + r.PathValue("id"), list}
}

// correctForm answers GET /your-data/{token}/replies/{id} and /me/data/replies/{id}.
func (x *Replies) correctForm(w http.ResponseWriter, r *http.Request) error {
	v := correctView(r, render.ReplyForm{})
	err := x.DB.View(r.Context(), func(tx *db.Tx) error {
		who, err := x.whose(tx, w, r)
		if err != nil {
			return err
		}
		reply, err := x.Service.Correctable(tx, who, r.PathValue("id"))
		v.Body = reply.Body
		return err
	})
	if err != nil {
		return x.showYours(w, r, http.StatusOK, YoursView{}, err)
	}
	return x.Show(w, r, http.StatusOK, "replies/edit", "", v)
}

// correct answers POST /your-data/{token}/replies/{id} and /me/data/replies/{id}.
func (x *Replies) correct(w http.ResponseWriter, r *http.Request) error {
	unread := kit.ParseForm(r)
	v := correctView(r, typed("", r.PostForm))
	var who replies.Whose
	err := cmp.Or(unread, x.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		who, err = x.whose(tx, w, r)
		return err
	}))
	if err == nil {
		_, err = x.Service.Correct(r.Context(), who, r.PathValue("id"), v.Body)
	}
	switch {
	case err == nil:
		return kit.SeeOther(w, r, v.Back+"?done=saved")
	case v.Body == "" && !problem.Is(err, problem.Invalid):
		return x.showYours(w, r, http.StatusOK, YoursView{}, err)
	}
	status := x.explain(w, err, &v.ReplyForm)
	return x.showAnyway(w, r, status, "replies/edit", v)
}
