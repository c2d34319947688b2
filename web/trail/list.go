package trail

import (
	"slices"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail/wording"
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

	// Of a private path alone:

	IsDecision bool       // one that belongs to no step; it is in Decisions
	CheckIns   string     // how many, and where they lay at first and at last
	Review     string     // when the member looks at the step again
	Decisions  []Decision // in the order of their days
}

// Change is a moment within a step at which something changed.
type Change struct {
	Heading string // "Something changed"
	Date    string
	Machine string // the date for a time element
	Words   string // may be empty for one that was found
	Found   bool   // by the numbers, and nobody has confirmed it
}

// Decision is a moment at which a way was chosen.
type Decision struct {
	Heading  string // "Decided"
	Date     string
	Machine  string // the date for a time element
	Question string
	Chosen   string
	NotTaken string   // heads the ways that were not taken; empty if there are none
	Ways     []string // these ways
}

func list(own Own, w Words) []Item {
	t, all := own.Trail, turns(own)
	type dated struct {
		item Item
		day  partdate.Days
	}
	var lines []dated
	for _, s := range roots(t) {
		lines = append(lines, dated{item(own, s, all, w), s.Start.First()})
	}
	for _, turned := range all {
		if _, found := t.StepByID(turned.step()); !found {
			first, _ := turned.span()
			lines = append(lines, dated{turned.item(w), first})
		}
	}
	slices.SortStableFunc(lines, func(a, b dated) int { return int(a.day - b.day) })
	items := make([]Item, len(lines))
	for i, d := range lines {
		items[i] = d.item
	}
	return items
}

// item is one for a turn that belongs to no step.
func (t turn) item(w Words) Item {
	if t.mark == fork {
		d := t.fork.said(w)
		return Item{IsDecision: true, Kind: d.Heading, Title: d.Chosen, Dates: d.Date, Start: d.Machine, Decisions: []Decision{d}}
	}
	c := t.said(w)
	return Item{IsChange: true, Kind: c.Heading, Title: c.Words, Dates: c.Date, Start: c.Machine}
}

func (t turn) said(w Words) Change {
	if t.mark == maybe {
		return Change{w.FoundWord(t.found.Detected), w.AroundWhen(t.found.From, t.found.To), wording.MonthOf(max(t.found.From, t.found.To)).String(), t.found.Words, true}
	}
	return Change{w.Changed, w.LongDate(t.change.Date), t.change.Date.String(), t.change.Words, false}
}

func (f Fork) said(w Words) Decision {
	d := Decision{w.Decided, w.LongDate(f.Date), f.Date.String(), f.Question, f.Chosen, "", f.NotTaken}
	if len(f.NotTaken) > 0 {
		d.NotTaken = w.NotTaken
	}
	return d
}

func item(own Own, s trails.Step, all []turn, w Words) Item {
	t := own.Trail
	i := Item{
		Kind:         w.Kinds[s.Kind],
		Title:        s.Title,
		Organization: w.Organization(s.Organization),
		Dates:        w.Dates(s),
		Duration:     w.Duration(s),
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
	for _, turned := range all {
		switch {
		case turned.step() != s.ID:
		case turned.mark == fork:
			i.Decisions = append(i.Decisions, turned.fork.said(w))
		default:
			i.Changes = append(i.Changes, turned.said(w))
		}
	}
	for _, c := range own.Curves {
		if c.Step == s.ID && len(c.Dots) > 0 {
			i.CheckIns = c.said(w)
		}
	}
	for _, review := range own.Reviews {
		if review.Step == s.ID {
			i.Review = wording.Fill(w.Review, "date", w.Date(review.Date))
		}
	}
	for _, child := range children(t, s) {
		i.Children = append(i.Children, item(own, child, all, w))
	}
	return i
}

// roots are the steps that are drawn on their own: those without a parent, and
// those whose parent is missing or nested itself.
func roots(t trails.Trail) []trails.Step {
	return slices.DeleteFunc(t.Chronological(), func(s trails.Step) bool { return isChild(t, s) })
}

func children(t trails.Trail, parent trails.Step) []trails.Step {
	within := func(s trails.Step) bool { return s.Parent == parent.ID }
	if isChild(t, parent) || !slices.ContainsFunc(t.Steps, within) {
		return nil
	}
	return slices.DeleteFunc(t.Children(parent.ID), func(s trails.Step) bool { return s.ID == parent.ID })
}

func isChild(t trails.Trail, s trails.Step) bool {
	parent, found := t.StepByID(s.Parent)
	return found && s.Parent != "" && parent.Parent == "" && parent.ID != s.ID
}
