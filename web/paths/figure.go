package paths

import (
	"strings"

	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/stories/trails"
	"waypost/web/messages"
	"waypost/web/trail"
)

// Drawn is a path as its trail shows it: steps with what was learned, check-ins, changes
// and decisions. courses are those of the steps that have check-ins, by the step's ID.
func Drawn(p paths.Path, courses map[string]paths.Course, c *messages.Catalog) trail.Own {
	goal, _ := p.Goal()
	own := trail.Own{Trail: trails.Trail{Version: trails.TrailVersion, Goal: goal.Title}}
	for _, s := range p.Steps {
		own.Trail.Steps = append(own.Trail.Steps, drawnStep(p, s))
		if course, ok := courses[s.ID]; ok {
			own.Curves = append(own.Curves, curve(s.ID, course))
			if f := course.Finding; f != nil {
				own.Found = append(own.Found, trail.Found{Step: s.ID, From: f.From.First(), To: f.To.First(), Detected: f.Detected, Words: movedMost(f, c)})
			}
		}
		if s.Open() && !s.Review.IsZero() {
			own.Reviews = append(own.Reviews, trail.Review{Step: s.ID, Date: s.Review})
		}
	}
	for _, c := range p.Changes {
		if c.State == paths.Confirmed {
			own.Trail.Changes = append(own.Trail.Changes, trails.Change{Date: c.Day, Step: c.Step, Words: c.Words})
		}
	}
	for _, d := range p.Decisions {
		if d.Chosen != "" {
			own.Forks = append(own.Forks, fork(d))
		}
	}
	return own
}

// movedMost says what fell or rose most.
func movedMost(f *paths.Finding, c *messages.Catalog) string {
	moves := f.Moves
	if len(moves) == 0 {
		return ""
	}
	tenth := func(v float64) string { return strings.Replace(decimal(v), ".", c.T("trail.decimal"), 1) }
	key := "path.rose"
	if moves[0].By() < 0 {
		key = "path.fell"
	}
	return c.T(key, "item", c.T(itemName(int(moves[0].Item), f.Clarity)), "before", tenth(moves[0].Before), "after", tenth(moves[0].After))
}

func drawnStep(p paths.Path, s paths.Step) trails.Step {
	drawn := trails.Step{ID: s.ID, Kind: trails.StepKind(s.Kind), Title: s.Title, Start: s.Start, End: s.End, Parent: s.Parent, Detour: s.Detour, EndedBy: trails.EndedBy(s.EndedBy)}
	if s.Organization != "" {
		drawn.Organization = trails.Organization{Shown: trails.Named, Text: s.Organization}
	}
	for _, x := range p.EntriesOf(s.ID) {
		if x.Kind == paths.Learned && x.Text != "" && len(drawn.Learned) < trails.MaxLearned {
			drawn.Learned = append(drawn.Learned, x.Text)
		}
	}
	return drawn
}

func curve(step string, c paths.Course) trail.Curve {
	out := trail.Curve{Step: step}
	for _, p := range checkins.Overall.Points(c.CheckIns) {
		out.Dots = append(out.Dots, trail.Dot{Day: c.CheckIns[p.At].Day, Value: p.Value})
	}
	for _, l := range c.Overall {
		out.Levels = append(out.Levels, trail.Level{From: c.CheckIns[l.From].Day, To: c.CheckIns[l.To].Day, Mean: l.Mean, Margin: l.Margin})
	}
	return out
}

func fork(d paths.Decision) trail.Fork {
	f := trail.Fork{Step: d.Step, Date: d.Decided, Question: d.Question, Chosen: d.Chosen}
	for _, o := range d.Options {
		if o.Name != d.Chosen {
			f.NotTaken = append(f.NotTaken, o.Name)
		}
	}
	return f
}

// Courses are what the check-ins say, by step.
func Courses(p paths.Path) (map[string]paths.Course, error) {
	byStep := map[string]paths.Course{}
	for _, c := range p.CheckIns {
		if _, done := byStep[c.Step]; done {
			continue
		}
		s, _ := p.Step(c.Step)
		course, err := p.Course(s)
		if err != nil {
			return nil, err
		}
		byStep[c.Step] = course
	}
	return byStep, nil
}
