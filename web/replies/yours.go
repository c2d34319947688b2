package replies

import (
	"cmp"
	"html/template"
	"net/http"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/members/proofs"
	"waypost/replies"
	"waypost/web/kit"
	"waypost/web/render"
)

// YoursView is what came with an address, for whoever has the link that was sent to it.
type YoursView struct {
	Link    string           // the address of its page
	Spent   *problem.Message // why it does not work
	Replies []YourReply
}

// YourReply is one of them.
type YourReply struct {
	replies.Reply
	Story replies.Story // the zero value: readers do not see it any more
	Date  time.Time
}

// Text is the reply as readers see it, or would.
func (y YourReply) Text() template.HTML { return render.Body(y.Rendered.HTML) }

// Unseen reports that readers do not see it.
func (y YourReply) Unseen() bool { return y.State != replies.Published }

// yourRoutes are the lines of those who correct what they wrote by a link to their address.
func (x *Replies) yourRoutes() []kit.Route {
	anyone := []string{kit.Anyone}
	get := []string{http.MethodGet}
	return []kit.Route{
		{Path: "/your-data/{token}/replies", Methods: get, Roles: anyone, Cache: kit.Private, Handler: x.yours},
		{Path: "/your-data/{token}/replies/{id}", Methods: get, Roles: anyone, Cache: kit.Private, Handler: x.correctForm},
		{Path: "/your-data/{token}/replies/{id}", Methods: []string{http.MethodPost}, Roles: anyone, Body: bodyForm, Cache: kit.Private, Handler: x.correct},
	}
}

// address is the one that a link was sent to; Gone if the link is over, or an account has
// the address by now. The link is not spent.
func (x *Replies) address(tx *db.Tx, w http.ResponseWriter, r *http.Request) (string, error) {
	w.Header().Set("Referrer-Policy", "no-referrer") // the token is in the address
	proof, err := x.Proofs.Look(tx, r.PathValue("token"), proofs.Data)
	if err != nil {
		return "", err
	}
	address, err := mail.ParseAddress(proof.Address)
	if err != nil {
		return "", err
	}
	taken, err := x.Members.AddressTaken(tx, address.Key())
	if err == nil && taken {
		err = problem.New(problem.Gone, "signin.link_spent")
	}
	return address.Key(), err
}

func link(r *http.Request) string { return "/your-data/" + r.PathValue("token") }

// yours answers GET /your-data/{token}/replies.
func (x *Replies) yours(w http.ResponseWriter, r *http.Request) error {
	settings, err := x.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	v := YoursView{Link: link(r)}
	err = x.DB.View(r.Context(), func(tx *db.Tx) error {
		email, err := x.address(tx, w, r)
		if err != nil {
			return err
		}
		list, err := x.Service.Written(tx, email)
		if err != nil {
			return err
		}
		v.Replies = nil
		for _, reply := range list {
			story, err := x.Service.Story(tx, reply.StoryID)
			if err != nil && !problem.Is(err, problem.NotFound) {
				return err
			}
			v.Replies = append(v.Replies, YourReply{reply, story, reply.Written.In(settings.Location())})
		}
		return nil
	})
	return x.showYours(w, r, v, err)
}

// showYours says on the page of a link that it is over, and leaves other errors alone.
func (x *Replies) showYours(w http.ResponseWriter, r *http.Request, v YoursView, err error) error {
	if problem.Is(err, problem.Gone) {
		return x.Show(w, r, http.StatusGone, "replies/yours", "", YoursView{Spent: &problem.Message{Key: "signin.link_spent"}})
	}
	if err != nil {
		return err
	}
	return x.Show(w, r, http.StatusOK, "replies/yours", "", v)
}

func correctView(r *http.Request, f render.ReplyForm) EditView {
	list := link(r) + "/replies"
	return EditView{f, list + "/" + r.PathValue("id"), list}
}

// correctForm answers GET /your-data/{token}/replies/{id}.
func (x *Replies) correctForm(w http.ResponseWriter, r *http.Request) error {
	v := correctView(r, render.ReplyForm{})
	err := x.DB.View(r.Context(), func(tx *db.Tx) error {
		email, err := x.address(tx, w, r)
		if err != nil {
			return err
		}
		reply, err := x.Service.WrittenBy(tx, email, r.PathValue("id"))
		v.Body = reply.Body
		return err
	})
	if err != nil {
		return x.showYours(w, r, YoursView{}, err)
	}
	return x.Show(w, r, http.StatusOK, "replies/edit", "", v)
}

// correct answers POST /your-data/{token}/replies/{id}.
func (x *Replies) correct(w http.ResponseWriter, r *http.Request) error {
	unread := kit.ParseForm(r)
	v := correctView(r, typed("", r.PostForm))
	var email string
	err := cmp.Or(unread, x.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		email, err = x.address(tx, w, r)
		return err
	}))
	if err == nil {
		_, err = x.Service.Correct(r.Context(), email, r.PathValue("id"), v.Body)
	}
	switch {
	case err == nil:
		return kit.SeeOther(w, r, v.Back+"?done=saved")
	case v.Body == "" && !problem.Is(err, problem.Invalid):
		return x.showYours(w, r, YoursView{}, err)
	}
	status := x.explain(w, err, &v.ReplyForm)
	return x.showAnyway(w, r, status, "replies/edit", v)
}
