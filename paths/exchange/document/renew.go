package document

import (
	"slices"

	"waypost/paths"
)

// Renew gives each row of a path that was read another ID, and lets what refers to it
// follow. The path that it is given stays as it is.
func Renew(p paths.Path, id func() string) paths.Path {
	renewed := map[string]string{"": ""}
	renew := func(row *paths.Row) {
		next := id()
		renewed[row.ID] = next
		row.ID = next
	}
	p.Goals, p.Steps, p.Entries = slices.Clone(p.Goals), slices.Clone(p.Steps), slices.Clone(p.Entries)
	p.CheckIns, p.Changes, p.Decisions = slices.Clone(p.CheckIns), slices.Clone(p.Changes), slices.Clone(p.Decisions)
	for i := range p.Goals {
		renew(&p.Goals[i].Row)
	}
	for i := range p.Steps {
		renew(&p.Steps[i].Row)
	}
	for i := range p.Entries {
		renew(&p.Entries[i].Row)
	}
	for i := range p.CheckIns {
		renew(&p.CheckIns[i].Row)
		p.CheckIns[i].Step = renewed[p.CheckIns[i].Step]
	}
	for i := range p.Changes {
		renew(&p.Changes[i].Row)
		p.Changes[i].Step = renewed[p.Changes[i].Step]
	}
	for i := range p.Decisions {
		renew(&p.Decisions[i].Row)
	}
	for i := range p.Goals {
		p.Goals[i].ReplacedBy = renewed[p.Goals[i].ReplacedBy]
	}
	for i := range p.Steps {
		p.Steps[i].Parent, p.Steps[i].Goal = renewed[p.Steps[i].Parent], renewed[p.Steps[i].Goal]
	}
	for i := range p.Entries {
		p.Entries[i].Step, p.Entries[i].LedTo = renewed[p.Entries[i].Step], renewed[p.Entries[i].LedTo]
	}
	for i := range p.Decisions {
		p.Decisions[i].Step, p.Decisions[i].CopyOf = renewed[p.Decisions[i].Step], renewed[p.Decisions[i].CopyOf]
	}
	return p
}
