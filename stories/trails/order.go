package trails

import (
	"cmp"
	"slices"
)

// Chronological returns the steps by their start, the longer first where they
// start together, otherwise in the author's order.
func (t Trail) Chronological() []Step {
	steps := slices.Clone(t.Steps)
	slices.SortStableFunc(steps, func(a, b Step) int {
		return cmp.Or(
			cmp.Compare(a.Start.First(), b.Start.First()),
			-compareEnds(a, b),
		)
	})
	return steps
}

func compareEnds(a, b Step) int {
	switch {
	case a.Open() && b.Open():
		return 0
	case a.Open():
		return 1
	case b.Open():
		return -1
	}
	return cmp.Compare(a.End.Last(), b.End.Last())
}

// TopLevel returns the steps that are not within another, chronologically.
func (t Trail) TopLevel() []Step {
	return t.within("")
}

// Children returns the roles and projects within the step of that id,
// chronologically.
func (t Trail) Children(id string) []Step {
	if id == "" {
		return nil
	}
	return t.within(id)
}

func (t Trail) within(parent string) []Step {
	return slices.DeleteFunc(t.Chronological(), func(s Step) bool { return s.Parent != parent })
}

// ChangesByDate returns the changes from the first to the last.
func (t Trail) ChangesByDate() []Change {
	changes := slices.Clone(t.Changes)
	slices.SortStableFunc(changes, func(a, b Change) int { return a.Date.Compare(b.Date) })
	return changes
}

// StepByID returns the step of that id and whether there is one.
func (t Trail) StepByID(id string) (Step, bool) {
	i := slices.IndexFunc(t.Steps, func(s Step) bool { return s.ID == id })
	if i < 0 {
		return Step{}, false
	}
	return t.Steps[i], true
}
