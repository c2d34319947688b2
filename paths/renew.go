package paths

// Renewed is the path with another ID for each part; what refers to a part follows, and
// what refers to one of the known IDs stays. The path itself stays as it is.
func (p Path) Renewed(next func() string, known ...string) Path {
	renewed := map[string]string{"": ""}
	for _, id := range known {
		renewed[id] = id
	}
	p = p.Clone()
	for _, x := range p.parts() {
		id := next()
		if x.row().ID != "" {
			renewed[x.row().ID] = id
		}
		x.row().ID = id
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
	for i := range p.CheckIns {
		p.CheckIns[i].Step = renewed[p.CheckIns[i].Step]
	}
	for i := range p.Changes {
		p.Changes[i].Step, p.Changes[i].CheckIn = renewed[p.Changes[i].Step], renewed[p.Changes[i].CheckIn]
	}
	for i := range p.Decisions {
		p.Decisions[i].Step, p.Decisions[i].CopyOf = renewed[p.Decisions[i].Step], renewed[p.Decisions[i].CopyOf]
	}
	return p
}
