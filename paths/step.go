package paths

import (
	"context"

	"waypost/internal/partdate"
)

// SaveStep keeps a step, a new one (without an ID) or a changed one. A trial without a
// review date gets one.
func (s *Service) SaveStep(ctx context.Context, member string, given Step) (step Step, err error) {
	err = s.change(ctx, member, func(e *Edit, _ kept) error {
		step = given
		if step.Kind == Trial && step.Review.IsZero() && !step.Start.IsZero() {
			step.Review = (step.Start.First() + trialReview).Date()
		}
		if step.ID != "" {
			old, err := current(e.Path.Steps, step.Row)
			if err != nil {
				return err
			}
			step.Made, step.Import = old.Made, old.Import
		} else if err := tooMany(len(e.Path.Steps), MaxSteps); err != nil {
			return err
		}
		if err := step.check(e.Path); err != nil {
			return err
		}
		e.put(&step)
		return nil
	})
	return step, err
}

// EndStep ends a step that is going on.
func (s *Service) EndStep(ctx context.Context, member string, at Row, end partdate.Date, by EndedBy) error {
	return s.change(ctx, member, func(e *Edit, _ kept) error {
		step, err := current(e.Path.Steps, at)
		if err != nil {
			return err
		}
		step.End, step.EndedBy = end, by
		if err := step.check(e.Path); err != nil {
			return err
		}
		e.put(&step)
		return nil
	})
}

// RemoveStep takes a step away with its check-ins and changes; its entries and decisions
// stay, of no step.
func (s *Service) RemoveStep(ctx context.Context, member string, at Row) error {
	return s.change(ctx, member, func(e *Edit, _ kept) error {
		step, err := current(e.Path.Steps, at)
		if err != nil {
			return err
		}
		for _, c := range e.Path.CheckInsOf(step.ID) {
			e.remove(&c)
		}
		for _, c := range e.Path.ChangesOf(step.ID) {
			e.remove(&c)
		}
		e.remove(&step)
		return nil
	})
}
