package paths

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/paths/checkins"
)

// SaveSteps keeps several new steps as one. One that is there already, as when a form is
// sent twice, is left out.
func (s *Service) SaveSteps(ctx context.Context, member string, steps []Step) error {
	return s.change(ctx, member, func(e *Edit, _ kept) error {
		var found Path
		for _, s := range steps {
			if !slices.ContainsFunc(e.Path.Steps, s.same) {
				s.ID = e.ids.New()
				found.Steps = append(found.Steps, s)
			}
		}
		return e.keepAll(found)
	})
}

// same reports that a step says what another does.
func (s Step) same(x Step) bool {
	return s.Kind == x.Kind && s.Title == x.Title && s.Organization == x.Organization && s.Start == x.Start && s.End == x.End
}

// BringIn adds parts that an import found: the IDs in them are the import's own and are
// given anew, and what refers to a part that the path has stays. source names the form
// they came in, as "linkedin", and list the list that was ticked: what is sent twice is
// brought once. It returns the import's ID, by which all of it can be taken back.
func (s *Service) BringIn(ctx context.Context, member, source, list string, found Path) (string, error) {
	brought := source + "-" + cmp.Or(list, s.IDs.New())
	err := s.change(ctx, member, func(e *Edit, k kept) error {
		there := func(x part) bool { return x.row().Import == brought }
		if slices.ContainsFunc(e.Path.parts(), there) || slices.ContainsFunc(k.gone, func(r Removed) bool { return there(r.part) }) {
			return nil
		}
		return e.bring(brought, found)
	})
	return brought, err
}

// NewList names a list to tick.
func (s *Service) NewList() string { return s.IDs.New() }

func (e *Edit) bring(brought string, found Path) error {
	var known []string
	for _, x := range e.Path.parts() {
		known = append(known, x.row().ID)
	}
	found = found.Renewed(e.ids.New, known...)
	_, active := e.Path.Goal()
	for i := range found.Goals {
		g := &found.Goals[i]
		if active && g.State == GoalActive {
			g.State = GoalLetGo
		}
		active = active || g.State == GoalActive
	}
	for _, x := range found.parts() {
		x.row().Version, x.row().Import = 0, brought
	}
	return e.keepAll(found)
}

// KeepIn keeps a whole path as it is, with its IDs and times, of a member who has none yet.
func (s *Service) KeepIn(tx *db.Tx, member string, whole Path) error {
	k, err := s.read(tx, member)
	if err != nil {
		return err
	}
	if k.version != 0 {
		return problem.New(problem.Conflict, "path.changed_meanwhile")
	}
	e := &Edit{Path: k.path, Now: s.Clock(), ids: s.IDs}
	if e.Today, err = s.Today(tx); err != nil {
		return err
	}
	whole = whole.Clone()
	for i := range whole.CheckIns {
		whole.CheckIns[i].ID = e.ids.New()
	}
	if err := e.keepAll(whole); err != nil {
		return err
	}
	write, err := s.seal(member, k, e)
	if err != nil {
		return err
	}
	return write(tx)
}

// keepAll checks and keeps what was brought, steps before what refers to them.
func (e *Edit) keepAll(found Path) error {
	whole := e.Path.Clone()
	for _, x := range found.parts() {
		whole.add(x)
	}
	if err := whole.count(); err != nil {
		return err
	}
	for _, x := range found.parts() {
		if err := whole.check(x, e.Today); err != nil {
			return fmt.Errorf("a %s that is brought in: %w", x.kind(), err)
		}
		e.puts = append(e.puts, x)
		if x.row().Made.IsZero() {
			x.row().Made = e.Now.UTC()
		}
		x.row().Version = 1
	}
	whole.sort()
	e.Path = whole
	return nil
}

// count holds every list to its length, and check-ins to one a day and step and to so many
// a step.
func (p Path) count() error {
	for _, list := range []struct{ have, most int }{{len(p.Goals), MaxGoals}, {len(p.Steps), MaxSteps}, {len(p.Entries), MaxEntries},
		{len(p.CheckIns), MaxCheckIns}, {len(p.Changes), MaxChanges}, {len(p.Decisions), MaxDecisions}} {
		if list.have > list.most {
			return tooMany(list.most, list.most)
		}
	}
	perStep, days := map[string]int{}, map[CheckIn]bool{}
	for _, c := range p.CheckIns {
		perStep[c.Step]++
		day := CheckIn{Step: c.Step, Day: c.Day}
		if days[day] {
			return problem.New(problem.Invalid, "path.twice_a_day", "day", c.Day.String())
		}
		days[day] = true
		if perStep[c.Step] > checkins.Most {
			return tooMany(checkins.Most, checkins.Most)
		}
	}
	return nil
}

// parts are pointers to all parts.
func (p *Path) parts() []part {
	var list []part
	for i := range p.Goals {
		list = append(list, &p.Goals[i])
	}
	for i := range p.Steps {
		list = append(list, &p.Steps[i])
	}
	for i := range p.Entries {
		list = append(list, &p.Entries[i])
	}
	for i := range p.CheckIns {
		list = append(list, &p.CheckIns[i])
	}
	for i := range p.Changes {
		list = append(list, &p.Changes[i])
	}
	for i := range p.Decisions {
		list = append(list, &p.Decisions[i])
	}
	return list
}

// Clone is a path whose lists are its own.
func (p Path) Clone() Path {
	p.Goals, p.Steps, p.Entries = slices.Clone(p.Goals), slices.Clone(p.Steps), slices.Clone(p.Entries)
	p.CheckIns, p.Changes, p.Decisions = slices.Clone(p.CheckIns), slices.Clone(p.Changes), slices.Clone(p.Decisions)
	return p
}

// Brought is an import that is still there, with how much of it.
type Brought struct {
	ID     string
	Source string
	Parts  int
}

// Imports lists what was brought in, the latest first.
func (p Path) Imports() []Brought {
	byID := map[string]*Brought{}
	var list []*Brought
	for _, x := range p.parts() {
		id := x.row().Import
		if id == "" {
			continue
		}
		if byID[id] == nil {
			source, _, _ := strings.Cut(id, "-")
			byID[id] = &Brought{ID: id, Source: source}
			list = append(list, byID[id])
		}
		byID[id].Parts++
	}
	slices.SortFunc(list, func(a, b *Brought) int { return strings.Compare(when(b.ID), when(a.ID)) })
	out := make([]Brought, len(list))
	for i, b := range list {
		out[i] = *b
	}
	return out
}

// when is the part of an import's ID that sorts by time.
func when(id string) string {
	_, made, _ := strings.Cut(id, "-")
	return made
}

// TakeBack removes all that an import brought, with what was written since about steps of
// it; that may be brought back for a while.
func (s *Service) TakeBack(ctx context.Context, member, brought string) (int, error) {
	n := 0
	err := s.change(ctx, member, func(e *Edit, _ kept) error {
		steps := map[string]bool{}
		for _, x := range e.Path.Steps {
			steps[x.ID] = x.Import == brought && brought != ""
		}
		var list []part
		for _, x := range e.Path.parts() {
			of := ""
			switch x := x.(type) {
			case *CheckIn:
				of = x.Step
			case *Change:
				of = x.Step
			}
			if brought != "" && x.row().Import == brought || steps[of] {
				list = append(list, x)
			}
		}
		if n = len(list); n == 0 {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		e.Path = e.Path.Clone()
		for _, x := range list {
			e.gone = append(e.gone, Removed{x.kind(), e.Now, x})
		}
		for _, x := range list {
			e.Path.drop(x.kind(), x.row().ID)
		}
		return nil
	})
	return n, err
}

// ImportPart stands for all that an import brought, where it was taken back.
const ImportPart Part = "import"

// BringBack undoes a removal, as long as what was removed is kept: the part, and what
// went with it; of ImportPart all that the import of the ID brought.
func (s *Service) BringBack(ctx context.Context, member string, kind Part, id string) error {
	return s.change(ctx, member, func(e *Edit, k kept) error {
		var list []part
		_, active := e.Path.Goal()
		one := slices.IndexFunc(k.gone, func(r Removed) bool { return r.Part == kind && r.ID() == id })
		for i, r := range k.gone {
			with := one >= 0 && kind == StepPart && r.At.Equal(k.gone[one].At) && r.Of() == id
			if i != one && !with && (kind != ImportPart || id == "" || r.Import() != id) {
				continue
			}
			if g, ok := r.part.(*Goal); ok && active && g.State == GoalActive {
				if kind == GoalPart {
					return problem.New(problem.Conflict, "path.goal_active")
				}
				g.State = GoalLetGo
			}
			list = append(list, r.part)
		}
		if len(list) == 0 {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		return e.bringBack(list, k.loose)
	})
}

// bringBack puts parts back into a path that went on without them. What stands stays where
// it is: a step whose parent lies within another now comes beside it, and one that others
// were put into, or whose parent lies within another itself, does not go back to it.
func (e *Edit) bringBack(list []part, loose map[string]string) error {
	whole := e.Path.Clone()
	for _, x := range list {
		whole.add(x)
	}
	for _, x := range list {
		s, ok := x.(*Step)
		if !ok {
			continue
		}
		parent, _ := whole.Step(s.Parent)
		if _, deep := whole.Step(parent.Parent); deep {
			s.Parent = parent.Parent
		}
		_, within := whole.Step(s.Parent)
		for i := range e.Path.Steps {
			if child := e.Path.Steps[i]; loose[child.ID] == s.ID && (within || len(e.Path.Within(child.ID)) > 0) {
				e.put(&child)
			}
		}
	}
	back := map[string]bool{}
	for _, x := range list {
		e.put(x)
		back[x.row().ID] = true
	}
	whole = e.Path.Clone()
	whole.settle()
	err := whole.count()
	for _, x := range whole.parts() {
		if back[x.row().ID] && err == nil {
			err = whole.check(x, e.Today)
		}
	}
	if err != nil {
		return &problem.Problem{Kind: problem.Conflict, Message: problem.Message{Key: "path.back_unfit"}, Cause: err}
	}
	return nil
}

// Of is the step that a removed check-in or change is of.
func (r Removed) Of() string {
	switch x := r.part.(type) {
	case *CheckIn:
		return x.Step
	case *Change:
		return x.Step
	}
	return ""
}

// keptRemoved is how long what was removed may be brought back.
const keptRemoved = 30 * day

// Sweep deletes what was removed long ago, for good.
func (s *Service) Sweep(tx *db.Tx) error {
	if _, err := tx.Exec(`DELETE FROM path_parts WHERE gone_at < $1`, s.Clock().Add(-keptRemoved).UnixMilli()); err != nil {
		return fmt.Errorf("sweep paths: %w", err)
	}
	return nil
}
