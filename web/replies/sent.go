package replies

import (
	"cmp"
	"html/template"
	"net/http"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/replies"
	"waypost/web/kit"
	"waypost/web/render"
	"waypost/web/shell"
)

// SentView is the page on what became of a reply, for who wrote it.
type SentView struct {
	replies.Reply
	Story      replies.Story
	Link       string // where readers find it
	Why        string // a message key: why they do not see it
	Appealable bool
	Changeable bool
	Refused    bool      // by a moderator: it cannot be changed any more
	Until      time.Time // by a browser alone
	Watch      bool      // letters on answers to it were asked for just now
	Twice      bool      // it was sent before, maybe by another browser: nothing more is said
}

// Text is the reply as readers see it, or would.
func (v SentView) Text() template.HTML { return render.Body(v.Rendered.HTML) }

// EditView is the form that changes a reply.
type EditView struct {
	render.ReplyForm
	Action, Back string
}

func editView(f render.ReplyForm, id string) EditView {
	return EditView{f, "/replies/" + id + "/edit", "/replies/" + id}
}

// whys are message keys: why readers do not see a reply.
var whys = map[replies.Held]string{
	replies.ByFilter: "reply.why_filter", replies.ByDoubt: "reply.why_doubt", replies.ByFailure: "reply.why_failure", replies.ByFirst: "reply.why_first",
	replies.ByLinks: "reply.why_links", replies.ByMode: "reply.why_mode", replies.ByWave: "reply.why_wave", replies.ByBlock: "reply.why_block",
	replies.ByTrap: "reply.why_trap", replies.ByHaste: "reply.why_haste", replies.ByName: "reply.why_doubt", replies.ByRepeat: "reply.why_repeat",
	replies.ByReports: "reply.why_reports", replies.ByAppeal: "reply.why_appeal", replies.ByEdit: "reply.why_edit", replies.ByWriter: "reply.why_writer",
	replies.ByDecision: "reply.why_decision",
}

// sender is who asks for a reply, and whether their browser sent it.
type sender struct{ replies.Sender }

func (x *Replies) sender(r *http.Request, of replies.Reply) sender {
	return sender{replies.Sender{By: shell.ActorOf(r), Sent: x.remembers(r, of.ID), Network: x.Proxies.Network(r)}}
}

// mine reports that they wrote it.
func (s sender) mine(r replies.Reply) bool {
	return s.Sent || s.By.AccountID != "" && s.By.AccountID == r.AccountID
}

// own finds a reply for its writer; for others it is not there.
func (x *Replies) own(tx *db.Tx, r *http.Request) (replies.Reply, sender, error) {
	found, err := x.Service.Any(tx, r.PathValue("id"))
	if err != nil {
		return found, sender{}, err
	}
	who := x.sender(r, found)
	if who.Sent { // who has taken off what led to them is not to be found by their browser
		if who.Sent, err = x.Service.Led(tx, found.ID); err != nil {
			return found, who, err
		}
	}
	if found.Erased || !who.mine(found) {
		return found, who, problem.New(problem.NotFound, "reply.not_found")
	}
	return found, who, nil
}

// sent answers GET /replies/{id}. It leads others than its writer to where readers find it.
func (x *Replies) sent(w http.ResponseWriter, r *http.Request) error {
	var v SentView
	var others bool
	err := x.DB.View(r.Context(), func(tx *db.Tx) error {
		reply, who, err := x.own(tx, r)
		others = problem.Is(err, problem.NotFound) && reply.State == replies.Published && !reply.Erased
		if err != nil && !others {
			return err
		}
		v.Reply = reply
		if v.Story, err = x.Service.Story(tx, reply.StoryID); err != nil {
			return err
		}
		v.Link = permalink(v.Story.Slug, reply.ID)
		v.Watch = r.URL.Query().Get("watch") != "" && reply.AccountID == "" && (reply.State == replies.Published || reply.State == replies.Pending)
		if others {
			return nil
		}
		settings, err := x.Community.SettingsIn(tx)
		if err != nil {
			return err
		}
		v.Until = reply.Written.Add(replies.EditTime).In(settings.Location())
		held, err := x.Service.Why(tx, reply.ID)
		if err != nil {
			return err
		}
		v.Why, v.Refused = whys[held], reply.State == replies.Spam && held == replies.ByDecision
		if v.Changeable, err = x.changeable(tx, who, reply.ID); err != nil {
			return err
		}
		v.Appealable, err = x.Service.MayAppeal(tx, reply.ID)
		return err
	})
	if err != nil {
		return err
	}
	if others {
		return kit.SeeOther(w, r, v.Link)
	}
	return x.Show(w, r, http.StatusOK, "replies/sent", "", v)
}

// changeable reports that they may still change or delete a reply.
func (x *Replies) changeable(tx *db.Tx, who sender, id string) (bool, error) {
	_, err := x.Service.Changeable(tx, who.Sender, id)
	if problem.Is(err, problem.Forbidden) {
		return false, nil
	}
	return err == nil, err
}

// editForm answers GET /replies/{id}/edit.
func (x *Replies) editForm(w http.ResponseWriter, r *http.Request) error {
	v := editView(render.ReplyForm{}, r.PathValue("id"))
	var over bool
	err := x.DB.View(r.Context(), func(tx *db.Tx) error {
		reply, who, err := x.own(tx, r)
		if err != nil {
			return err
		}
		may, err := x.changeable(tx, who, reply.ID)
		v.Body, over = reply.Body, !may
		return err
	})
	if err != nil {
		return err
	}
	if over {
		return kit.SeeOther(w, r, v.Back)
	}
	return x.Show(w, r, http.StatusOK, "replies/edit", "", v)
}

// edit answers POST /replies/{id}/edit.
func (x *Replies) edit(w http.ResponseWriter, r *http.Request) error {
	unread := kit.ParseForm(r)
	v := editView(typed("", r.PostForm), r.PathValue("id"))
	var who sender
	err := cmp.Or(unread, x.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		_, who, err = x.own(tx, r)
		return err
	}))
	if err != nil && v.Body == "" {
		return err
	}
	if err == nil {
		_, err = x.Service.Edit(r.Context(), who.Sender, r.PathValue("id"), v.Body)
	}
	if err == nil {
		return kit.SeeOther(w, r, v.Back+"?done=saved")
	}
	status := x.explain(w, err, &v.ReplyForm)
	return x.showAnyway(w, r, status, "replies/edit", v)
}

// withdraw answers POST /replies/{id}/delete.
func (x *Replies) withdraw(w http.ResponseWriter, r *http.Request) error {
	return x.act(w, r, func(who sender, id string) error { return x.Service.Withdraw(r.Context(), who.Sender, id) })
}

// appeal answers POST /replies/{id}/appeal.
func (x *Replies) appeal(w http.ResponseWriter, r *http.Request) error {
	return x.act(w, r, func(_ sender, id string) error { return x.Service.Appeal(r.Context(), id) })
}

// act does something with one's own reply and goes back to its page.
func (x *Replies) act(w http.ResponseWriter, r *http.Request, do func(who sender, id string) error) error {
	var who sender
	err := x.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		_, who, err = x.own(tx, r)
		return err
	})
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	if err := do(who, id); err != nil && !problem.Is(err, problem.Forbidden) { // its page says that the time is over
		return err
	}
	return kit.SeeOther(w, r, "/replies/"+id)
}
