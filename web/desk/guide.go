package desk

import (
	"context"
	"net/http"
	"slices"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/web/desk/letters"
	"waypost/web/kit"
	"waypost/web/shell"
)

// GuideState is how far the setting up of a community is.
type GuideState struct {
	Done, Left []community.Step
	Mail       mail.Lack // what keeps letters from going out
	KeyFile    string    // where the instance key lies; empty: it is given to the program
}

// GuideView leads a new community's owner from step to step.
type GuideView struct {
	Steps []GuideRow
	Done  int // done or left
}

// Whole reports that nothing of the guide is open.
func (v GuideView) Whole() bool { return v.Done == len(v.Steps) }

// Next is the first step that is neither done nor left.
func (v GuideView) Next() GuideRow {
	return v.Steps[max(0, slices.IndexFunc(v.Steps, func(x GuideRow) bool { return x.Next }))]
}

// GuideRow is one step of the guide.
type GuideRow struct {
	Step  community.Step
	Label string // message keys
	Why   problem.Message
	Note  *problem.Message // what is missing of a step that was begun
	Act   string
	URL   string
	Done  bool
	Left  bool
	Next  bool // the first that is neither
}

// guideSteps say of each step what it is, why, what its button says and where it leads.
var guideSteps = map[community.Step]GuideRow{
	community.StepLook:    {Label: "desk.guide.look", Why: problem.Message{Key: "desk.guide.look_why"}, Act: "desk.guide.look_act", URL: "/desk/settings"},
	community.StepBlog:    {Label: "desk.guide.blog", Why: problem.Message{Key: "desk.guide.blog_why"}, Act: "desk.guide.blog_act", URL: "/desk/import"},
	community.StepMail:    {Label: "desk.guide.mail", Why: problem.Message{Key: "desk.guide.mail_why"}, Act: "desk.guide.mail_act", URL: "/desk/mail"},
	community.StepAddress: {Label: "desk.guide.address", Why: problem.Message{Key: "desk.guide.address_why"}, Act: "desk.guide.address_act", URL: "/me/email"},
	community.StepPeople:  {Label: "desk.guide.people", Why: problem.Message{Key: "desk.guide.people_why"}, Act: "desk.guide.people_act", URL: "/desk/joining"},
	community.StepKeep:    {Label: "desk.guide.keep", Why: problem.Message{Key: "desk.guide.keep_why_given"}, Act: "desk.guide.keep_act", URL: backupsPath},
}

// NewGuideView says how far an owner has come.
func NewGuideView(state GuideState) GuideView {
	var v GuideView
	next := true
	for _, step := range community.Steps() {
		row := guideSteps[step]
		row.Step = step
		row.Done = slices.Contains(state.Done, step)
		row.Left = !row.Done && slices.Contains(state.Left, step)
		switch {
		case step == community.StepMail && !row.Done:
			row.Note = letters.Missing(state.Mail)
		case step == community.StepKeep && state.KeyFile != "":
			row.Why = problem.Message{Key: "desk.guide.keep_why", Args: []any{"file", state.KeyFile}}
		}
		if row.Done || row.Left {
			v.Done++
		} else {
			row.Next, next = next, false
		}
		v.Steps = append(v.Steps, row)
	}
	return v
}

func (d *Desk) guideIn(tx *db.Tx) (GuideView, error) {
	state, err := d.Guided(tx)
	if err != nil {
		return GuideView{}, err
	}
	state.Left, err = d.Community.LeftSteps(tx)
	return NewGuideView(state), err
}

// guide answers GET /desk/guide.
func (d *Desk) guide(w http.ResponseWriter, r *http.Request) error {
	var view GuideView
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		view, err = d.guideIn(tx)
		return err
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusOK, "desk/guide", "/desk", view)
}

// leaveStep answers POST /desk/guide/{step}/leave, takeStep POST /desk/guide/{step}/take.
func (d *Desk) leaveStep(w http.ResponseWriter, r *http.Request) error { return d.step(w, r, true) }
func (d *Desk) takeStep(w http.ResponseWriter, r *http.Request) error  { return d.step(w, r, false) }

func (d *Desk) step(w http.ResponseWriter, r *http.Request, leave bool) error {
	err := d.DB.Update(r.Context(), func(tx *db.Tx) error {
		return d.Community.LeaveStep(tx, community.Step(r.PathValue("step")), leave)
	})
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/guide")
}

// GuideBar is what a step's own page says of the guide while it is open: nil where the
// page is no step, for which nothing is read.
func (d *Desk) GuideBar(ctx context.Context, section string) (*shell.GuideBar, error) {
	at := slices.IndexFunc(community.Steps(), func(s community.Step) bool { return guideSteps[s].URL == section })
	if at < 0 {
		return nil, nil
	}
	var view GuideView
	err := d.DB.View(ctx, func(tx *db.Tx) (err error) {
		view, err = d.guideIn(tx)
		return err
	})
	if err != nil || view.Whole() {
		return nil, err
	}
	return &shell.GuideBar{Number: at + 1, Of: len(view.Steps), Label: view.Steps[at].Label}, nil
}
