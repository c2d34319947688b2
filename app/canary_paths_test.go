package app_test

import (
	"waypost/internal/partdate"
	"waypost/paths"
	"waypost/paths/checkins"
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
	feed, err := a.Paths.NewFeed(a.t.Context(), member)
	must(err)
	brought, err := a.Paths.BringIn(a.t.Context(), member, "resume", paths.Path{Steps: []paths.Step{{Row: paths.Row{ID: "1"}, Kind: paths.Study, Title: word("what was brought in"), Start: on("2019")}}})
	must(err)
	for name, id := range map[string]string{"feed": feed, "import": brought, "goal": goal.ID, "step": step.ID, "entry": entry.ID, "change": change.ID, "removed": gone.ID} {
		a.ids[name+" of "+who] = id
	}
}

// walked are the parts of the two paths, each there for its member alone.
func (a *aviary) walked() []source {
	of := func(path, name string) source {
		list := []object{{"nobody's " + name, map[string]string{"id": "no-such-id", "kind": "step"}, nil, 0}}
		for _, who := range []string{ana, bo} {
			list = append(list, object{"the " + name + " of " + who, map[string]string{"id": a.ids[name+" of "+who], "kind": "step"}, []string{who}, 0})
		}
		return source{path, list}
	}
	return []source{of("/path/goal/{id}", "goal"), of("/path/steps/{id}", "step"), of("/path/entries/{id}", "entry"), of("/path/changes/{id}", "change"),
		of("/path/removed/{kind}/{id}", "removed"), of("/path/imports/{id}", "import"),
		{"/path/calendar/{token}", []object{{"the calendar of Ana, which opens to whoever has its address", map[string]string{"token": a.ids["feed of ana"]}, everybody, 0},
			{"no calendar", map[string]string{"token": "no-such-link"}, nil, 0}}}}
}
