package document_test

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/paths/exchange"
	"waypost/paths/exchange/document"
)

// drawn makes random paths.
type drawn struct {
	t *rapid.T
	n int
}

func (d *drawn) row() paths.Row {
	d.n++
	r := paths.Row{ID: "r" + strconv.Itoa(d.n)}
	if rapid.Bool().Draw(d.t, "made") {
		r.Made = time.Unix(rapid.Int64Range(0, 4e9).Draw(d.t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(d.t, "nanoseconds")).UTC()
	}
	return r
}

// text is any text that is clean, up to a length.
func (d *drawn) text(most int, least int) string {
	text := exchange.Clean(rapid.StringN(least, most/4, -1).Draw(d.t, "text"))
	if text = strings.ReplaceAll(text, "\n", " "); strings.TrimSpace(text) == "" && least > 0 {
		return "x"
	}
	return text
}

func (d *drawn) lines() string {
	return d.text(200, 0) + rapid.SampledFrom([]string{"", "\n\n\n<b> & \"quotes\"\n  - x  ", "\t"}).Draw(d.t, "lines")
}

func (d *drawn) date() partdate.Date {
	year, month := rapid.IntRange(1, 9999).Draw(d.t, "year"), rapid.IntRange(0, 12).Draw(d.t, "month")
	day := 0
	if month > 0 {
		day = rapid.IntRange(0, 28).Draw(d.t, "day")
	}
	date, err := partdate.Of(year, month, day)
	if err != nil {
		d.t.Fatal(err)
	}
	return date
}

func (d *drawn) day() partdate.Date { return d.date().First().Date() }

// maybe draws one of the IDs, or none.
func (d *drawn) maybe(ids []string) string {
	return rapid.SampledFrom(append([]string{""}, ids...)).Draw(d.t, "reference")
}

func (d *drawn) answers() (a checkins.Answers) {
	for i := range a {
		a[i] = rapid.IntRange(0, 5).Draw(d.t, "answer")
	}
	return a
}

func (d *drawn) some() int { return rapid.IntRange(0, 3).Draw(d.t, "some") }

func (d *drawn) path() paths.Path {
	p := paths.Path{Version: paths.PathVersion}
	var goals, steps, top, things, decided []string
	for n := range d.some() {
		g := paths.Goal{Row: d.row(), Title: d.text(140, 0), Why: d.lines(), Horizon: d.date(), State: paths.GoalLetGo, Note: d.lines(), ReplacedBy: d.maybe(goals)}
		if n == 0 {
			g.State, g.Occupation, g.Horizon = paths.GoalActive, "http://data.europa.eu/esco/occupation/0", partdate.Date{}
		}
		p.Goals, goals = append(p.Goals, g), append(goals, g.ID)
	}
	for range d.some() + d.some() {
		s := d.step(top, goals)
		p.Steps, steps, things = append(p.Steps, s), append(steps, s.ID), append(things, s.ID)
		if s.Parent == "" {
			top = append(top, s.ID)
		}
	}
	for range d.some() {
		e := paths.Entry{Row: d.row(), Kind: rapid.SampledFrom(paths.EntryKinds()).Draw(d.t, "kind"), Date: d.date(), Text: d.lines(),
			Minutes: rapid.IntRange(0, paths.MaxMinutes).Draw(d.t, "minutes"), Step: d.maybe(steps), LedTo: d.maybe(things), Evidence: rapid.SampledFrom([]string{"", "https://example.org/a?b=c#d"}).Draw(d.t, "evidence")}
		for range d.some() {
			e.Skills = append(e.Skills, d.text(60, 1))
		}
		p.Entries, things = append(p.Entries, e), append(things, e.ID)
	}
	for _, s := range p.Steps {
		step, day := s.ID, s.Start.Last().Date()
		if (s.Open() || day.First() <= s.End.Last()) && rapid.Bool().Draw(d.t, "answered") {
			p.CheckIns = append(p.CheckIns, paths.CheckIn{Row: d.row(), Step: step, Day: day, Answers: d.answers(), Changed: true, Note: d.lines()})
			p.Changes = append(p.Changes, paths.Change{Row: d.row(), Step: step, Day: day, Source: paths.Found, State: paths.Postponed, Words: d.lines(),
				Curve: "learning", Before: rapid.Float64Range(1, 5).Draw(d.t, "before"), After: rapid.Float64Range(1, 5).Draw(d.t, "after"), Seen: d.some()})
		}
	}
	for range d.some() {
		x := d.decision(steps, decided)
		p.Decisions, decided = append(p.Decisions, x), append(decided, x.ID)
	}
	return p
}

func (d *drawn) step(top, goals []string) paths.Step {
	s := paths.Step{Row: d.row(), Kind: rapid.SampledFrom(paths.Kinds()).Draw(d.t, "kind"), Title: d.text(140, 1), Organization: d.text(140, 0),
		Parent: d.maybe(top), Start: d.date(), Had: d.lines(), Expect: d.lines(), StayIf: d.lines(), LeaveIf: d.lines(), Goal: d.maybe(goals),
		Workload: rapid.IntRange(0, 100).Draw(d.t, "workload"), Detour: rapid.Bool().Draw(d.t, "detour"), Cadence: rapid.SampledFrom([]paths.Cadence{0, 7, 14, 30}).Draw(d.t, "cadence")}
	if end := d.date(); end.Last() >= s.Start.First() {
		s.End, s.EndedBy = end, rapid.SampledFrom(paths.EndedByAll()).Draw(d.t, "ended")
	}
	if s.Start.Year() < 9999 && rapid.Bool().Draw(d.t, "more") {
		s.Pay = &paths.Pay{Amount: rapid.Int64Range(0, paths.MaxAmount).Draw(d.t, "amount"), Currency: "NOK", Per: paths.PerMonth}
		s.Expected, s.Review = d.answers(), (s.Start.Last() + 90).Date()
	}
	return s
}

func (d *drawn) decision(steps, decided []string) paths.Decision {
	felt := paths.Felt{Learning: 5, Goal: 1}
	x := paths.Decision{Row: d.row(), Question: d.text(140, 1), Step: d.maybe(steps), Horizon: 24, State: paths.DecisionDropped, CopyOf: d.maybe(decided), Currency: "EUR",
		Reference: -7, Hope: d.text(50, 0), Chosen: d.text(50, 0), Reason: d.lines(), Confidence: 80, Decided: d.date(), ToSay: d.lines(), Said: d.lines(),
		Looks: []paths.Look{{Due: d.day(), Expected: felt, Note: d.lines()}, {Due: d.day(), Found: felt, At: d.date()}}}
	for n := range d.some() + 1 {
		x.Criteria = append(x.Criteria, paths.Criterion{Key: fmt.Sprint("k", n), Name: d.text(50, 1), Rank: n + 1, Zero: d.text(100, 0)})
		x.MustHaves = append(x.MustHaves, fmt.Sprint(n, d.text(50, 0)))
	}
	for n := range d.some() + 2 {
		o := paths.Option{Name: fmt.Sprint(n, d.text(50, 0)), OneOff: -3}
		if rapid.Bool().Draw(d.t, "scored") {
			scores := []float64{rapid.Float64Range(0, 10).Draw(d.t, "score"), rapid.Float64Range(0, 10).Draw(d.t, "score"), rapid.Float64Range(0, 10).Draw(d.t, "score")}
			slices.Sort(scores)
			o.Scores = map[string]paths.Score{x.Criteria[0].Key: {Low: scores[0], Likely: scores[1], High: scores[2]}}
			o.Met = map[string]paths.Met{x.MustHaves[0]: paths.MetUnknown}
			o.Phases = []paths.Phase{{Months: 3, Pay: 4}}
		}
		x.Options = append(x.Options, o)
	}
	if rapid.Bool().Draw(d.t, "result") {
		x.Result = &paths.Result{Method: 1, Made: time.Unix(rapid.Int64Range(0, 4e9).Draw(d.t, "seconds"), 0).UTC(), Criteria: x.Criteria, MustHaves: slices.Clone(x.MustHaves), Options: x.Options,
			Outcomes: []paths.Outcome{{Name: "a", ShareBest: rapid.Float64Range(0, 1).Draw(d.t, "share"), Low: -1, High: 9.5, Mean: 0.1, Regret: 2}}}
	}
	return x
}

// TestOutAndIn writes random paths and reads them: they are the same, and are written the
// same again.
func TestOutAndIn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := (&drawn{t: t}).path()
		out, err := document.Write(p)
		if err != nil {
			t.Fatal(err)
		}
		got, err := document.Read(out)
		if err != nil {
			t.Fatalf("%v %+v in\n%s", err, faults(err), out)
		}
		if !reflect.DeepEqual(got, p) {
			t.Fatalf("came back as\n%+v\nexpected\n%+v", got, p)
		}
		again, err := document.Write(got)
		if err != nil || string(again) != string(out) {
			t.Fatalf("is written as\n%s\nand then as\n%s", out, again)
		}
	})
}

func faults(err error) []problem.Field {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p.Fields
	}
	return nil
}

func load(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
