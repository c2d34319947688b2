package walks

import (
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/web/desk/fields"
	webpaths "waypost/web/paths"
)

// forms are those of goals, steps, entries and check-ins.
func forms() []Scene {
	step := func(state, id string, form func(c Cast) fields.Form) Scene {
		return Scene{"path/step-form", state, "/path", func(c Cast) any { return webpaths.NewStepForm(c.path(6), id, form(c)) }}
	}
	entry := func(state, id string, form func(c Cast) fields.Form) Scene {
		return Scene{"path/entry", state, "/path/entries", func(c Cast) any { return webpaths.NewEntryForm(c.path(6), id, form(c)) }}
	}
	return []Scene{
		{"path/goal", "usual", "/path", func(c Cast) any {
			return webpaths.NewGoalView(c.path(6), fields.New("title", c.Text("Design the light for a show of my own"), "version", "1"))
		}},
		{"path/goal", "new", "/path", func(c Cast) any {
			p := c.path(6)
			p.Goals = p.Goals[:2]
			return webpaths.NewGoalView(p, refused(fields.New("title", endless+endless), fault("title", "field.too_long", "max", paths.MaxTitle)))
		}},
		{"path/goal", "occupation", "/path", func(c Cast) any {
			view := webpaths.NewGoalView(c.path(6), refused(fields.New("occupation", "desinger"), fault("occupation", "path.occupation_unknown")))
			view.Offers, view.Offered, view.Credit = true, []string{c.Text("lighting designer"), endless}, &problem.Message{Key: "exchange.occupations_credit"}
			return view
		}},
		{"path/goal", "offers", "/path", func(c Cast) any {
			view := webpaths.NewGoalView(c.path(6), fields.New("occupation", c.Text("lighting designer")))
			view.Offers = true
			return view
		}},
		{"path/goal", "looked up", "/path", func(c Cast) any {
			view := webpaths.NewGoalView(c.path(6), fields.New("occupation", c.Text("light"), "choice", endless))
			view.Offers, view.Looked, view.Offered = true, true, []string{c.Text("lighting designer"), endless}
			return view
		}},
		{"path/goal", "nothing found", "/path", func(Cast) any {
			view := webpaths.NewGoalView(paths.Path{}, fields.New("occupation", endless))
			view.Offers, view.Looked = true, true
			return view
		}},
		{"path/goal", "first", "/path", func(Cast) any { return webpaths.NewGoalView(paths.Path{}, fields.New()) }},
		{"path/start", "usual", "/path", func(c Cast) any {
			return webpaths.NewStartView(fields.New("steps.0.kind", "position", "steps.0.title", c.Text("Diploma in lighting")))
		}},
		{"path/start", "refused", "/path", func(Cast) any {
			return webpaths.NewStartView(refused(fields.New("steps.1.kind", "gig"), fault("steps.0.title", "path.title_missing"), fault("steps.1.start", "path.not_a_date", "value", "soon")))
		}},
		step("new", "", func(Cast) fields.Form { return fields.New("kind", "position", "cadence", "30") }),
		step("trial", "trial", func(c Cast) fields.Form {
			return fields.New("kind", "trial", "title", c.Text("Assistant programmer"), "cadence", "7", "ended_by", "left", "detour", "yes", "parent", "gigs", "per", "year", "expected.learning", "5", "version", "1")
		}),
		step("fortnightly", "gigs", func(Cast) fields.Form { return fields.New("kind", "gig", "cadence", "14", "per", "hour") }),
		step("refused", "", func(Cast) fields.Form {
			return refused(fields.New("kind", "gig", "title", "", "cadence", "0", "per", "month", "pay", "much"), fault("title", "path.title_missing"), fault("ended_by", "path.ended_without_end"),
				fault("kind", "path.kind_missing"), fault("parent", "field.unknown"), fault("pay", "path.not_a_number", "value", "much"))
		}),
		entry("new", "", func(Cast) fields.Form { return fields.New("kind", "learned", "date", "2026-11-02") }),
		entry("usual", "learned", func(c Cast) fields.Form {
			return fields.New("kind", "learned", "text", c.Text("Paperwork is a kindness to strangers"), "step", "trial", "led_to", "gigs", "date", "2026-07-01", "version", "1")
		}),
		entry("refused", "", func(Cast) fields.Form {
			return refused(fields.New("kind", "", "hours", "long"), fault("kind", "path.kind_missing"), fault("hours", "path.not_hours", "value", "long"), fault("step", "field.unknown"), fault("led_to", "field.unknown"))
		}),
		{"path/entries", "usual", "/path/entries", func(c Cast) any {
			return webpaths.NewEntriesView(c.path(6), "", "")
		}},
		{"path/entries", "kind", "/path/entries", func(c Cast) any {
			view := webpaths.NewEntriesView(c.path(6), string(paths.Application), "")
			view.List, view.Older = nil, "/path/entries?before=x"
			return view
		}},
		{"path/entries", "empty", "/path/entries", func(Cast) any { return webpaths.NewEntriesView(paths.Path{}, "", "") }},
		{"path/help", "usual", "/path/help", func(Cast) any { return webpaths.HelpView{} }},
	}
}

// checkInForms are those of check-ins and of what changed.
func checkInForms() []Scene {
	return []Scene{
		{"path/check-in-choice", "usual", "/path/check-in", func(c Cast) any { return webpaths.NewCheckInChoice(c.path(6), today) }},
		{"path/check-in-choice", "empty", "/path/check-in", func(Cast) any { return webpaths.NewCheckInChoice(paths.Path{}, today) }},
		{"path/check-in", "usual", "/path/check-in", func(c Cast) any { return c.checkIn(c.path(6), fields.New("day", today.String())) }},
		{"path/check-in", "refused", "/path/check-in", func(c Cast) any {
			return c.checkIn(paths.Path{}, refused(fields.New("day", today.String(), "changed", "yes", "answers.pay", "3"), fault("answers.learning", "path.nothing_answered"), fault("day", "path.day_ahead")))
		}},
		{"path/check-in", "again", "/path/check-in", func(c Cast) any {
			view := c.checkIn(c.path(6), fields.New("day", "2026-10-12", "version", "1"))
			view.Of, view.Fixed, view.Today = "c", true, false
			return view
		}},
		{"path/changed", "usual", "/path", func(c Cast) any {
			return webpaths.ChangeForm{Form: fields.New("day", today.String()), Step: c.path(6).Steps[2]}
		}},
		{"path/changed", "words", "/path", func(c Cast) any {
			return webpaths.ChangeForm{Form: fields.New("day", today.String(), "words", c.Text("I said so."), "version", "1"), Step: c.path(6).Steps[2], ID: "change"}
		}},
		{"path/changed", "refused", "/path", func(c Cast) any {
			return webpaths.ChangeForm{Form: refused(fields.New("day", "soon"), fault("words", "path.words_missing"), fault("day", "path.not_a_date", "value", "soon")), Step: c.path(6).Steps[2]}
		}},
	}
}

func (c Cast) checkIn(p paths.Path, form fields.Form) webpaths.CheckInForm {
	return webpaths.NewCheckInForm(p, c.path(6).Steps[2], today, today, form)
}
