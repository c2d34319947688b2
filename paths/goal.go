package paths

import (
	"context"

	"waypost/internal/problem"
)

// SaveGoal keeps a goal, a new one (without an ID) or another wording of one. It refuses a
// new one while another is active.
func (s *Service) SaveGoal(ctx context.Context, member string, given Goal) (g Goal, err error) {
	err = s.change(ctx, member, func(e *Edit, _ kept) error {
		g = given
		if err := g.check(); err != nil {
			return err
		}
		if g.ID != "" {
			old, err := current(e.Path.Goals, g.Row)
			if err != nil {
				return err
			}
			g.State, g.Note, g.ReplacedBy, g.Made, g.Import = old.State, old.Note, old.ReplacedBy, old.Made, old.Import
			e.put(&g)
			return nil
		}
		if err := tooMany(len(e.Path.Goals), MaxGoals); err != nil {
			return err
		}
		if _, active := e.Path.Goal(); active {
			return problem.New(problem.Conflict, "path.goal_active")
		}
		g.State = GoalActive
		e.put(&g)
		if n := len(e.Path.Goals); n > 1 {
			if last := e.Path.Goals[n-2]; last.ReplacedBy == "" {
				last.ReplacedBy = g.ID
				e.put(&last)
			}
		}
		return nil
	})
	return g, err
}

// EndGoal says that the active goal was reached or let go, with a note.
func (s *Service) EndGoal(ctx context.Context, member string, at Row, state GoalState, note string) error {
	return s.change(ctx, member, func(e *Edit, _ kept) error {
		g, err := current(e.Path.Goals, at)
		if err != nil {
			return err
		}
		if g.State != GoalActive || (state != GoalReached && state != GoalLetGo) {
			return problem.New(problem.Conflict, "path.goal_ended")
		}
		g.State, g.Note = state, note
		if err := g.check(); err != nil {
			return err
		}
		e.put(&g)
		return nil
	})
}

// ResumeGoal makes a goal that was ended the active one again.
func (s *Service) ResumeGoal(ctx context.Context, member string, at Row) error {
	return s.change(ctx, member, func(e *Edit, _ kept) error {
		g, err := current(e.Path.Goals, at)
		if err != nil {
			return err
		}
		if _, active := e.Path.Goal(); active {
			return problem.New(problem.Conflict, "path.goal_active")
		}
		g.State, g.ReplacedBy = GoalActive, ""
		e.put(&g)
		return nil
	})
}
