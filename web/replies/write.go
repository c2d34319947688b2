package replies

import (
	"cmp"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/storable"
	"waypost/members"
	"waypost/replies"
	"waypost/web/kit"
	"waypost/web/render"
	"waypost/web/shell"
)

// WriteView is the form on a page of its own.
type WriteView struct {
	render.ReplyForm
	Story   replies.Story // the zero value: it is not known
	Closed  bool          // it takes no replies
	To      *Quoted       // the reply that is answered
	Preview template.HTML // what was typed, as readers will see it
}

// Quoted is a reply that somebody else wrote.
type Quoted struct {
	ID, Name string // no name: it was taken away
	Body     template.HTML
}

func quoted(r replies.Reply) *Quoted { return &Quoted{r.ID, r.Name, render.Body(r.Rendered.HTML)} }

// typed is a form as it was sent, without what cannot stand in one: a form that is refused
// for that is given back with the rest.
func typed(slug string, v url.Values) render.ReplyForm {
	return render.ReplyForm{Slug: slug, Mode: replies.Defaults().Mode, Parent: v.Get("parent"), Stamp: v.Get("stamp"), Name: storable.Text(v.Get("name")), Email: storable.Text(v.Get("email")),
		Body: strings.ReplaceAll(storable.Text(v.Get("body")), "\r\n", "\n"), Watch: v.Get("watch") != ""}
}

// draft is what a form says.
func draft(f render.ReplyForm, story string, by members.Actor) replies.Draft {
	return replies.Draft{StoryID: story, ParentID: f.Parent, Name: f.Name, Email: f.Email, Body: f.Body, Watch: f.Watch, By: by}
}

// look finds what stands around a form, and who writes.
func (x *Replies) look(r *http.Request, v *WriteView) (by members.Actor, err error) {
	err = x.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if by, v.Member, err = x.writer(tx, r); err != nil {
			return err
		}
		if v.Story, err = x.Story(tx, v.Slug); err != nil {
			return err
		}
		v.Slug = v.Story.Slug
		if by.AccountID != "" {
			if v.Trusted, err = x.Service.Trusts(tx, by, v.Story.ID); err != nil {
				return err
			}
		}
		settings, err := x.Service.SettingsIn(tx)
		if err != nil {
			return err
		}
		talk, err := x.Service.TalkOf(tx, v.Story.ID)
		if err != nil {
			return err
		}
		v.Mode, v.Closed = settings.Mode, !settings.Open(v.Story.Published, x.Clock(), talk.Closed)
		if v.Parent == "" {
			return nil
		}
		to, err := x.Service.ByID(tx, v.Parent)
		if problem.Is(err, problem.NotFound) || err == nil && to.StoryID != v.Story.ID {
			v.Parent, v.Problem = "", &problem.Message{Key: "reply.parent_gone"}
			return nil
		}
		v.To = quoted(to)
		return err
	})
	return by, err
}

// nowhere says that there is no place for what the form says: the story takes no more, or
// what is answered is gone.
func (v WriteView) nowhere() error {
	switch {
	case v.Closed:
		return problem.New(problem.Conflict, "reply.closed")
	case v.Problem != nil:
		return problem.New(problem.Conflict, v.Problem.Key)
	}
	return nil
}

// form answers GET /stories/{slug}/reply.
func (x *Replies) form(w http.ResponseWriter, r *http.Request) error {
	v := WriteView{ReplyForm: render.ReplyForm{Slug: r.PathValue("slug"), Parent: r.URL.Query().Get("to"), Stamp: x.Stamps.New(x.Clock())}}
	if _, err := x.look(r, &v); err != nil {
		return err
	}
	return x.Show(w, r, http.StatusOK, "replies/write", "", v)
}

// lookTime is in how little time nobody looks at a form that is shown again.
const lookTime = time.Second

// stampAge is how long a form was open; zero where that says nothing. ok is false if its
// stamp is too old, or none of ours.
func (x *Replies) stampAge(stamp string) (age time.Duration, ok bool) {
	if age, ok = x.Stamps.Age(stamp, x.Clock()); ok {
		return max(age, 1), true
	}
	if age, ok = x.Again.Age(stamp, x.Clock()); ok && age < lookTime {
		return max(age, 1), true
	}
	return 0, ok
}

// post answers POST /stories/{slug}/replies.
func (x *Replies) post(w http.ResponseWriter, r *http.Request) error {
	unread := kit.ParseForm(r)
	v := WriteView{ReplyForm: typed(r.PathValue("slug"), r.PostForm)}
	if unread != nil && v.Body == "" {
		return unread
	}
	age, stamped := x.stampAge(v.Stamp)
	if stamped && unread == nil {
		return x.send(w, r, v, age)
	}
	first := v.Stamp == ""
	if !stamped {
		v.Stamp = x.Again.New(x.Clock())
	}
	by, err := x.look(r, &v)
	if err = cmp.Or(err, unread, v.nowhere()); err == nil && !first {
		err = problem.New(problem.Invalid, "reply.form_old")
	}
	if err != nil {
		return x.refuse(w, r, v, err)
	}
	return x.preview(w, r, v, draft(v.ReplyForm, v.Story.ID, by))
}

// send posts what a form says that was open for some time.
func (x *Replies) send(w http.ResponseWriter, r *http.Request, v WriteView, age time.Duration) error {
	from := replies.Origin{Network: x.Proxies.Network(r), Agent: r.UserAgent(), OnForm: age, Trapped: r.PostForm.Get("website") != "", Sent: x.sentBy(r)}
	p, err := x.Service.Receive(r.Context(), func(tx *db.Tx) (d replies.Draft, st replies.Story, err error) {
		by, _, err := x.writer(tx, r)
		if err != nil {
			return d, st, err
		}
		v.Story, err = x.Story(tx, v.Slug)
		d = draft(v.ReplyForm, v.Story.ID, by)
		d.From = from
		return d, v.Story, err
	})
	if err != nil {
		if _, unseen := x.look(r, &v); unseen == nil { // what cannot be read now is left away from the form
			err = cmp.Or(v.nowhere(), err)
		}
		return x.refuse(w, r, v, err)
	}
	switch mine := x.sender(r, p.Reply).mine(p.Reply); {
	case p.Again && mine:
		return kit.SeeOther(w, r, "/replies/"+p.ID+"?done=sent-twice")
	case p.Again:
		return x.Show(w, r, http.StatusOK, "replies/sent", "", SentView{Reply: p.Reply, Story: v.Story, Link: permalink(v.Story.Slug, p.ID), Twice: true})
	}
	x.remember(w, r, p.ID)
	next := "/replies/" + p.ID
	if v.Watch {
		next += "?watch=on" // nothing is kept by which that could be told later
	}
	return kit.SeeOther(w, r, next)
}

// preview shows what came from a kept page as readers will see it; nothing is kept yet.
func (x *Replies) preview(w http.ResponseWriter, r *http.Request, v WriteView, d replies.Draft) error {
	if err := d.Check(); err != nil {
		return x.refuse(w, r, v, err)
	}
	err := x.DB.View(r.Context(), func(tx *db.Tx) error {
		if d.By.AccountID == "" { // whose name it looks like is said now, not after it was sent
			if _, err := x.Service.Naming(tx, strings.Join(strings.Fields(d.Name), " ")); err != nil {
				return err
			}
		}
		rendered, err := x.Service.Render(tx, v.Body, v.Story.Language)
		v.Preview = render.Body(rendered.HTML)
		return err
	})
	if err != nil {
		return x.refuse(w, r, v, err)
	}
	return x.Show(w, r, http.StatusOK, "replies/write", "", v)
}

// refuse shows the form again, with why it was not taken and all that was typed, even
// when nothing can be read or written.
func (x *Replies) refuse(w http.ResponseWriter, r *http.Request, v WriteView, why error) error {
	status := x.explain(w, why, &v.ReplyForm)
	unsent(v.Problem)
	switch {
	case status == http.StatusNotFound: // readers do not see the story any more
		v.Closed, v.Problem = true, &problem.Message{Key: "reply.closed"}
	case v.Problem.Key == "reply.parent_gone":
		v.Parent, v.To = "", nil
	}
	return x.showAnyway(w, r, status, "replies/write", v)
}

// showAnyway shows a page even when nothing can be read.
func (x *Replies) showAnyway(w http.ResponseWriter, r *http.Request, status int, page string, v any) error {
	settings, err := x.Community.Settings(r.Context())
	if err != nil {
		settings = community.Defaults()
	}
	if status >= http.StatusInternalServerError {
		r = shell.SignedOut(r)
	}
	return x.ShowIn(w, r, settings, status, page, "", v)
}

// unsent says of a form that has faults that it is not sent yet: nothing is saved by it.
func unsent(p *problem.Message) {
	if p.Key == "problem.invalid" {
		p.Key = "reply.unsent"
	}
}

// explain puts into a form why it was not taken, and tells the status to answer with.
func (x *Replies) explain(w http.ResponseWriter, why error, f *render.ReplyForm) int {
	status := kit.Status(why)
	var p *problem.Problem
	if errors.As(why, &p) && status < http.StatusInternalServerError {
		f.Problem, f.Faults = &p.Message, p.Fields
	} else {
		status = http.StatusServiceUnavailable
		f.Problem = &problem.Message{Key: "reply.unavailable"}
		x.Log.Error("a reply was not taken", "error", why)
	}
	if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", kit.RetryAfter(why))
	}
	return status
}
