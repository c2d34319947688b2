package exchange

import (
	"slices"
	"strconv"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
)

// between is how many days may lie between two roles at one employer that touch.
const between = 7

// forever is later than every date.
const forever = partdate.Days(1 << 40)

// NestRoles puts positions at one organization whose dates touch beneath a step that
// spans them, which stands before the first of them. The items are numbered anew.
func (l *List) NestRoles() {
	parentOf := make([]int, len(l.found.Items)) // index of the first role of its group, plus one
	groups := map[int][]int{}
	for _, roles := range l.roles() {
		first := slices.Min(roles)
		groups[first] = roles
		for _, i := range roles {
			parentOf[i] = first + 1
		}
	}
	if len(groups) == 0 || len(l.found.Items)+len(groups) > MostItems {
		return
	}
	var items []Item
	newID := map[string]string{"": ""}
	idOfGroup := map[int]string{}
	for i, item := range l.found.Items {
		if roles := groups[i]; roles != nil {
			parent := l.span(roles)
			parent.ID = strconv.Itoa(len(items) + 1)
			parent.Step.ID = parent.ID
			idOfGroup[i] = parent.ID
			items = append(items, parent)
		}
		old := item.ID
		item.ID = strconv.Itoa(len(items) + 1)
		newID[old] = item.ID
		switch {
		case item.Step != nil:
			item.Step.ID = item.ID
			if parentOf[i] > 0 {
				item.Step.Parent = idOfGroup[parentOf[i]-1]
			}
		case item.Entry != nil:
			item.Entry.ID = item.ID
			item.Entry.Step = newID[item.Entry.Step]
		case item.Goal != nil:
			item.Goal.ID = item.ID
		}
		items = append(items, item)
	}
	l.found.Items = items
}

// roles are the groups of items that are roles at one employer.
func (l *List) roles() (groups [][]int) {
	at := map[string][]int{}
	var names []string
	for i, item := range l.found.Items {
		if item.Step == nil || item.Step.Kind != paths.Position || item.Step.Parent != "" {
			continue
		}
		name := Fold(item.Step.Organization)
		if name == "" {
			continue
		}
		if at[name] == nil {
			names = append(names, name)
		}
		at[name] = append(at[name], i)
	}
	for _, name := range names {
		all := at[name]
		slices.SortStableFunc(all, func(a, b int) int {
			return l.found.Items[a].Step.Start.Compare(l.found.Items[b].Step.Start)
		})
		group := []int{all[0]}
		until := lastDay(l.found.Items[all[0]].Step)
		for _, i := range all[1:] {
			step := l.found.Items[i].Step
			if step.Start.First() > until+between {
				groups = append(groups, group)
				group, until = nil, lastDay(step)
			}
			group = append(group, i)
			until = max(until, lastDay(step))
		}
		groups = append(groups, group)
	}
	return slices.DeleteFunc(groups, func(group []int) bool { return len(group) < 2 })
}

func lastDay(s *paths.Step) partdate.Days {
	if s.Open() {
		return forever
	}
	return s.End.Last()
}

// span is a step from the first of roles to the last, called by their organization as the
// last of them has it.
func (l *List) span(roles []int) Item {
	first, last := l.found.Items[roles[0]].Step, l.found.Items[roles[len(roles)-1]].Step
	whole := paths.Step{Kind: first.Kind, Title: last.Organization, Organization: last.Organization, Start: first.Start, End: first.End}
	for _, i := range roles[1:] {
		step := l.found.Items[i].Step
		if whole.Open() || step.Open() {
			whole.End = partdate.Date{}
		} else if step.End.Last() > whole.End.Last() {
			whole.End = step.End
		}
	}
	note := problem.Message{Key: "exchange.note_roles", Args: []any{"count", len(roles)}}
	return Item{Step: &whole, At: l.found.Items[slices.Min(roles)].At, Notes: []problem.Message{note}}
}
