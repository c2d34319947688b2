package community

import (
	"fmt"
	"slices"

	"waypost/internal/db"
	"waypost/internal/problem"
)

// Step is one thing that a new community's owner is led through.
type Step string

// The steps, in their order.
const (
	StepLook    Step = "look"    // name and look
	StepBlog    Step = "blog"    // bring a blog, or not
	StepMail    Step = "mail"    // letters that go out
	StepAddress Step = "address" // of the owner
	StepPeople  Step = "people"  // invite people
	StepKeep    Step = "keep"    // a copy of the key, and a first backup
)

// Steps are all steps in their order.
func Steps() []Step { return []Step{StepLook, StepBlog, StepMail, StepAddress, StepPeople, StepKeep} }

// guideLeft begins the names under which the database remembers what was left.
const guideLeft = "guide-left-"

// LeftSteps are the steps that an owner has chosen to leave. They can be found again
// and taken at any time; whether one is done is not for this to say.
func (s *Service) LeftSteps(tx *db.Tx) ([]Step, error) {
	var keys []string
	for _, step := range Steps() {
		keys = append(keys, guideLeft+string(step))
	}
	in, args := db.In(1, keys)
	names, err := db.List(tx, db.Value[string], `SELECT name FROM instance WHERE name IN `+in, args...)
	if err != nil {
		return nil, fmt.Errorf("read which steps were left: %w", err)
	}
	var left []Step
	for _, step := range Steps() {
		if slices.Contains(names, guideLeft+string(step)) {
			left = append(left, step)
		}
	}
	return left, nil
}

// LeaveStep notes that an owner leaves a step, or, where leave is false, takes it up
// again.
func (s *Service) LeaveStep(tx *db.Tx, step Step, leave bool) error {
	if !slices.Contains(Steps(), step) || step == StepLook {
		return problem.New(problem.NotFound, "problem.not_found")
	}
	query := `DELETE FROM instance WHERE name = $1`
	if leave {
		query = `INSERT INTO instance (name, value) VALUES ($1, 'left') ON CONFLICT DO NOTHING`
	}
	if _, err := tx.Exec(query, guideLeft+string(step)); err != nil {
		return fmt.Errorf("leave the step %s: %w", step, err)
	}
	return nil
}
