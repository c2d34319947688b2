package paths_test

import (
	"testing"
	"time"

	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/checkins"
)

// TestBroughtBackFits: steps lie within another one deep, whatever is brought back, and what
// was moved meanwhile stays where it is.
func TestBroughtBackFits(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		into := func(title, parent string) paths.Step {
			s, err := k.SaveStep(t.Context(), ann, paths.Step{Kind: paths.Position, Title: title, Start: date(t, "2025"), Parent: parent})
			must(t, err)
			return s
		}
		move := func(id, parent string) {
			s, _ := k.path(t, ann).Step(id)
			s.Parent = parent
			_, err := k.SaveStep(t.Context(), ann, s)
			must(t, err)
		}
		remove := func(id string) {
			s, _ := k.path(t, ann).Step(id)
			must(t, k.RemoveStep(t.Context(), ann, s.Row))
		}
		back := func(id string) { t.Helper(); must(t, k.BringBack(t.Context(), ann, paths.StepPart, id)) }
		lies := func(what, id, parent string) {
			t.Helper()
			p := k.path(t, ann)
			s, ok := p.Step(id)
			if !ok || s.Parent != parent {
				t.Errorf("%s lies within %q, not %q", what, s.Parent, parent)
			}
			for _, s := range p.Steps {
				if parent, _ := p.Step(s.Parent); parent.Parent != "" {
					t.Errorf("%s: %q lies two deep", what, s.Title)
				}
			}
		}
		house, whole := into("House", ""), into("Whole", "")
		role := into("Role", house.ID)

		remove(house.ID)
		back(house.ID)
		lies("a role of what was brought back", role.ID, house.ID)

		remove(role.ID)
		move(house.ID, whole.ID)
		back(role.ID)
		lies("a role whose parent lies within another now", role.ID, whole.ID)

		move(role.ID, "")
		move(house.ID, "")
		move(role.ID, house.ID)
		remove(house.ID)
		task := into("Task", role.ID)
		back(house.ID)
		lies("a role that others were put into", role.ID, "")
		lies("what was put into it", task.ID, role.ID)
		remove(task.ID)
		lies("the role once nothing is in it", role.ID, "")

		move(role.ID, house.ID)
		remove(role.ID)
		move(house.ID, whole.ID)
		remove(house.ID)
		back(role.ID)
		lies("a role whose parent was removed", role.ID, "")
		back(house.ID)
		lies("its parent, within another", house.ID, whole.ID)
		lies("the role that stood without it", role.ID, "")
	})
}

// TestBroughtBackUnfit: what does not fit any more is not brought back, and says so.
func TestBroughtBackUnfit(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := k.step(t, ann, "Agency", "2026-01")
		first := k.checkIn(t, ann, s.ID, 3)
		must(t, k.RemoveCheckIn(t.Context(), ann, first.Row))
		second := k.checkIn(t, ann, s.ID, 4)
		refused := func(what string) {
			t.Helper()
			if err := k.BringBack(t.Context(), ann, paths.CheckInPart, first.ID); faults(err) != problem.Conflict.String()+" path.back_unfit" {
				t.Errorf("%s: %v", what, err)
			}
		}
		refused("a second check-in of a day")
		must(t, k.RemoveCheckIn(t.Context(), ann, second.Row))
		k.Ground.Clock.Advance(24 * time.Hour)
		s.Start = k.today(t)
		_, err := k.SaveStep(t.Context(), ann, s)
		must(t, err)
		refused("a check-in from before its step")
		if p := k.path(t, ann); len(p.CheckIns) != 0 {
			t.Errorf("kept %+v", p.CheckIns)
		}
		s, _ = k.path(t, ann).Step(s.ID)
		s.Start = date(t, "2026-01")
		_, err = k.SaveStep(t.Context(), ann, s)
		must(t, err)
		must(t, k.BringBack(t.Context(), ann, paths.CheckInPart, first.ID))
		if p := k.path(t, ann); len(p.CheckIns) != 1 || p.CheckIns[0].Answers[checkins.Learning] != 3 {
			t.Errorf("brought back %+v", p.CheckIns)
		}
	})
}
