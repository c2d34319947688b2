package replies

import (
	"net/http"
	"net/url"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/replies"
	"waypost/replies/reported"
	"waypost/web/kit"
	"waypost/web/render"
)

// ReportView asks what is wrong with a reply.
type ReportView struct {
	render.ReplyForm // of which only the problem is shown
	Quoted
	Reasons []Reason
}

// Reason is something that can be wrong with a reply.
type Reason struct {
	Value, Label string // a message key
	Chosen       bool
}

// reasonLabels are message keys.
var reasonLabels = map[string]string{"spam": "reply.report_spam", "unkind": "reply.report_unkind", "private": "reply.report_private", "other": "reply.report_other"}

// Reasons are all that can be chosen.
func Reasons(chosen string) (list []Reason) {
	for _, v := range reported.Reasons() {
		list = append(list, Reason{v, reasonLabels[v], v == chosen})
	}
	return list
}

// reportForm answers GET /replies/{id}/report.
func (x *Replies) reportForm(w http.ResponseWriter, r *http.Request) error {
	return x.showReport(w, r, nil)
}

func (x *Replies) showReport(w http.ResponseWriter, r *http.Request, why error) error {
	var reply replies.Reply
	err := x.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		reply, err = x.Service.Reportable(tx, r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	v := ReportView{Quoted: *quoted(reply), Reasons: Reasons(r.PostForm.Get("reason"))}
	status := http.StatusOK
	if why != nil {
		status = x.explain(w, why, &v.ReplyForm)
		unsent(v.Problem)
	}
	return x.Show(w, r, status, "replies/report", "", v)
}

// report answers POST /replies/{id}/report.
func (x *Replies) report(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	_, err := x.Service.Report(r.Context(), r.PathValue("id"), x.Proxies.Network(r), r.PostForm.Get("reason"))
	if problem.Is(err, problem.NotFound) {
		return err
	}
	if err != nil {
		return x.showReport(w, r, err)
	}
	var story replies.Story
	err = x.DB.View(r.Context(), func(tx *db.Tx) error {
		reply, err := x.Service.Any(tx, r.PathValue("id")) // the report may have taken it out of sight
		if err != nil {
			return err
		}
		story, err = x.Service.Story(tx, reply.StoryID)
		return err
	})
	if err != nil {
		return kit.SeeOther(w, r, "/replies/reported")
	}
	return kit.SeeOther(w, r, "/replies/reported?story="+url.QueryEscape(story.Slug))
}

// ReportedView thanks for a report.
type ReportedView struct{ Story replies.Story } // the zero value: readers do not see it

// reported answers GET /replies/reported.
func (x *Replies) reported(w http.ResponseWriter, r *http.Request) error {
	var v ReportedView
	if slug := r.URL.Query().Get("story"); slug != "" {
		err := x.DB.View(r.Context(), func(tx *db.Tx) (err error) {
			v.Story, err = x.Story(tx, slug)
			return err
		})
		if err != nil && !problem.Is(err, problem.NotFound) {
			return err
		}
	}
	return x.Show(w, r, http.StatusOK, "replies/reported", "", v)
}
