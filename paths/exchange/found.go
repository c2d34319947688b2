package exchange

import (
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
)

// Found is what a file holds for a path.
type Found struct {
	Source  string // "linkedin", "resume", "badges" or "calendar"
	Items   []Item // in the order of the file; a parent comes before what lies within
	Skipped []Skipped
	More    int // of Skipped that are counted only: a list has at most MostSkipped
}

// Item is one thing that may be taken over: a step, an entry, a goal or, of a whole path, a
// decision. Its IDs are those of the list: "1", "2" and so on.
type Item struct {
	ID       string
	Step     *paths.Step
	Entry    *paths.Entry
	Goal     *paths.Goal
	Decision *paths.Decision

	At      Place
	Notes   []problem.Message // what was changed on the way, or is not known
	Unsure  bool              // not ticked unless the member does
	Undated bool              // the file has no date for it, and it has that of the import
}

// Place is where something stands in a file.
type Place struct {
	File string // of an archive; "" where there is one file
	Part string // a section or a field, such as "work[2].startDate"
	Row  int    // of a table, as a spreadsheet counts, or the number of a thing; 0 where there is none
}

// Skipped is something that was not taken, and why.
type Skipped struct {
	At  Place
	Why problem.Message
}

// Kind is a kind of step, a kind of entry, "goal" or "decision".
func (i Item) Kind() string {
	switch {
	case i.Step != nil:
		return string(i.Step.Kind)
	case i.Entry != nil:
		return string(i.Entry.Kind)
	case i.Decision != nil:
		return "decision"
	}
	return "goal"
}

// Title is what an item is called in the list: an entry's is its text, or its skills.
func (i Item) Title() string {
	switch {
	case i.Step != nil:
		return i.Step.Title
	case i.Entry != nil && i.Entry.Text == "":
		return joined(i.Entry.Skills)
	case i.Entry != nil:
		return i.Entry.Text
	case i.Goal != nil:
		return i.Goal.Title
	case i.Decision != nil:
		return i.Decision.Question
	}
	return ""
}

// Organization is that of a step.
func (i Item) Organization() string {
	if i.Step == nil {
		return ""
	}
	return i.Step.Organization
}

// Dates are when an item begins and ends; an entry's are the same, as are a decision's, and
// a step that goes on has no end.
func (i Item) Dates() (start, end partdate.Date) {
	switch {
	case i.Step != nil:
		return i.Step.Start, i.Step.End
	case i.Entry != nil:
		return i.Entry.Date, i.Entry.Date
	case i.Decision != nil:
		return i.Decision.Decided, i.Decision.Decided
	}
	return partdate.Date{}, partdate.Date{}
}

// Parent is the ID of the item that this one lies within: the step of a role, or of an
// entry; "" where there is none.
func (i Item) Parent() string {
	switch {
	case i.Step != nil:
		return i.Step.Parent
	case i.Entry != nil:
		return i.Entry.Step
	}
	return ""
}
