package trail

import (
	"slices"

	"waypost/internal/partdate"
	"waypost/stories/trails"
)

// Item is a step, or a change that belongs to no step, with its words ready to
// be shown. Texts are plain and not escaped.
type Item struct {
	IsChange     bool
	Kind         string
	Title        string // for a change: the author's words
	Organization string
	Dates        string
	Duration     string
	Start, End   string // machine readable (YYYY, YYYY-MM, YYYY-MM-DD) for time elements; End may be empty
	Open         bool
	Note         string // "Still going on" or how it ended
	Detour       string // the word, if it was one
	Learned      []string
	Changes      []Change
	Children     []Item
}

// Change is a moment within a step at which something changed.
type Change struct {
	Heading string // "Something changed"
	Date    string
	Machine string // the date for a time element
	Words   string
}

func list(t trails.Trail, w Words) []Item {
	type dated struct {
		item Item
		day  partdate.Days
	}
	var all []dated
	for _, s := range roots(t) {
		all = append(all, dated{item(t, s, w), s.Start.First()})
	}
	for _, c := range t.ChangesByDate() {
		if _, found := t.StepByID(c.Step); found {
			continue
		}
		all = append(all, dated{
			Item{IsChange: true, Kind: w.Changed, Title: c.Words, Dates: w.longDate(c.Date), Start: c.Date.String()},
			c.Date.First(),
		})
	}
	slices.SortStableFunc(all, func(a, b dated) int { return int(a.day - b.day) })
	items := make([]Item, len(all))
	for i, d := range all {
		items[i] = d.item
	}
	return items
}

func item(t trails.Trail, s trails.Step, w Words) Item {
	i := Item{
		Kind:         w.Kinds[s.Kind],
		Title:        s.Title,
		Organization: w.organization(s.Organization),
		Dates:        w.dates(s),
		Duration:     w.duration(s),
		Start:        s.Start.String(),
		End:          s.End.String(),
		Open:         s.Open(),
		Note:         w.Ended[s.EndedBy],
		Learned:      s.Learned,
	}
	if s.Open() {
		i.Note = w.Ongoing
	}
	if s.Detour {
		i.Detour = w.Detour
	}
	for _, c := range t.ChangesByDate() {
		if c.Step == s.ID {
			i.Changes = append(i.Changes, Change{w.Changed, w.longDate(c.Date), c.Date.String(), c.Words})
		}
	}
	for _, child := range children(t, s) {
		i.Children = append(i.Children, item(t, child, w))
	}
	return i
}

// roots are the steps that are drawn on their own: those without a parent, and
// those whose parent is missing or nested itself.
func roots(t trails.Trail) []trails.Step {
	return slices.DeleteFunc(t.Chronological(), func(s trails.Step) bool { return isChild(t, s) })
}

func children(t trails.Trail, parent trails.Step) []trails.Step {
	if isChild(t, parent) {
		return nil
	}
	return slices.DeleteFunc(t.Children(parent.ID), func(s trails.Step) bool { return s.ID == parent.ID })
}

func isChild(t trails.Trail, s trails.Step) bool {
	parent, found := t.StepByID(s.Parent)
	return found && s.Parent != "" && parent.Parent == "" && parent.ID != s.ID
}
