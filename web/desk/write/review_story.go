package write

import (
	"net/http"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/stories"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// ReviewView is a story as an editor decides on it: as readers would get it, with what
// its author says and what can be done.
type ReviewView struct {
	fields.Form
	Story   QueueRow
	Thread  Thread
	Publish bool // it can be decided on: published, scheduled or sent back
	Return  bool
	Own     bool // the visitor's own: they take it back and need not say why
	Zone    string
	Trust   []TrustRow // authors who may be trusted; none where the community trusts nobody
}

// Places names the note as this page does.
func (v ReviewView) Places(name string) []problem.Message {
	if name == "message" {
		return []problem.Message{{Key: "desk.review.message"}}
	}
	return v.Form.Places(name)
}

// TrustRow is an author with an account.
type TrustRow struct {
	Name, AccountID string
	Trusted         bool
}

// reviewed is a story that an editor may decide on; NotFound if they may not see it.
func (d *Desk) reviewed(r *http.Request) (*editor, error) {
	e, err := d.open(r)
	if err != nil {
		return nil, err
	}
	e.form = fields.New("version", fields.Number(e.story.Version), "at", kit.FormatLocal(e.story.Scheduled, e.zone))
	return e, nil
}

// reviewStory answers GET /desk/review/{id}.
func (d *Desk) reviewStory(w http.ResponseWriter, r *http.Request) error {
	e, err := d.reviewed(r)
	if err != nil {
		return err
	}
	return d.showReview(w, r, http.StatusOK, e)
}

// NewReviewView is the page as far as the story and the form say it.
func NewReviewView(actor members.Actor, row QueueRow, form fields.Form, zone string) ReviewView {
	return ReviewView{Form: form, Story: row, Publish: row.Story.State == stories.InReview && stories.May(actor, stories.Publish, row.Story),
		Return: stories.May(actor, stories.Return, row.Story), Own: stories.Own(actor, row.Story), Zone: zone}
}

func (d *Desk) showReview(w http.ResponseWriter, r *http.Request, status int, e *editor) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	var view ReviewView
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		rows, err := d.Queued(tx, []stories.Story{e.story}, e.zone)
		if err != nil {
			return err
		}
		view = NewReviewView(e.actor, rows[0], e.form, e.zone.String())
		if view.Thread, err = d.thread(tx, e); err != nil {
			return err
		}
		view.Thread.Back = "review"
		if settings.TrustedPublish {
			view.Trust, err = d.trusting(tx, e.story)
		}
		return err
	})
	if err != nil {
		return err
	}
	kit.Policy(w, "frame-src 'self'")
	return d.Show(w, r, status, "desk/review-story", "/desk/review", view)
}

// trusting lists the authors who have an account and no role that would let them publish
// anyway.
func (d *Desk) trusting(tx *db.Tx, s stories.Story) ([]TrustRow, error) {
	people, err := d.Members.ProfilesByID(tx, s.Authors)
	if err != nil {
		return nil, err
	}
	var list []TrustRow
	for _, id := range s.Authors {
		if people[id].AccountID == "" {
			continue
		}
		a, err := d.Members.AccountByID(tx, people[id].AccountID)
		if problem.Is(err, problem.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !(members.Actor{Roles: a.Roles}).May(members.ReviewStories) {
			list = append(list, TrustRow{people[id].Name, a.ID, a.Trusted})
		}
	}
	return list, nil
}

// review answers POST /desk/review/{id}: publish, schedule or send back, with a note.
func (d *Desk) review(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	e, err := d.reviewed(r)
	if err != nil {
		return err
	}
	verb := stories.Verb(r.PostForm.Get("do"))
	if verb != stories.Publish && verb != stories.Schedule && verb != stories.Return {
		return problem.New(problem.Malformed, "problem.malformed")
	}
	version, err := kit.Version(r)
	if err != nil {
		return err
	}
	at, err := kit.LocalTime(r, "at", e.zone)
	if verb != stories.Schedule {
		err = nil // what stands in the field is not asked for
	}
	if err == nil {
		_, err = d.Stories.Take(r.Context(), e.actor, e.story.ID, version, stories.Step{Verb: verb, At: at, Note: kit.Block(r, "message")})
	}
	if err == nil {
		act := string(verb)
		if verb == stories.Return {
			act = "sent-back"
		}
		return kit.SeeOther(w, r, "/desk/review?done="+act)
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	form.Values.Set("version", fields.Number(e.story.Version))
	e.form = form
	return d.showReview(w, r, status, e)
}

// reviewPreview answers GET /desk/review/{id}/preview with the story as readers would
// get it.
func (d *Desk) reviewPreview(w http.ResponseWriter, r *http.Request) error {
	e, err := d.open(r)
	if err != nil {
		return err
	}
	preview, err := d.previewOf(r, draft{content: e.stored})
	if err != nil {
		return err
	}
	preview.Story.Published = e.story.Published
	body, err := d.Preview(r.Context(), preview)
	if err != nil {
		return err
	}
	kit.Policy(w, shell.PreviewPolicy...)
	return shell.Write(w, r, http.StatusOK, body)
}

// trust answers POST /desk/review/{id}/trust: an author of the story may publish without
// review from now on, or not any more.
func (d *Desk) trust(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	e, err := d.open(r)
	if err != nil {
		return err
	}
	yes := r.PostForm.Get("trust") == "yes"
	err = d.DB.Update(r.Context(), func(tx *db.Tx) error {
		list, err := d.trusting(tx, e.story)
		if err != nil {
			return err
		}
		for _, author := range list {
			if author.AccountID == r.PostForm.Get("account") {
				return d.Members.Trust(tx, e.actor.AccountID, author.AccountID, yes)
			}
		}
		return problem.New(problem.NotFound, "problem.not_found")
	})
	if err != nil {
		return err
	}
	done := "untrusted"
	if yes {
		done = "trusted"
	}
	return kit.SeeOther(w, r, "/desk/review/"+e.story.ID+"?done="+done)
}
