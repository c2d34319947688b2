package walks

import (
	"slices"
	"time"

	"waypost/paths"
	"waypost/web/desk/fields"
	"waypost/web/paths/ways"
	"waypost/web/render"
)

// decision is one between three ways, all scores there.
func (c Cast) decision() paths.Decision {
	must := []string{c.Text("Home by six twice a week"), c.Text("A desk of my own")}
	d := paths.Decision{Row: row("open"), Question: c.Text("Stay, or design the two-hander?"), Step: "trial", Horizon: 24, State: paths.DecisionOpen, MustHaves: must, Currency: "EUR", Reference: 240000,
		Criteria: []paths.Criterion{{Key: "pay", Rank: 3}, {Key: "learning", Rank: 1, Zero: c.Text("I carry cases"), Ten: c.Text("A show of my own")}, {Key: "happiness", Rank: 1}, {Key: "own", Name: c.Text("Evenings"), Rank: 2}}}
	for i, name := range []string{c.Text("Stay as is"), c.Text("A detour"), endless} {
		at := float64(3 + 2*i)
		d.Options = append(d.Options, paths.Option{Name: name, Met: map[string]paths.Met{must[0]: paths.MetYes}, Scores: map[string]paths.Score{
			"pay": {Low: 8 - at, Likely: 9 - at, High: 9.5 - at}, "learning": {Low: at - 2, Likely: at, High: at + 1}, "happiness": {Low: at, Likely: at, High: at}, "own": {Low: 1, Likely: 5, High: 7.5}}})
	}
	d.Options[1].Phases, d.Options[1].OneOff = []paths.Phase{{Months: 6, Pay: 180050}, {Months: 3, Pay: 200000}}, 90000
	d.Options[2].Met[must[0]] = paths.MetNo
	d.Options[2].Phases = []paths.Phase{{Months: 2, Pay: 300000}}
	return d
}

// asked is a decision with what came out.
func asked(d paths.Decision, outcomes ...paths.Outcome) paths.Decision {
	for i := range outcomes {
		outcomes[i].Name = d.Options[i].Name
	}
	d.Hope = d.Options[0].Name
	d.Result = &paths.Result{Method: 1, Made: time.Date(2026, time.November, 1, 18, 0, 0, 0, time.UTC), Criteria: d.Criteria, MustHaves: d.MustHaves, Options: d.Options, Outcomes: outcomes}
	return d
}

func (c Cast) decided(d paths.Decision, state paths.DecisionState) paths.Decision {
	d.State, d.Chosen, d.Decided = state, d.Options[1].Name, date("2026-05-02")
	d.Looks = []paths.Look{{Due: date("2026-07-02"), Expected: paths.Felt{Learning: 4, Goal: 5}}, {Due: date("2026-11-02"), Expected: paths.Felt{Learning: 5}}}
	return d
}

// decisionPage is the page of a decision in a state.
func decisionPage(state string, content func(c Cast) (paths.Decision, fields.Form)) Scene {
	return Scene{"path/decision", state, "/path", func(c Cast) any {
		d, form := content(c)
		p := c.path(6)
		p.Decisions = append(p.Decisions, paths.Decision{Row: row("copy"), Question: c.Text("Once more?"), CopyOf: "open"})
		return ways.NewView(p, d, today, form, render.Charts(c.Words))
	}}
}

// alike is what comes out of two ways that are much alike.
func alike() []paths.Outcome {
	return []paths.Outcome{{ShareBest: 0.55, Low: 4, High: 6, Mean: 5, Regret: 0.4}, {ShareBest: 0.45, Low: 4, High: 7, Mean: 5.4, Regret: 0.5}}
}

// decisions are the pages of a decision.
func decisions() []Scene { return slices.Concat(openDecisions(), endedDecisions(), decisionForms()) }

func openDecisions() []Scene {
	return []Scene{
		decisionPage("usual", func(c Cast) (paths.Decision, fields.Form) {
			return asked(c.decision(), paths.Outcome{ShareBest: 0.2, Low: 2, High: 5, Mean: 3.6, Regret: 2}, paths.Outcome{ShareBest: 0.8, Low: 4, High: 6, Mean: 5, Regret: 0.2}), fields.Form{}
		}),
		decisionPage("close", func(c Cast) (paths.Decision, fields.Form) {
			d := c.decision()
			d.Options[0].Scores["learning"] = paths.Score{Low: 4.5, Likely: 5, High: 6}
			d.Options[0].Scores["happiness"] = paths.Score{Low: 4, Likely: 4.5, High: 6}
			d.Options, d.Step, d.CopyOf = d.Options[:2], "", "decided"
			d = asked(d, alike()...)
			d.Horizon = 12
			d.ToSay = c.Text("That I want to design, not carry.")
			d.Options = append([]paths.Option{}, d.Options...)
			d.Options[1].Phases = []paths.Phase{{Months: 12, Pay: 100000}}
			d.Options[1].Name = c.Text("Stay and ask for a change")
			return d, fields.Form{}
		}),
		decisionPage("only", func(c Cast) (paths.Decision, fields.Form) {
			d := c.decision()
			d.Options = d.Options[1:]
			d = asked(d, paths.Outcome{ShareBest: 1, Low: 2, High: 5, Mean: 3.6})
			d.Hope = ""
			return d, fields.Form{}
		}),
		decisionPage("clear", func(c Cast) (paths.Decision, fields.Form) {
			d := c.decision()
			d.MustHaves = nil
			for i := range d.Options {
				for key := range d.Options[i].Scores {
					d.Options[i].Scores[key] = paths.Score{Low: float64(9 * i / 2), Likely: float64(9 * i / 2), High: float64(9 * i / 2)}
				}
			}
			d = asked(d, paths.Outcome{Low: 0, High: 1, Regret: 8}, paths.Outcome{ShareBest: 0.04, Low: 4, High: 5, Mean: 4.5, Regret: 4}, paths.Outcome{ShareBest: 0.96, Low: 8, High: 9.5, Mean: 9})
			return d, fields.Form{}
		}),
		decisionPage("begun", func(c Cast) (paths.Decision, fields.Form) {
			d := c.decision()
			delete(d.Options[0].Scores, "pay")
			d.Options[1].Phases, d.Options[1].OneOff = nil, 0
			return d, refused(fields.New("chosen", d.Options[1].Name, "confidence", "very"), fault("confidence", "path.not_a_number", "value", "very"), fault("chosen", "path.chosen_missing"), fault("score.0.0", "path.score_missing"))
		}),
		decisionPage("ready", func(c Cast) (paths.Decision, fields.Form) { return c.decision(), fields.Form{} }),
		decisionPage("fresh", func(c Cast) (paths.Decision, fields.Form) {
			d := c.decision()
			d.MustHaves = nil
			for i := range d.Options {
				d.Options[i] = paths.Option{Name: d.Options[i].Name}
			}
			return d, fields.Form{}
		}),
	}
}

func endedDecisions() []Scene {
	return []Scene{
		decisionPage("decided", func(c Cast) (paths.Decision, fields.Form) {
			d := c.decided(asked(c.decision(), alike()...), paths.DecisionDecided)
			d.Looks[0].Found, d.Looks[0].At, d.Looks[0].Note = paths.Felt{Learning: 2, Happiness: 3}, date("2026-07-03"), c.Text("Less than I thought.")
			d.Confidence, d.Reason = 70, c.Text("I learned what I came for.")
			d.Result.Options = nil
			delete(d.Options[0].Scores, "pay")
			return d, fields.Form{}
		}),
		decisionPage("reviewed", func(c Cast) (paths.Decision, fields.Form) {
			d := c.decided(c.decision(), paths.DecisionReviewed)
			d.Looks = append(d.Looks, paths.Look{Due: date("2027-05-02")})
			for i := range d.Looks {
				d.Looks[i].At = date("2026-11-02")
			}
			return d, fields.Form{}
		}),
		decisionPage("dropped", func(c Cast) (paths.Decision, fields.Form) {
			d := c.decision()
			d.State = paths.DecisionDropped
			return d, fields.Form{}
		}),
	}
}

func decisionForms() []Scene {
	form := func(state, part string, of func(c Cast) (paths.Decision, fields.Form)) Scene {
		return Scene{"path/decision-form", state, "/path", func(c Cast) any {
			d, form := of(c)
			if form.Values == nil {
				form = ways.Kept(c.path(6), d)
			}
			return ways.NewForm(c.path(6), d, part, form)
		}}
	}
	kept := func(c Cast) (paths.Decision, fields.Form) { return c.decision(), fields.Form{} }
	wrong := func(d paths.Decision, faults ...string) (paths.Decision, fields.Form) {
		f := ways.Kept(paths.Path{}, d)
		for i := 0; i+1 < len(faults); i += 2 {
			f = refused(f, append(f.Faults, fault(faults[i], faults[i+1], "value", "x"))...)
		}
		return d, f
	}
	return []Scene{
		form("new", "ways", func(c Cast) (paths.Decision, fields.Form) {
			return paths.Decision{}, fields.New("option.0", c.Text("Stay as is"), "step", "trial", "horizon", "24")
		}),
		form("refused", "ways", func(c Cast) (paths.Decision, fields.Form) {
			d := c.decision()
			d.Options[1].Name = d.Options[0].Name
			return wrong(d, "question", "path.question_missing", "option.1", "path.named_twice", "step", "field.unknown", "must_haves", "path.named_twice", "form", "problem.invalid")
		}),
		form("matters", "matters", kept),
		form("matters-refused", "matters", func(c Cast) (paths.Decision, fields.Form) {
			return wrong(c.decision(), "rank.7", "path.rank_missing", "criteria", "path.criteria_count")
		}),
		form("scores", "scores", kept),
		form("scores-refused", "scores", func(c Cast) (paths.Decision, fields.Form) {
			d := c.decision()
			d.MustHaves = nil
			return wrong(d, "score.1.0", "path.score_order")
		}),
		form("pay", "pay", kept),
		form("pay-refused", "pay", func(c Cast) (paths.Decision, fields.Form) {
			return wrong(c.decision(), "months.0.0", "path.not_a_number", "currency", "path.currency")
		}),
	}
}
