package document

import (
	"slices"

	"waypost/paths"
)

// whole is a path in which nothing refers to what is not there: of what was removed, the
// references stay until it is certain that it is not brought back.
func whole(p paths.Path) paths.Path {
	here := map[string]bool{"": true}
	for i := range p.Goals {
		here[p.Goals[i].ID] = true
	}
	for i := range p.Steps {
		here[p.Steps[i].ID] = true
	}
	for i := range p.Entries {
		here[p.Entries[i].ID] = true
	}
	for i := range p.Decisions {
		here[p.Decisions[i].ID] = true
	}
	loosen := func(reference *string) {
		if !here[*reference] {
			*reference = ""
		}
	}
	p.Goals, p.Steps, p.Entries, p.Decisions = slices.Clone(p.Goals), slices.Clone(p.Steps), slices.Clone(p.Entries), slices.Clone(p.Decisions)
	for i := range p.Goals {
		loosen(&p.Goals[i].ReplacedBy)
	}
	for i := range p.Steps {
		loosen(&p.Steps[i].Parent)
		loosen(&p.Steps[i].Goal)
	}
	for i := range p.Entries {
		loosen(&p.Entries[i].Step)
		loosen(&p.Entries[i].LedTo)
	}
	for i := range p.Decisions {
		loosen(&p.Decisions[i].Step)
		loosen(&p.Decisions[i].CopyOf)
	}
	return p
}
