package app_test

import (
	"waypost/internal/partdate"
	"waypost/paths"
	"waypost/paths/checkins"
	duedays "waypost/paths/feeds"
)

// walk keeps a path of Ana's and one of Bo's, with a canary in all that they write. In the
// database nothing of it stands in the clear, so nobody else may find it anywhere.
func (a *aviary) walk() {
	for _, who := range []string{ana, bo} {
		a.keepPath(who)
	}
}

func (a *aviary) keepPath(who string) {
	a.t.Helper()
	word := func(what string) string { return a.word(what+" on the path of "+who, []string{who}) }
	member := a.ids[who]
	must := func(err error) {
		a.t.Helper()
		if err != nil {
			a.t.Fatal(err)
		}
	}
	on := func(text string) partdate.Date {
		d, err := partdate.Parse(text)
		must(err)
		return d
	}
	goal, err := a.Paths.SaveGoal(a.t.Context(), member, paths.Goal{Title: word("a goal"), Why: word("why")})
	must(err)
	step, err := a.Paths.SaveStep(a.t.Context(), member, paths.Step{Kind: paths.Trial, Title: word("a step"), Organization: word("where"), Start: on("2026-01"), Cadence: paths.Weekly,
		Had: word("what was brought"), Expect: word("what is expected"), StayIf: word("stay if"), LeaveIf: word("leave if")})
	must(err)
	entry, err := a.Paths.SaveEntry(a.t.Context(), member, paths.Entry{Kind: paths.Learned, Date: on("2026-02"), Text: word("an entry"), Skills: []string{word("a skill")}, Step: step.ID})
	must(err)
	_, err = a.Paths.SaveCheckIn(a.t.Context(), member, paths.CheckIn{Step: step.ID, Day: on("2026-03-01"), Answers: checkins.Answers{1, 2, 3}, Note: word("a note")})
	must(err)
	_, err = a.Paths.SaveStep(a.t.Context(), member, paths.Step{Kind: paths.Study, Title: word("another step"), Start: on("2025")})
	must(err)
	change, err := a.Paths.DeclareChange(a.t.Context(), member, paths.Change{Step: step.ID, Day: on("2026-03-02"), Words: word("a change")})
	must(err)
	gone, err := a.Paths.SaveStep(a.t.Context(), member, paths.Step{Kind: paths.Gig, Title: word("what was removed"), Start: on("2020")})
	must(err)
	must(a.Paths.RemoveStep(a.t.Context(), member, gone.Row))
	feed, err := (&duedays.Service{DB: a.App.DB}).New(a.t.Context(), member)
	must(err)
	brought, err := a.Paths.BringIn(a.t.Context(), member, "resume", "", paths.Path{Steps: []paths.Step{{Row: paths.Row{ID: "1"}, Kind: paths.Study, Title: word("what was brought in"), Start: on("2019")}}})
	must(err)
	for name, id := range map[string]string{"feed": feed, "decision": a.keepDecision(member, step, word), "import": brought, "goal": goal.ID, "step": step.ID, "entry": entry.ID, "change": change.ID, "removed": gone.ID} {
		a.ids[name+" of "+who] = id
	}
}

// keepDecision keeps a decision that was taken and looked back on.
func (a *aviary) keepDecision(member string, step paths.Step, word func(string) string) string {
	a.t.Helper()
	must := func(err error) {
		a.t.Helper()
		if err != nil {
			a.t.Fatal(err)
		}
	}
	decision := paths.NewDecision(step.ID)
	decision.Question, decision.MustHaves = word("a question"), []string{word("a must-have")}
	decision.Criteria[0].Zero, decision.Criteria[0].Ten = word("what 0 is"), word("what 10 is")
	decision.Criteria = append(decision.Criteria, paths.Criterion{Key: "own", Name: word("what matters"), Rank: 1})
	for _, name := range []string{word("a way"), word("another way")} {
		o := paths.Option{Name: name, Scores: map[string]paths.Score{}}
		for _, c := range decision.Criteria {
			o.Scores[c.Key] = paths.Score{Low: 1, Likely: 2, High: 3}
		}
		decision.Options = append(decision.Options, o)
	}
	decision, err := a.Paths.SaveDecision(a.t.Context(), member, decision)
	must(err)
	now := func() paths.Row {
		decision.Version++
		return paths.Row{ID: decision.ID, Version: decision.Version - 1}
	}
	must(a.Paths.Ask(a.t.Context(), member, now(), decision.Options[1].Name))
	must(a.Paths.Decide(a.t.Context(), member, now(), paths.Choice{Chosen: decision.Options[0].Name, Reason: word("a reason")}))
	must(a.Paths.Converse(a.t.Context(), member, now(), word("what to say"), word("what was said")))
	return decision.ID
}

// walked are the parts of the two paths, each there for its member alone.
func (a *aviary) walked() []source {
	of := func(path, name string) source {
		list := []object{{"nobody's " + name, map[string]string{"id": "no-such-id", "kind": "step", "n": "1"}, nil, 0}}
		for _, who := range []string{ana, bo} {
			list = append(list, object{"the " + name + " of " + who, map[string]string{"id": a.ids[name+" of "+who], "kind": "step", "n": "1"}, []string{who}, 0})
		}
		return source{path, list}
	}
	return []source{of("/path/goal/{id}", "goal"), of("/path/steps/{id}", "step"), of("/path/entries/{id}", "entry"), of("/path/changes/{id}", "change"), of("/path/decisions/{id}", "decision"),
		of("/path/removed/{kind}/{id}", "removed"), of("/path/imports/{id}", "import"),
		{"/path/calendar/{token}", []object{{"the calendar of Ana, which opens to whoever has its address", map[string]string{"token": a.ids["feed of ana"]}, everybody, 0},
			{"no calendar", map[string]string{"token": "no-such-link"}, nil, 0}}}}
}
