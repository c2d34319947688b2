package demo_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/demo"
	"waypost/internal/partdate"
	"waypost/paths"
	"waypost/paths/exchange/document"
	"waypost/stories/trails"
)

// today is after every day that the sample's texts name.
var today = time.Date(2026, time.November, 2, 9, 30, 0, 0, time.UTC)

func pathOf(t *testing.T, handle string, now time.Time) paths.Path {
	t.Helper()
	p, err := demo.PathOf(handle, now)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPathBehindTheStory holds a private path against the trail that its member's story
// shows: all of that is in it, and more.
func TestPathBehindTheStory(t *testing.T) {
	document, err := os.ReadFile("content/stories/01-when-the-dream-job-was-not-the-dream.trail.json")
	if err != nil {
		t.Fatal(err)
	}
	shown, err := trails.ParseTrail(document)
	if err != nil {
		t.Fatal(err)
	}
	p := pathOf(t, "tamsin-oyelaran", today)
	if g, ok := p.Goal(); !ok || g.Title != shown.Goal {
		t.Errorf("the goal is %q, in the story %q", g.Title, shown.Goal)
	}
	for _, s := range shown.Steps {
		step, ok := p.Step(s.ID)
		if !ok {
			t.Errorf("there is no step %s", s.ID)
			continue
		}
		of := trails.Step{ID: step.ID, Kind: trails.StepKind(step.Kind), Title: step.Title, Organization: s.Organization, Start: step.Start, End: step.End,
			Parent: step.Parent, Detour: step.Detour, EndedBy: trails.EndedBy(step.EndedBy)}
		if s.Organization.Shown == trails.Named {
			of.Organization.Text = step.Organization
		}
		for _, e := range p.EntriesOf(step.ID) {
			if e.Kind == paths.Learned && slices.Contains(s.Learned, e.Text) {
				of.Learned = append(of.Learned, e.Text)
			}
		}
		slices.Sort(of.Learned)
		slices.Sort(s.Learned)
		if want := s; !slices.Equal(of.Learned, want.Learned) || of.Title != want.Title || of.Kind != want.Kind || of.Start != want.Start || of.End != want.End ||
			of.Parent != want.Parent || of.Detour != want.Detour || of.EndedBy != want.EndedBy || of.Organization != want.Organization {
			t.Errorf("the step is\n%+v\nin the story\n%+v", of, want)
		}
	}
	for _, c := range shown.Changes {
		if !slices.ContainsFunc(p.Changes, func(x paths.Change) bool {
			return x.Step == c.Step && x.Day == c.Date && x.Words == c.Words && x.Source == paths.Declared && x.State == paths.Confirmed
		}) {
			t.Errorf("the path does not say that %s", c.Words)
		}
	}
	if len(p.Steps) <= len(shown.Steps) || len(p.Entries) < 40 || len(p.Decisions) == 0 {
		t.Errorf("it holds no more than the story shows: %d steps, %d entries, %d decisions", len(p.Steps), len(p.Entries), len(p.Decisions))
	}
}

// TestPathOfTheHours holds what the story counts against what was written down.
func TestPathOfTheHours(t *testing.T) {
	p := pathOf(t, "tamsin-oyelaran", today)
	minutes, before := 0, 0
	for _, e := range p.EntriesOf("doors") {
		if e.ID == "led" {
			before = minutes
		}
		if e.Kind == paths.Event {
			minutes += e.Minutes
		}
	}
	if minutes != 312*60 || before < 190*60 || before > 195*60 {
		t.Errorf("%d minutes at events, %d of them before the cloakroom", minutes, before)
	}
	led, _ := p.Entry("led")
	coat, _ := p.Entry(led.LedTo)
	if coat.LedTo != "trial" {
		t.Errorf("the talk led to %q, and that to %q", led.LedTo, coat.LedTo)
	}
}

// TestPathsSayWhatIsClaimed reads the check-ins and decisions as My path does.
func TestPathsSayWhatIsClaimed(t *testing.T) {
	course := func(handle, step string) (paths.Path, paths.Course) {
		p := pathOf(t, handle, today)
		s, ok := p.Step(step)
		if !ok {
			t.Fatalf("%s has no step %s", handle, step)
		}
		c, err := p.Course(s)
		if err != nil {
			t.Fatal(err)
		}
		return p, c
	}
	p, c := course("tamsin-oyelaran", "trial")
	if len(c.CheckIns) != 11 || len(c.Learning) != 2 || c.Learning[1].Mean > c.Learning[0].Mean-1 || c.Finding != nil {
		t.Errorf("the trial reads %+v", c)
	}
	d := p.Decisions[0]
	if best := slices.MaxFunc(d.Result.Outcomes, func(a, b paths.Outcome) int { return int(1e6 * (a.ShareBest - b.ShareBest)) }); best.Name != d.Chosen || best.ShareBest > 0.7 || len(d.Result.Outcomes) != 3 {
		t.Errorf("the decision was no close call, as its reason says: %+v", d.Result.Outcomes)
	}
	if len(d.Looks) != 2 || d.Looks[0].At.IsZero() || !d.Looks[1].At.IsZero() || !strings.Contains(d.Said, "forty people") {
		t.Errorf("of the decision is kept %+v, %q", d.Looks, d.Said)
	}

	p, c = course("shanice-amoah", "clocks")
	if f := c.Finding; len(c.CheckIns) != 16 || len(p.Changes) != 0 || f == nil || !f.Detected || !f.Asks || f.Dip || f.After > f.Before {
		t.Errorf("the clocks read %+v, %+v", c, c.Finding)
	}
	if g, _ := p.Goal(); g.State != paths.GoalActive || g.Title != "" {
		t.Errorf("the goal is %+v", g)
	}

	p, c = course("sunniva-rao", "harbour")
	if d := p.Decisions[0]; len(c.CheckIns) != 2 || d.State != paths.DecisionOpen || len(d.Missing()) == 0 || d.Result != nil {
		t.Errorf("the harbour reads %+v, %+v", c, d)
	}
	if !slices.ContainsFunc(p.Goals, func(g paths.Goal) bool { return g.State == paths.GoalLetGo && g.Note != "" }) {
		t.Errorf("no goal was let go: %+v", p.Goals)
	}
}

// TestPathsAtAnyTime starts the sample on many days: nothing lies ahead of any, and who
// is in mid-story is there on each.
func TestPathsAtAnyTime(t *testing.T) {
	for _, now := range []time.Time{time.Date(2025, time.August, 10, 3, 0, 0, 0, time.UTC), time.Date(2026, time.June, 19, 12, 0, 0, 0, time.UTC),
		time.Date(2026, time.July, 16, 8, 0, 0, 0, time.UTC), today, today.AddDate(0, 0, 1), today.AddDate(0, 0, 2), today.AddDate(0, 0, 3),
		today.AddDate(0, 0, 4), today.AddDate(0, 0, 5), today.AddDate(0, 0, 6), time.Date(2028, time.February, 29, 23, 59, 0, 0, time.UTC)} {
		for _, handle := range []string{"tamsin-oyelaran", "shanice-amoah", "sunniva-rao"} {
			p := pathOf(t, handle, now)
			for _, ahead := range ahead(p, now) {
				t.Errorf("%s: on %s there is already %s", handle, now, ahead)
			}
		}
		p := pathOf(t, "sunniva-rao", now)
		trial, _ := p.Step("harbour")
		done := p.CheckInsOf("harbour")
		on := partdate.DayOf(now)
		if in := on - trial.Start.First(); in < 16 || in > 25 || len(done) != 2 || paths.NextCheckIn(trial, done, on.Date()) <= on {
			t.Errorf("on %s the trial is %d days old and has %d check-ins", now, in, len(done))
		}
	}
}

// ahead lists what of a path lies after a time.
func ahead(p paths.Path, now time.Time) (list []string) {
	note := func(r paths.Row, dates ...partdate.Date) {
		for _, d := range dates {
			if d.First() > partdate.DayOf(now) && !d.IsZero() {
				list = append(list, r.ID+" of "+d.String())
			}
		}
		if r.ID == "" || r.Made.IsZero() || r.Made.After(now) {
			list = append(list, r.ID+" made "+r.Made.String())
		}
	}
	for _, x := range p.Goals {
		note(x.Row)
	}
	for _, x := range p.Steps {
		note(x.Row, x.Start, x.End)
	}
	for _, x := range p.Entries {
		note(x.Row, x.Date)
	}
	for _, x := range p.CheckIns {
		note(x.Row, x.Day)
	}
	for _, x := range p.Changes {
		note(x.Row, x.Day)
	}
	for _, x := range p.Decisions {
		note(x.Row, x.Decided)
		for _, look := range x.Looks {
			note(x.Row, look.At)
		}
	}
	return list
}

// TestPathsGoOutAndIn writes every path as the file that its member takes along, and
// reads it.
func TestPathsGoOutAndIn(t *testing.T) {
	for _, handle := range []string{"tamsin-oyelaran", "shanice-amoah", "sunniva-rao"} {
		p := pathOf(t, handle, today)
		out, err := document.Write(p)
		if err != nil {
			t.Fatal(err)
		}
		read, err := document.Read(out)
		if err != nil {
			t.Fatalf("%s: %v", handle, err)
		}
		if again, err := document.Write(read); err != nil || !bytes.Equal(again, out) {
			t.Errorf("%s comes back as\n%s\n%v", handle, again, err)
		}
	}
}
