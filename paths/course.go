package paths

import (
	"context"
	"fmt"
	"slices"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths/changes"
	"waypost/paths/checkins"
)

// muted is for how many check-ins a change that the member dismissed is not asked about.
const muted = 4

// commonDip is how many days a position is new: a fall within them is common (Boswell,
// Boudreau and Tichy 2005, J. Appl. Psychol. 90).
const commonDip = 365

// Course is what the check-ins on a step say.
type Course struct {
	CheckIns []checkins.CheckIn
	Clarity  []bool // by check-in: it asked for clarity, as no goal was known
	Starts   []int  // indexes of the first check-ins after confirmed changes, rising
	Overall  []checkins.Level
	Learning []checkins.Level

	// The last three beside those before, since the last confirmed change.
	Latest         checkins.Latest
	LatestLearning checkins.Latest
	Compared       bool // there are enough for Latest
	ComparedLearns bool // and for LatestLearning

	Finding *Finding // nil where nothing stands out, or too little is known to say
}

// Finding is a change that the check-ins show and the member has not answered.
type Finding struct {
	changes.Finding
	Detected bool          // else possible
	Day      partdate.Date // of the first check-in after it
	From, To partdate.Date // the check-ins that it lies between, give or take
	Moves    []changes.Move
	Clarity  bool // that of the last item is of clarity
	Dip      bool // a fall in the first year of a position: common
	Asks     bool // the member is asked; not while muted
}

// TooEarly reports that there are too few check-ins to see a change by numbers.
func (c Course) TooEarly() bool { return len(c.CheckIns)-c.since() < changes.Least }

// since is the index of the first check-in after the last confirmed change.
func (c Course) since() int {
	if n := len(c.Starts); n > 0 {
		return c.Starts[n-1]
	}
	return 0
}

// Course works out what the check-ins on a step say.
func (p Path) Course(s Step) (Course, error) {
	var c Course
	for _, x := range p.CheckInsOf(s.ID) {
		c.CheckIns, c.Clarity = append(c.CheckIns, checkins.CheckIn{Day: x.Day.First(), Answers: x.Answers}), append(c.Clarity, x.Clarity)
	}
	said := p.ChangesOf(s.ID)
	c.Starts = starts(c.CheckIns, said)
	if err := c.measure(); err != nil {
		return c, fmt.Errorf("measure check-ins: %w", err)
	}
	if err := c.find(s, said); err != nil {
		return c, fmt.Errorf("look for a change: %w", err)
	}
	return c, nil
}

// starts are where levels begin: at the first check-in on or after each confirmed change.
func starts(all []checkins.CheckIn, said []Change) []int {
	var list []int
	for _, x := range said {
		i := slices.IndexFunc(all, func(c checkins.CheckIn) bool { return c.Day >= x.Day.First() })
		if x.State == Confirmed && i > 0 && !slices.Contains(list, i) {
			list = append(list, i)
		}
	}
	slices.Sort(list)
	return list
}

func (c *Course) measure() (err error) {
	if c.Overall, err = checkins.Overall.Levels(c.CheckIns, c.Starts); err != nil {
		return err
	}
	if c.Learning, err = checkins.LearningAndGrowth.Levels(c.CheckIns, c.Starts); err != nil {
		return err
	}
	recent := c.CheckIns[c.since():]
	if c.Latest, c.Compared, err = checkins.Overall.Latest(recent); err != nil {
		return err
	}
	c.LatestLearning, c.ComparedLearns, err = checkins.LearningAndGrowth.Latest(recent)
	return err
}

func (c *Course) find(s Step, said []Change) error {
	recent := c.CheckIns[c.since():]
	seen, err := changes.Look(recent)
	if err != nil || !seen.Possible() {
		return err
	}
	from, to, ok := seen.Around(recent)
	if !ok {
		return nil
	}
	moves, err := changes.Moves(recent[seen.Window:seen.Split], recent[seen.Split:])
	if err != nil {
		return err
	}
	asked := c.Clarity[c.since()+seen.Window:]
	clarity := slices.Contains(asked, true)
	moves = slices.DeleteFunc(moves, func(m changes.Move) bool { // two statements, of which one came after the other
		return m.Item == checkins.Goal && clarity && slices.Contains(asked, false)
	})
	day := recent[seen.Split].Day
	c.Finding = &Finding{Finding: seen, Detected: seen.Detected(), Day: day.Date(), From: from.Date(), To: to.Date(), Moves: moves, Clarity: clarity,
		Dip:  s.Kind == Position && seen.After < seen.Before && day-s.Start.First() <= commonDip,
		Asks: asks(said, len(c.CheckIns))}
	return nil
}

// asks reports whether the member wants to be asked about a change: not for some
// check-ins after they said that it was none, and not before the next when they
// postponed it.
func asks(said []Change, now int) bool {
	return !slices.ContainsFunc(said, func(x Change) bool {
		return x.State == Dismissed && now < x.Seen+muted || x.State == Postponed && now <= x.Seen
	})
}

// AnswerChange keeps what the member says of the change that the check-ins on a step
// show: yes with words, not really, or later.
func (s *Service) AnswerChange(ctx context.Context, member, step string, state ChangeState, words string) error {
	return s.change(ctx, member, func(e *Edit, _ kept) error {
		of, ok := e.Path.Step(step)
		if !ok {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		course, err := e.Path.Course(of)
		if err != nil {
			return err
		}
		f := course.Finding
		if f == nil || !slices.Contains([]ChangeState{Confirmed, Dismissed, Postponed}, state) {
			return problem.New(problem.Conflict, "path.change_not_seen")
		}
		for _, x := range e.Path.ChangesOf(step) {
			if x.State == Postponed {
				e.remove(&x)
			}
		}
		x := Change{Step: step, Day: f.Day, Source: Found, State: state, Words: words, Curve: f.Curve.String(), Before: f.Before, After: f.After, Seen: len(course.CheckIns)}
		if err := x.check(e.Path, e.Today); err != nil {
			return err
		}
		e.put(&x)
		return nil
	})
}
