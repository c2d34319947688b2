package exchange

import (
	"slices"
	"strconv"
	"strings"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
)

// How long the list of an import may be.
const (
	MostItems   = 2000
	MostSkipped = 500
)

// List is what a reader fills. It cleans and numbers what it is given.
type List struct {
	found Found
	today partdate.Date
}

// NewList begins a list; today is the day of the import, for what the file has no date of.
func NewList(source string, today partdate.Date) *List {
	return &List{found: Found{Source: source}, today: today}
}

// Found is the list so far.
func (l *List) Found() Found { return l.found }

// Full reports that the list takes nothing more.
func (l *List) Full() bool { return len(l.found.Items) >= MostItems }

// Skip notes something that is not taken: a key of the catalogue with its values.
func (l *List) Skip(at Place, key string, args ...any) {
	at.File, _ = Line(at.File, MostTitle)
	if len(l.found.Skipped) >= MostSkipped {
		l.found.More++
		return
	}
	for i := 1; i < len(args); i += 2 {
		if text, ok := args[i].(string); ok {
			args[i], _ = Line(text, MostTitle)
		}
	}
	l.found.Skipped = append(l.found.Skipped, Skipped{At: at, Why: problem.Message{Key: key, Args: args}})
}

// Stretch is a step as a file has it.
type Stretch struct {
	Kind         paths.Kind
	Title        string
	Organization string
	Start, End   Date
}

// Date is a date as it was read, beside what the file says.
type Date struct {
	Text string // "" where the file has none
	Date partdate.Date
	Bad  bool // there is a text, and it is no date
}

// AddStep adds a step and gives its ID. Where it cannot be one (no title, no date, an end
// before the start) it is skipped, and the ID is "".
func (l *List) AddStep(at Place, s Stretch) string {
	step := paths.Step{Kind: s.Kind}
	item := Item{At: at}
	var cut, cutToo bool
	step.Title, cut = Line(s.Title, MostTitle)
	step.Organization, cutToo = Line(s.Organization, MostTitle)
	if step.Title == "" {
		step.Title = step.Organization
	}
	if step.Title == "" {
		l.Skip(at, "exchange.skipped_untitled")
		return ""
	}
	if cut || cutToo {
		item.Notes = append(item.Notes, problem.Message{Key: "exchange.note_cut", Args: []any{"max", MostTitle}})
	}
	if key, bad := s.fault(); key != "" {
		l.Skip(at, key, "title", step.Title, "date", bad)
		return ""
	}
	step.Start, step.End = s.Start.Date, s.End.Date
	switch {
	case step.Start.IsZero() && step.End.IsZero():
		l.Skip(at, "exchange.skipped_undated", "title", step.Title)
		return ""
	case step.Start.IsZero():
		step.Start = step.End
		item.Notes = append(item.Notes, problem.Message{Key: "exchange.note_no_start"})
	case !step.End.IsZero() && step.End.Last() < step.Start.First():
		l.Skip(at, "exchange.skipped_backward", "title", step.Title, "start", step.Start.String(), "end", step.End.String())
		return ""
	}
	item.Step = &step
	return l.add(item)
}

// fault is why the dates of a step cannot be read, and the date meant.
func (s Stretch) fault() (key, text string) {
	switch {
	case s.Start.Bad:
		return "exchange.skipped_start", s.Start.Text
	case s.End.Bad:
		return "exchange.skipped_end", s.End.Text
	}
	return "", ""
}

// Moment is an entry as a file has it.
type Moment struct {
	Kind     paths.EntryKind
	Date     Date // none: that of the step it belongs to, else the day of the import
	Text     string
	Minutes  int
	Skills   []string
	Step     string // the ID of an item
	Evidence string
	Notes    []problem.Message
}

// AddEntry adds an entry; more skills than one holds make more entries. One without text,
// minutes and skills is none.
func (l *List) AddEntry(at Place, m Moment) {
	text, cut := Text(m.Text, MostText)
	skills := Skills(m.Skills)
	if text == "" && len(skills) == 0 && m.Minutes == 0 {
		return
	}
	item := Item{At: at, Notes: slices.Clone(m.Notes)}
	if cut {
		item.Notes = append(item.Notes, problem.Message{Key: "exchange.note_cut", Args: []any{"max", MostText}})
	}
	if slices.ContainsFunc(m.Skills, func(name string) bool { _, long := Line(name, MostSkill); return long }) {
		item.Notes = append(item.Notes, problem.Message{Key: "exchange.note_skill_cut", Args: []any{"max", MostSkill}})
	}
	if m.Date.Bad {
		l.Skip(at, "exchange.skipped_date", "title", firstLine(text), "date", m.Date.Text)
		return
	}
	date := m.Date.Date
	if date.IsZero() {
		date = l.startOf(m.Step)
	}
	if date.IsZero() {
		date = l.today
		item.Undated = true
	}
	evidence := Link(m.Evidence)
	if link, _ := Line(m.Evidence, MostTitle); evidence == "" && link != "" {
		item.Notes = append(item.Notes, problem.Message{Key: "exchange.note_no_link", Args: []any{"link", link}})
	}
	for n, some := range chunked(skills) {
		entry := &paths.Entry{Kind: m.Kind, Date: date, Skills: some, Step: m.Step}
		one := Item{At: at, Entry: entry, Undated: item.Undated}
		if n == 0 {
			entry.Text, entry.Minutes, entry.Evidence = text, m.Minutes, evidence
			one.Notes = item.Notes
		}
		if one.Undated {
			one.Notes = append(one.Notes, problem.Message{Key: "exchange.note_no_date"})
		}
		l.add(one)
	}
}

// AddGoal adds a goal that the member is asked about: no file says what one wants.
func (l *List) AddGoal(at Place, title, why string) {
	item := Item{At: at, Unsure: true}
	var cut, cutToo bool
	goal := &paths.Goal{State: paths.GoalActive}
	goal.Title, cut = Line(title, MostTitle)
	goal.Why, cutToo = Text(why, MostText)
	if goal.Title == "" && goal.Why == "" {
		return
	}
	if cut {
		item.Notes = append(item.Notes, problem.Message{Key: "exchange.note_cut", Args: []any{"max", MostTitle}})
	}
	if cutToo {
		item.Notes = append(item.Notes, problem.Message{Key: "exchange.note_cut", Args: []any{"max", MostText}})
	}
	item.Goal = goal
	l.add(item)
}

// add numbers an item; "" where the list is full.
func (l *List) add(item Item) string {
	if l.Full() {
		l.Skip(item.At, "exchange.skipped_full", "max", MostItems)
		return ""
	}
	item.ID = strconv.Itoa(len(l.found.Items) + 1)
	switch {
	case item.Step != nil:
		item.Step.ID = item.ID
	case item.Entry != nil:
		item.Entry.ID = item.ID
	case item.Goal != nil:
		item.Goal.ID = item.ID
	}
	l.found.Items = append(l.found.Items, item)
	return item.ID
}

// startOf is when the step with an ID begins.
func (l *List) startOf(id string) partdate.Date {
	n, err := strconv.Atoi(id)
	if err != nil || n < 1 || n > len(l.found.Items) || l.found.Items[n-1].Step == nil {
		return partdate.Date{}
	}
	return l.found.Items[n-1].Step.Start
}

// Skills cleans a list of skills and leaves out what it has twice.
func Skills(names []string) []string {
	var list []string
	seen := map[string]bool{}
	for _, name := range names {
		name, _ = Line(name, MostSkill)
		if key := Fold(name); name != "" && !seen[key] {
			seen[key] = true
			list = append(list, name)
		}
	}
	return list
}

// chunked deals skills to as many entries as they need, and at least one.
func chunked(skills []string) [][]string {
	if len(skills) == 0 {
		return [][]string{nil}
	}
	return slices.Collect(slices.Chunk(skills, MostSkillsOfEntry))
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
