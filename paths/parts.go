package paths

import (
	"cmp"
	"slices"
)

// Part names the kinds of parts that a path has, as the database knows them.
type Part string

// The parts.
const (
	GoalPart     Part = "goal"
	StepPart     Part = "step"
	EntryPart    Part = "entry"
	CheckInPart  Part = "check_in"
	ChangePart   Part = "change"
	DecisionPart Part = "decision"
)

// part is a pointer to one part of a path.
type part interface {
	kind() Part
	row() *Row
}

func (r *Row) row() *Row { return r }

func (*Goal) kind() Part     { return GoalPart }
func (*Step) kind() Part     { return StepPart }
func (*Entry) kind() Part    { return EntryPart }
func (*CheckIn) kind() Part  { return CheckInPart }
func (*Change) kind() Part   { return ChangePart }
func (*Decision) kind() Part { return DecisionPart }

// blank is an empty part of a kind, nil for a kind that is none.
func blank(kind Part) part {
	switch kind {
	case GoalPart:
		return &Goal{}
	case StepPart:
		return &Step{}
	case EntryPart:
		return &Entry{}
	case CheckInPart:
		return &CheckIn{}
	case ChangePart:
		return &Change{}
	case DecisionPart:
		return &Decision{}
	}
	return nil
}

// put replaces the part of its ID, or adds it.
func (p *Path) put(x part) {
	p.drop(x.kind(), x.row().ID)
	p.add(x)
}

// add appends a part that is not there yet.
func (p *Path) add(x part) {
	switch x := x.(type) {
	case *Goal:
		p.Goals = append(p.Goals, *x)
	case *Step:
		p.Steps = append(p.Steps, *x)
	case *Entry:
		p.Entries = append(p.Entries, *x)
	case *CheckIn:
		p.CheckIns = append(p.CheckIns, *x)
	case *Change:
		p.Changes = append(p.Changes, *x)
	case *Decision:
		p.Decisions = append(p.Decisions, *x)
	}
}

// drop takes a part away.
func (p *Path) drop(kind Part, id string) {
	switch kind {
	case GoalPart:
		p.Goals = without(p.Goals, id)
	case StepPart:
		p.Steps = without(p.Steps, id)
	case EntryPart:
		p.Entries = without(p.Entries, id)
	case CheckInPart:
		p.CheckIns = without(p.CheckIns, id)
	case ChangePart:
		p.Changes = without(p.Changes, id)
	case DecisionPart:
		p.Decisions = without(p.Decisions, id)
	}
}

// rowed is a pointer to a T that has a Row.
type rowed[T any] interface {
	*T
	row() *Row
}

func without[T any, P rowed[T]](list []T, id string) []T {
	if i := index[T, P](list, id); i >= 0 {
		return slices.Delete(list, i, i+1)
	}
	return list
}

// index is where the part of an ID is, -1 where it is not.
func index[T any, P rowed[T]](list []T, id string) int {
	for i := range list {
		if P(&list[i]).row().ID == id {
			return i
		}
	}
	return -1
}

func found[T any, P rowed[T]](list []T, id string) (T, bool) {
	if i := index[T, P](list, id); i >= 0 {
		return list[i], true
	}
	var none T
	return none, false
}

// Goal returns the goal that is active, if one is.
func (p Path) Goal() (Goal, bool) {
	i := slices.IndexFunc(p.Goals, func(g Goal) bool { return g.State == GoalActive })
	if i < 0 {
		return Goal{}, false
	}
	return p.Goals[i], true
}

// Step returns the step of an ID.
func (p Path) Step(id string) (Step, bool) { return found(p.Steps, id) }

// Entry returns the entry of an ID.
func (p Path) Entry(id string) (Entry, bool) { return found(p.Entries, id) }

// Decision returns the decision of an ID.
func (p Path) Decision(id string) (Decision, bool) { return found(p.Decisions, id) }

// EntriesOf returns the entries of a step, in their order.
func (p Path) EntriesOf(step string) []Entry {
	return only(p.Entries, func(e Entry) bool { return e.Step == step })
}

// CheckInsOf returns the check-ins of a step, in their order.
func (p Path) CheckInsOf(step string) []CheckIn {
	return only(p.CheckIns, func(c CheckIn) bool { return c.Step == step })
}

// ChangesOf returns what the member said of changes in a step, in their order.
func (p Path) ChangesOf(step string) []Change {
	return only(p.Changes, func(c Change) bool { return c.Step == step })
}

// Within returns the roles and projects within a step, in their order.
func (p Path) Within(step string) []Step {
	return only(p.Steps, func(s Step) bool { return s.Parent == step && step != "" })
}

// Empty reports whether there is nothing yet.
func (p Path) Empty() bool {
	return len(p.Goals)+len(p.Steps)+len(p.Entries)+len(p.CheckIns)+len(p.Changes)+len(p.Decisions) == 0
}

func only[T any](list []T, want func(T) bool) []T {
	var some []T
	for _, x := range list {
		if want(x) {
			some = append(some, x)
		}
	}
	return some
}

// sort puts every list in the order of time, what was made first first where days are
// the same.
func (p *Path) sort() {
	slices.SortStableFunc(p.Goals, func(a, b Goal) int { return byMaking(a.Row, b.Row) })
	slices.SortStableFunc(p.Steps, func(a, b Step) int { return cmp.Or(a.Start.Compare(b.Start), byMaking(a.Row, b.Row)) })
	slices.SortStableFunc(p.Entries, func(a, b Entry) int { return cmp.Or(a.Date.Compare(b.Date), byMaking(a.Row, b.Row)) })
	slices.SortStableFunc(p.CheckIns, func(a, b CheckIn) int { return cmp.Or(a.Day.Compare(b.Day), byMaking(a.Row, b.Row)) })
	slices.SortStableFunc(p.Changes, func(a, b Change) int { return cmp.Or(a.Day.Compare(b.Day), byMaking(a.Row, b.Row)) })
	slices.SortStableFunc(p.Decisions, func(a, b Decision) int { return byMaking(a.Row, b.Row) })
}

func byMaking(a, b Row) int {
	return cmp.Or(a.Made.Compare(b.Made), cmp.Compare(a.ID, b.ID))
}

// settle puts the path in order and leaves out what refers to a step, an entry or a goal
// that was removed: the reference, or a check-in and a change with it. It returns the
// parents that are left out, by the ID of the step.
func (p *Path) settle() map[string]string {
	p.sort()
	there := map[string]bool{"": true}
	for _, x := range p.parts() {
		there[x.row().ID] = true
	}
	clear := func(ids ...*string) {
		for _, id := range ids {
			if !there[*id] {
				*id = ""
			}
		}
	}
	loose := map[string]string{}
	for i := range p.Steps {
		if s := p.Steps[i]; !there[s.Parent] {
			loose[s.ID] = s.Parent
		}
		clear(&p.Steps[i].Parent, &p.Steps[i].Goal)
	}
	for i := range p.Entries {
		clear(&p.Entries[i].Step, &p.Entries[i].LedTo)
	}
	for i := range p.Decisions {
		clear(&p.Decisions[i].Step, &p.Decisions[i].CopyOf)
	}
	for i := range p.Goals {
		clear(&p.Goals[i].ReplacedBy)
	}
	p.CheckIns = slices.DeleteFunc(p.CheckIns, func(c CheckIn) bool { return !there[c.Step] })
	p.Changes = slices.DeleteFunc(p.Changes, func(c Change) bool { return !there[c.Step] })
	return loose
}
