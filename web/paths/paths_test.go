package paths

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"waypost/internal/partdate"
	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/paths/exchange"
	"waypost/paths/exchange/document"
	"waypost/web/desk/fields"
	"waypost/web/messages"
	"waypost/web/render"
)

func date(t *testing.T, text string) partdate.Date {
	t.Helper()
	d, err := partdate.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func row(id string) paths.Row {
	return paths.Row{ID: id, Version: 1, Made: time.Date(2026, time.January, 1, 9, 0, 0, 0, time.UTC)}
}

// TestQuarters: hours by kind, what led to something, the latest quarter first.
func TestQuarters(t *testing.T) {
	t.Parallel()
	list := []paths.Entry{
		{Kind: paths.Event, Date: date(t, "2025-03-31"), Minutes: 120}, {Kind: paths.Event, Date: date(t, "2025-04-01"), Minutes: 90, LedTo: "x"},
		{Kind: paths.Learned, Date: date(t, "2025-06"), LedTo: "x"}, {Kind: paths.Practice, Date: date(t, "2026"), Minutes: 45},
	}
	var got []string
	for _, q := range Quarters(list) {
		got = append(got, fmt.Sprintf("%d of %s: %v %d %d", q.Number, q.YearText(), q.Kinds(), q.Entries, q.Led))
	}
	want := []string{"1 of 2026: [{path.entry.practice 0:45}] 1 0", "2 of 2025: [{path.entry.event 1:30}] 2 2", "1 of 2025: [{path.entry.event 2}] 1 0"}
	if !slices.Equal(got, want) {
		t.Errorf("quarters %q, want %q", got, want)
	}
}

// TestOverviewSaysWhatIsDue: a check-in by its cadence, a review, a look back; not what is
// ahead, nor what has ended.
func TestOverviewSaysWhatIsDue(t *testing.T) {
	t.Parallel()
	p := paths.Path{
		Steps: []paths.Step{
			{Row: row("late"), Kind: paths.Trial, Title: "Late", Start: date(t, "2026-01-01"), Review: date(t, "2026-05-01"), Cadence: paths.Weekly},
			{Row: row("ended"), Kind: paths.Trial, Title: "Ended", Start: date(t, "2026-01-01"), End: date(t, "2026-02"), Review: date(t, "2026-03-01"), Cadence: paths.Weekly},
			{Row: row("fresh"), Kind: paths.Position, Title: "Fresh", Start: date(t, "2026-04-30"), Review: date(t, "2026-09-01"), Cadence: paths.Monthly},
			{Row: row("never"), Kind: paths.Study, Title: "Never", Start: date(t, "2020")},
		},
		Decisions: []paths.Decision{{Row: row("d"), Question: "Stay?", State: paths.DecisionDecided, Looks: []paths.Look{{Due: date(t, "2026-04-01")}, {Due: date(t, "2026-08-01")}}}},
	}
	var got []string
	for _, d := range NewOverview(p, nil, nil, date(t, "2026-05-04")).Due {
		got = append(got, d.Label+" "+d.Title+" "+d.On.String())
	}
	want := []string{"path.due.check_in Late 2026-01-08", "path.due.review Late 2026-05-01", "path.due.look Stay? 2026-04-01"}
	if !slices.Equal(got, want) {
		t.Errorf("due %q, want %q", got, want)
	}
}

// TestChosen: only what is ticked, check-ins with their step, and a role goes to the step
// that the path has where its own is not ticked.
func TestChosen(t *testing.T) {
	t.Parallel()
	have := paths.Path{Steps: []paths.Step{{Row: row("here"), Kind: paths.Position, Title: "Editor", Organization: "A paper", Start: date(t, "2020")}}}
	list := paths.Path{
		Steps: []paths.Step{{Row: row("1"), Kind: paths.Position, Title: "editor", Organization: "A  Paper", Start: date(t, "2020-05")},
			{Row: row("2"), Kind: paths.Position, Title: "Junior", Parent: "1", Start: date(t, "2020-05")}, {Row: row("3"), Kind: paths.Study, Title: "Course", Start: date(t, "2019")}},
		Entries:  []paths.Entry{{Row: row("4"), Kind: paths.Learned, Date: date(t, "2020"), Text: "a", Step: "3"}, {Row: row("5"), Kind: paths.Learned, Date: date(t, "2020"), Text: "b"}},
		CheckIns: []paths.CheckIn{{Step: "2", Day: date(t, "2021-01-01")}, {Step: "3", Day: date(t, "2021-01-01")}},
	}
	rows := NewImportList(exchange.Found{Source: "linkedin", Items: items(list)}, have).Rows
	if !rows[0].Twice || rows[0].Ticked || !rows[1].Ticked || !rows[1].Within {
		t.Errorf("rows %+v", rows)
	}
	got := chosen(list, []string{"2", "4", "forged"}, have)
	if len(got.Steps) != 1 || got.Steps[0].Parent != "here" || len(got.Entries) != 1 || got.Entries[0].Step != "" || len(got.CheckIns) != 1 || got.CheckIns[0].Step != "2" {
		t.Errorf("chosen %+v", got)
	}
}

// TestOwnPathAgain: of a path that is brought in where it came from nothing is ticked,
// however far a decision went since, and a new decision about a step of it finds that step.
func TestOwnPathAgain(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, 1, 9, 8, 0, 0, 123e6, time.UTC)
	decided := func(id, copyOf string, made time.Time) paths.Decision {
		return paths.Decision{Row: paths.Row{ID: id, Made: made}, Question: "Stay?", Step: "s", Horizon: 24, State: paths.DecisionOpen, CopyOf: copyOf,
			Criteria: []paths.Criterion{{Key: "learning", Rank: 1}}, Options: []paths.Option{{Name: "Stay"}, {Name: "Leave"}}}
	}
	had := paths.Path{Version: paths.PathVersion,
		Goals:     []paths.Goal{{Row: row("g"), Title: "A bench of my own", State: paths.GoalActive}},
		Steps:     []paths.Step{{Row: row("s"), Kind: paths.Trial, Title: "Trial", Start: date(t, "2026-01-01"), Goal: "g"}},
		Entries:   []paths.Entry{{Row: row("e"), Kind: paths.Learned, Date: date(t, "2026-02"), Text: "To plane", Step: "s"}},
		CheckIns:  []paths.CheckIn{{Row: row("c"), Step: "s", Day: date(t, "2026-02-01"), Answers: checkins.Answers{3}}},
		Changes:   []paths.Change{{Row: row("x"), Step: "s", CheckIn: "c", Day: date(t, "2026-02-01"), Source: paths.Declared, State: paths.Confirmed}},
		Decisions: []paths.Decision{decided("d", "", began), decided("again", "d", began.Add(time.Hour))}}
	file, err := document.Write(had)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := document.ReadOn(file, date(t, "2026-05-04"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	have := had.Renewed(func() string { n++; return fmt.Sprint("own", n) })
	d := &have.Decisions[0]
	d.Question, d.State, d.Decided, d.Chosen, d.Looks = "stay? ", paths.DecisionReviewed, date(t, "2026-03-01"), "Stay", []paths.Look{{Due: date(t, "2026-05-01")}}
	view := newWholeList(whole, have)
	if len(view.Rows) != 5 {
		t.Errorf("%d rows", len(view.Rows))
	}
	for _, r := range view.Rows {
		if !r.Twice || r.Ticked {
			t.Errorf("%s %q is taken again", r.Label, r.Title)
		}
	}
	whole.Decisions = append(whole.Decisions, decided("new", "d", began.Add(48*time.Hour)))
	view = newWholeList(whole, have)
	if last := view.Rows[5]; last.Twice || !last.Ticked {
		t.Errorf("another decision: %+v", last)
	}
	got := chosen(whole.Clone(), []string{"new"}, have)
	if len(got.Decisions) != 1 || got.Decisions[0].Step != have.Steps[0].ID || got.Decisions[0].CopyOf != d.ID || len(got.CheckIns)+len(got.Changes)+len(got.Steps) != 0 {
		t.Errorf("chosen %+v", got)
	}
}

// TestPaid: a step says what it pays, as its reader's language writes numbers.
func TestPaid(t *testing.T) {
	t.Parallel()
	all, err := messages.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := paths.Step{Row: row("s"), Kind: paths.Trial, Title: "Trial", Start: date(t, "2026-01-01")}
	for _, c := range []struct {
		language string
		pay      *paths.Pay
		want     string
	}{
		{"en", &paths.Pay{Amount: 2_800_050, Currency: "EUR", Per: paths.PerMonth}, "Pay, seen by you alone: 28,000.50 EUR a month"},
		{"de", &paths.Pay{Amount: 2_800_050, Currency: "EUR", Per: paths.PerYear}, "Lohn, nur für dich zu sehen: 28.000,50 EUR im Jahr"},
		{"en", &paths.Pay{Amount: 1_200, Currency: "JPY", Per: paths.PerHour}, "Pay, seen by you alone: 1,200 JPY an hour"},
		{"en", nil, ""},
	} {
		s.Pay = c.pay
		view, err := NewStepView(paths.Path{Steps: []paths.Step{s}}, s, date(t, "2026-05-04"), fields.New())
		if err != nil {
			t.Fatal(err)
		}
		view.Draw(render.Charts(all[c.language]))
		got := ""
		if view.Paid != nil {
			got = all[c.language].T(view.Paid.Key, view.Paid.Args...)
		}
		if got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestFirstDay: what was expected stands beside the mean of the last three check-ins, and
// at least one less is said to be less.
func TestFirstDay(t *testing.T) {
	t.Parallel()
	s := paths.Step{Row: row("s"), Kind: paths.Trial, Title: "Trial", Start: date(t, "2026-01-01"), Review: date(t, "2026-04-01"),
		Expected: checkins.Answers{5, 4, 0, 3}}
	p := paths.Path{Steps: []paths.Step{s}}
	for i, learning := range []int{5, 4, 4, 3} {
		p.CheckIns = append(p.CheckIns, paths.CheckIn{Step: "s", Day: (date(t, "2026-01-08").First() + partdate.Days(7*i)).Date(), Answers: checkins.Answers{learning, 4, 2}})
	}
	view, err := NewStepView(p, s, date(t, "2026-05-04"), fields.New())
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(view.First.Rows); !view.First.Due || got != "[{path.name.learning 5 3.7 true} {path.name.growth 4 4.0 false} {path.name.workload 3  false}]" {
		t.Errorf("first day %v, due %v", got, view.First.Due)
	}
}

// TestClarityAndGoal: before a goal is known clarity is asked for, and each of the two has
// what was answered to it: then and now, its curve, and its name in a list.
func TestClarityAndGoal(t *testing.T) {
	t.Parallel()
	words, err := messages.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := paths.Step{Row: row("s"), Kind: paths.Trial, Title: "Trial", Start: date(t, "2026-01-01"), Expected: checkins.Answers{checkins.Goal: 4}, Clarity: true}
	p := paths.Path{Steps: []paths.Step{s}}
	for i, clarity := range []bool{true, true, true, false} {
		p.CheckIns = append(p.CheckIns, paths.CheckIn{Step: "s", Day: (date(t, "2026-01-08").First() + partdate.Days(7*i)).Date(), Answers: checkins.Answers{checkins.Goal: 2 + i}, Clarity: clarity})
	}
	seen := func() (rows, lines, named string) {
		view, err := NewStepView(p, s, date(t, "2026-05-04"), fields.New())
		if err != nil {
			t.Fatal(err)
		}
		view.Draw(render.Charts(words["en"]))
		for _, l := range view.More {
			if l.Mean != "" {
				lines += l.Short + " " + l.Mean + ", "
			}
		}
		for _, c := range view.CheckedIn {
			named += fmt.Sprint(c.Answered)
		}
		return fmt.Sprint(view.First.Rows), lines, named
	}
	rows, lines, named := seen()
	if rows != "[{path.name.no_goal 4 3.5 false}]" || lines != "path.name.goal 5.0, path.name.no_goal 3.0, " || named != "[{path.name.goal 5}][{path.name.no_goal 4}][{path.name.no_goal 3}][{path.name.no_goal 2}]" {
		t.Errorf("clarity was expected: then and now %s, curves %s, check-ins %s", rows, lines, named)
	}
	s.Clarity = false
	if rows, _, _ := seen(); rows != "[{path.name.goal 4 5.0 false}]" {
		t.Errorf("the goal was expected: then and now %s", rows)
	}
	for i := range p.CheckIns {
		p.CheckIns[i].Clarity = true
	}
	if rows, lines, _ := seen(); rows != "[{path.name.goal 4  false}]" || lines != "path.name.no_goal 3.5, " {
		t.Errorf("only clarity was asked for: then and now %s, curves %s", rows, lines)
	}
	known := paths.Path{Goals: []paths.Goal{{Row: row("g"), Title: "A museum", State: paths.GoalActive}}, Steps: []paths.Step{s}, CheckIns: p.CheckIns}
	for what, got := range map[string]string{
		"path.item.no_goal": NewCheckInForm(known, s, p.CheckIns[0].Day, date(t, "2026-05-04"), fields.New()).Items[checkins.Goal].Statement(), // as it was asked that day
		"path.item.goal":    NewCheckInForm(known, s, date(t, "2026-05-04"), date(t, "2026-05-04"), fields.New()).Items[checkins.Goal].Statement(),
	} {
		if got != what {
			t.Errorf("asked is %s, want %s", got, what)
		}
	}
	if got := NewStepForm(paths.Path{}, "", fields.New()); got.Items[checkins.Goal].Statement() != "path.item.no_goal" || got.Asked != "no_goal" {
		t.Errorf("without a goal a step asks %+v", got.Items[checkins.Goal])
	}
}
