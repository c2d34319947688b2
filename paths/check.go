package paths

import (
	"net/url"
	"slices"
	"unicode/utf8"

	"waypost/internal/currency"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths/checkins"
)

// What a path may hold. Texts are counted in characters.
const (
	MaxTitle     = 140
	MaxText      = 4000
	MaxSkills    = 8
	MaxSkill     = 60
	MaxGoals     = 100
	MaxSteps     = 300
	MaxEntries   = 10_000
	MaxChanges   = 500
	MaxCheckIns  = 20_000
	MaxDecisions = 200
	MaxLink      = 2000
	MaxMinutes   = 31 * 24 * 60
	MaxAmount    = 1_000_000_000_000 // minor units
)

// trialReview is how many days after its start a trial is looked at, where nothing else
// is said.
const trialReview = 90

func tooLong(f *problem.Fields, field, text string, most int) {
	if utf8.RuneCountInString(text) > most {
		f.Add(field, "field.too_long", "max", most)
	}
}

func tooMany(n, most int) error {
	if n < most {
		return nil
	}
	return problem.New(problem.Invalid, "path.too_many", "max", most)
}

// Check tells of the parts that a path cannot hold as they are, each by its place in the
// list of its kind. Without a today no day is ahead.
func (p Path) Check(today partdate.Date, tell func(kind Part, n int, err error)) {
	if err := p.count(); err != nil {
		tell(CheckInPart, 0, err)
	}
	at := map[Part]int{}
	for _, x := range p.parts() {
		if err := p.check(x, today); err != nil {
			tell(x.kind(), at[x.kind()], err)
		}
		at[x.kind()]++
	}
}

// check checks a part of a path that has it.
func (p Path) check(x part, today partdate.Date) error {
	switch x := x.(type) {
	case *Goal:
		return x.check()
	case *Step:
		return x.check(p)
	case *Entry:
		return x.check(p)
	case *CheckIn:
		return x.check(p, today)
	case *Change:
		return x.check(p, today)
	case *Decision:
		return x.check(p)
	}
	return nil
}

func (g Goal) check() error {
	var f problem.Fields
	tooLong(&f, "title", g.Title, MaxTitle)
	tooLong(&f, "why", g.Why, MaxText)
	tooLong(&f, "note", g.Note, MaxText)
	tooLong(&f, "occupation", g.Occupation, MaxLink)
	return f.Err()
}

func (s Step) check(p Path) error {
	var f problem.Fields
	if !slices.Contains(Kinds(), s.Kind) {
		f.Add("kind", "path.kind_missing")
	}
	if s.Title == "" {
		f.Add("title", "path.title_missing")
	}
	tooLong(&f, "title", s.Title, MaxTitle)
	tooLong(&f, "organization", s.Organization, MaxTitle)
	for field, text := range map[string]string{"had": s.Had, "expect": s.Expect, "stay_if": s.StayIf, "leave_if": s.LeaveIf} {
		tooLong(&f, field, text, MaxText)
	}
	s.checkDates(&f, p)
	if s.Workload < 0 || s.Workload > 100 {
		f.Add("workload", "path.workload_range")
	}
	if s.Pay != nil {
		s.Pay.check(&f)
	}
	if s.EndedBy != "" && (!slices.Contains(EndedByAll(), s.EndedBy) || s.Open()) {
		f.Add("ended_by", "path.ended_without_end")
	}
	if !slices.Contains([]Cadence{Never, Weekly, Fortnightly, Monthly}, s.Cadence) {
		f.Add("cadence", "field.unknown")
	}
	checkAnswers(&f, "expected", s.Expected)
	s.checkParent(&f, p)
	return f.Err()
}

func (s Step) checkDates(f *problem.Fields, p Path) {
	done, said := p.CheckInsOf(s.ID), p.ChangesOf(s.ID)
	for _, c := range done[:min(len(done), 1)] {
		said = append(said, Change{Day: c.Day})
	}
	switch {
	case s.Start.IsZero():
		f.Add("start", "path.start_missing")
	case !s.Open() && s.End.Last() < s.Start.First():
		f.Add("end", "path.end_before_start")
	case !s.Open() && len(done) > 0 && s.End.Last() < done[len(done)-1].Day.First():
		f.Add("end", "path.end_before_check_in", "day", done[len(done)-1].Day.String())
	case slices.ContainsFunc(said, func(c Change) bool { return c.Day.First() < s.Start.First() }):
		f.Add("start", "path.start_after_said")
	case !s.Open() && slices.ContainsFunc(said, func(c Change) bool { return c.Day.First() > s.End.Last() }):
		f.Add("end", "path.end_before_said")
	case !s.Review.IsZero() && s.Review.Last() < s.Start.First():
		f.Add("review", "path.review_before_start")
	}
	if !s.Review.IsZero() && s.Review.Precision() != partdate.Day {
		f.Add("review", "path.day_needed")
	}
}

// checkParent holds nesting to one deep.
func (s Step) checkParent(f *problem.Fields, p Path) {
	if s.Parent == "" {
		return
	}
	parent, ok := p.Step(s.Parent)
	switch {
	case !ok || s.Parent == s.ID:
		f.Add("parent", "field.unknown")
	case parent.Parent != "" || (s.ID != "" && len(p.Within(s.ID)) > 0):
		f.Add("parent", "path.nested_too_deep")
	}
}

func (y Pay) check(f *problem.Fields) {
	if y.Amount < 0 || y.Amount > MaxAmount {
		f.Add("pay", "path.amount")
	}
	if !currency.Valid(y.Currency) {
		f.Add("currency", "path.currency")
	}
	if !slices.Contains([]Per{PerHour, PerMonth, PerYear}, y.Per) {
		f.Add("per", "field.unknown")
	}
}

func checkAnswers(f *problem.Fields, field string, a checkins.Answers) {
	for i, answer := range a {
		if answer != checkins.Skipped && (answer < checkins.Lowest || answer > checkins.Highest) {
			f.Add(field+"."+checkins.Item(i).String(), "field.unknown")
		}
	}
}

func (x Entry) check(p Path) error {
	var f problem.Fields
	if !slices.Contains(EntryKinds(), x.Kind) {
		f.Add("kind", "path.kind_missing")
	}
	if x.Date.IsZero() {
		f.Add("date", "path.date_missing")
	}
	tooLong(&f, "text", x.Text, MaxText)
	if x.Minutes < 0 || x.Minutes > MaxMinutes {
		f.Add("hours", "path.hours_range")
	}
	if len(x.Skills) > MaxSkills {
		f.Add("skills", "field.too_many", "max", MaxSkills)
	}
	for _, skill := range x.Skills {
		tooLong(&f, "skills", skill, MaxSkill)
	}
	if _, ok := p.Step(x.Step); x.Step != "" && !ok {
		f.Add("step", "field.unknown")
	}
	if x.Evidence != "" && !webAddress(x.Evidence) {
		f.Add("evidence", "field.not_a_link", "value", x.Evidence)
	}
	x.checkLedTo(&f, p)
	return f.Err()
}

func (x Entry) checkLedTo(f *problem.Fields, p Path) {
	if x.LedTo == "" {
		return
	}
	_, entry := p.Entry(x.LedTo)
	_, step := p.Step(x.LedTo)
	if !entry && !step || x.LedTo == x.ID {
		f.Add("led_to", "field.unknown")
	}
}

func webAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && len(text) <= MaxLink && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

func (c CheckIn) check(p Path, today partdate.Date) error {
	step, ok := p.Step(c.Step)
	if !ok {
		return problem.New(problem.NotFound, "problem.not_found")
	}
	var f problem.Fields
	step.checkDay(&f, c.Day, today)
	checkAnswers(&f, "answers", c.Answers)
	tooLong(&f, "note", c.Note, MaxText)
	if c.Answers == (checkins.Answers{}) && !c.Changed && c.Note == "" {
		f.Add("answers.learning", "path.nothing_answered")
	}
	return f.Err()
}

func (c Change) check(p Path, today partdate.Date) error {
	step, ok := p.Step(c.Step)
	if !ok {
		return problem.New(problem.NotFound, "problem.not_found")
	}
	var f problem.Fields
	step.checkDay(&f, c.Day, today)
	tooLong(&f, "words", c.Words, MaxText)
	return f.Err()
}

// checkDay holds a day to those of the step that have come.
func (s Step) checkDay(f *problem.Fields, day, today partdate.Date) {
	switch {
	case day.Precision() != partdate.Day:
		f.Add("day", "path.day_needed")
	case !today.IsZero() && day.First() > today.First():
		f.Add("day", "path.day_ahead")
	case day.First() < s.Start.First() || !s.Open() && day.First() > s.End.Last():
		f.Add("day", "path.day_outside_step")
	}
}
