package paths

import (
	"context"
	"slices"
	"time"

	"waypost/internal/problem"
	"waypost/paths/checkins"
)

// editable is how long the answers of a check-in may be changed; its note may be always.
const editable = 7 * 24 * time.Hour

// Editable reports whether the answers of a check-in may still be changed.
func (c CheckIn) Editable(now time.Time) bool { return now.Sub(c.Made) < editable }

// CheckInOn finds the check-in on a step of a day.
func (p Path) CheckInOn(step string, c CheckIn) (CheckIn, bool) {
	i := slices.IndexFunc(p.CheckIns, func(x CheckIn) bool { return x.Step == step && x.Day == c.Day })
	if i < 0 {
		return CheckIn{}, false
	}
	return p.CheckIns[i], true
}

// SaveCheckIn keeps a check-in. A second one on a day and step, of the version that the
// first has, changes it: its
// answers for seven days, after that its note alone. That something changed is declared
// by it and confirmed at once.
func (s *Service) SaveCheckIn(ctx context.Context, member string, given CheckIn) (c CheckIn, err error) {
	err = s.change(ctx, member, func(e *Edit, _ kept) error {
		c = given
		old, again := e.Path.CheckInOn(c.Step, c)
		if again {
			if given.Version != old.Version {
				return problem.New(problem.Conflict, "path.changed_meanwhile")
			}
			c.Row = old.Row
			if !old.Editable(e.Now) {
				c.Answers, c.Clarity, c.Changed = old.Answers, old.Clarity, old.Changed
			}
		} else if err := tooMany(len(e.Path.CheckInsOf(c.Step)), checkins.Most); err != nil {
			return err
		}
		if err := c.check(e.Path, e.Today); err != nil {
			return err
		}
		e.put(&c)
		e.declare(c)
		return nil
	})
	return c, err
}

// declare keeps the change that a check-in declares, and takes it away where it declares
// none any more. What the member declared apart from it stays as it is.
func (e *Edit) declare(c CheckIn) {
	i := slices.IndexFunc(e.Path.Changes, func(x Change) bool { return x.CheckIn == c.ID })
	switch {
	case c.Changed && i < 0:
		e.put(&Change{Step: c.Step, Day: c.Day, Source: Declared, State: Confirmed, Words: c.Note, CheckIn: c.ID})
	case c.Changed && e.Path.Changes[i].Words != c.Note && c.Note != "":
		x := e.Path.Changes[i]
		x.Words = c.Note
		e.put(&x)
	case !c.Changed && i >= 0:
		x := e.Path.Changes[i]
		e.remove(&x)
	}
}

// RemoveCheckIn takes a check-in away, and the change that it declared.
func (s *Service) RemoveCheckIn(ctx context.Context, member string, at Row) error {
	return s.change(ctx, member, func(e *Edit, _ kept) error {
		c, err := current(e.Path.CheckIns, at)
		if err != nil {
			return err
		}
		e.remove(&c)
		c.Changed = false
		e.declare(c)
		return nil
	})
}

// DeclareChange keeps what the member says of a step: that something changed on a day.
func (s *Service) DeclareChange(ctx context.Context, member string, given Change) (c Change, err error) {
	err = s.change(ctx, member, func(e *Edit, _ kept) error {
		c = given
		if c.ID != "" {
			old, err := current(e.Path.Changes, c.Row)
			if err != nil {
				return err
			}
			words := c.Words
			c = old
			c.Words = words
		} else {
			c.Source, c.State = Declared, Confirmed
			if err := tooMany(len(e.Path.Changes), MaxChanges); err != nil {
				return err
			}
		}
		if c.Words == "" {
			var f problem.Fields
			f.Add("words", "path.words_missing")
			return f.Err()
		}
		if err := c.check(e.Path, e.Today); err != nil {
			return err
		}
		e.put(&c)
		return nil
	})
	return c, err
}

// RemoveChange takes a change away: the levels on both sides are one again.
func (s *Service) RemoveChange(ctx context.Context, member string, at Row) error {
	return s.change(ctx, member, func(e *Edit, _ kept) error {
		c, err := current(e.Path.Changes, at)
		if err != nil {
			return err
		}
		e.remove(&c)
		return nil
	})
}
