package community_test

import (
	"slices"
	"testing"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
)

func TestStepsAreLeftAndTakenUpAgain(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		left := func() (steps []community.Step) {
			k.View(t, func(tx *db.Tx) (err error) {
				steps, err = k.Community.LeftSteps(tx)
				return err
			})
			return steps
		}
		leave := func(step community.Step, leave bool) error {
			return k.DB.Update(t.Context(), func(tx *db.Tx) error { return k.Community.LeaveStep(tx, step, leave) })
		}
		if got := left(); len(got) != 0 {
			t.Errorf("left at first: %v", got)
		}
		for _, step := range []community.Step{community.StepPeople, community.StepBlog, community.StepBlog} {
			if err := leave(step, true); err != nil {
				t.Error(err)
			}
		}
		if got := left(); !slices.Equal(got, []community.Step{community.StepBlog, community.StepPeople}) {
			t.Errorf("left: %v", got)
		}
		if err := leave(community.StepBlog, false); err != nil || !slices.Equal(left(), []community.Step{community.StepPeople}) {
			t.Errorf("taken up again: %v, %v", left(), err)
		}
		for _, step := range []community.Step{community.StepLook, "elsewhere"} {
			if err := leave(step, true); !problem.Is(err, problem.NotFound) {
				t.Errorf("leaving %s: %v", step, err)
			}
		}
	})
}
