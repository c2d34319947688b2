package walks

import (
	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/web/desk/fields"
	webpaths "waypost/web/paths"
	"waypost/web/render"
)

// steps are the page of a step.
func steps() []Scene {
	page := func(state string, content func(c Cast) webpaths.StepView) Scene {
		return Scene{"path/step", state, "/path", func(c Cast) any { return content(c) }}
	}
	return []Scene{
		page("usual", func(c Cast) webpaths.StepView { return c.step(c.path(6), "trial", fields.New("ended_by", "left")) }),
		page("possible", func(c Cast) webpaths.StepView {
			p := c.path(6)
			p.Steps[2].Kind = paths.Position
			p.Steps[2].Review = date("2027-01-05")
			view := c.step(p, "trial", refused(fields.New("end", "2020"), fault("end", "path.end_before_start")))
			view.Course.Finding.Detected, view.Moved[0].Fell = false, false
			return view
		}),
		page("confirmed", func(c Cast) webpaths.StepView {
			p := c.path(6)
			p.Changes = []paths.Change{{Row: row("change"), Step: "trial", Day: date("2026-06-29"), State: paths.Confirmed, Words: c.Text("I had been picturing the chair next to mine.")},
				{Row: row("not"), Step: "trial", Day: date("2026-09-29"), State: paths.Dismissed}}
			p.Steps[2].Had, p.Steps[2].StayIf, p.Steps[2].LeaveIf, p.Steps[2].Expect = "", "", "", ""
			p.Entries, p.Decisions = nil, nil
			return c.step(p, "trial", fields.New())
		}),
		page("muted", func(c Cast) webpaths.StepView {
			p := c.path(6)
			p.Changes = []paths.Change{{Row: row("not"), Step: "trial", Day: date("2026-06-29"), State: paths.Dismissed, Seen: 12}}
			p.CheckIns[11].Answers = checkins.Answers{1}
			p.Steps[2].Expected = checkins.Answers{}
			return c.step(p, "trial", fields.New())
		}),
		page("few", func(c Cast) webpaths.StepView {
			p := c.path(6)
			p.CheckIns = p.CheckIns[:3]
			p.Steps[2] = paths.Step{Row: row("trial"), Kind: paths.Trial, Title: c.Text("Assistant programmer"), Start: date("2026-05-11")}
			return c.step(p, "trial", fields.New())
		}),
		page("clarity", func(c Cast) webpaths.StepView {
			p := c.path(6)
			for i := range 10 {
				p.CheckIns[i].Clarity = true
			}
			p.Steps[2].Clarity = true
			p.Steps[2].Pay = &paths.Pay{Amount: 280_050, Currency: "EUR", Per: paths.PerMonth}
			return c.step(p, "trial", fields.New())
		}),
		page("within", func(c Cast) webpaths.StepView { return c.step(c.path(6), "rig", fields.New()) }),
		page("ended", func(c Cast) webpaths.StepView {
			p := c.path(6)
			p.Steps[2].End, p.Steps[2].EndedBy, p.Steps[2].Detour = date("2026-09-01"), paths.Left, true
			return c.step(p, "trial", fields.New())
		}),
	}
}

func (c Cast) step(p paths.Path, id string, form fields.Form) webpaths.StepView {
	s, _ := p.Step(id)                                 // it is there
	view, _ := webpaths.NewStepView(p, s, today, form) // its check-ins are sound
	view.Draw(render.Charts(c.Words))
	return view
}
