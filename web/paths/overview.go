package paths

import (
	"net/http"
	"slices"
	"strings"

	"waypost/internal/partdate"
	"waypost/paths"
	"waypost/web/paths/ways"
	"waypost/web/render"
)

// Overview is My path.
type Overview struct {
	Empty     bool
	Example   *render.Figure // of a path that is nobody's, where there is none yet
	Goal      GoalLine
	Figure    *render.Figure
	Due       []DueRow
	Found     []FoundRow
	Steps     []StepRow // the latest first, with what is within each
	Entries   []EntryRow
	Hours     []Quarter
	Decisions []DecisionRow
	Removed   []RemovedRow
	Imports   []ImportRow
}

// GoalLine is the goal in one line.
type GoalLine struct {
	Is      bool
	Title   string // "" for not known yet
	Horizon partdate.Date
}

// DueRow is something that is due.
type DueRow struct {
	Label string // a message key
	Title string // of what it is about
	On    partdate.Date
	URL   string
}

// FoundRow is a change that the check-ins show and the member has not answered.
type FoundRow struct {
	Step     paths.Step
	Detected bool
	From, To partdate.Date
}

// StepRow is a step in a list.
type StepRow struct {
	paths.Step
	Within   []StepRow
	CheckIns int
	Entries  int
}

// KindLabel is the key of the kind's name.
func (s StepRow) KindLabel() string { return stepKinds[s.Kind] }

// DecisionRow is a decision in a list.
type DecisionRow struct {
	paths.Decision
	Label string // the key of its state
}

// ImportRow is what an import brought.
type ImportRow struct {
	paths.Brought
	Label string // a message key
}

func importRows(list []paths.Brought) []ImportRow {
	var out []ImportRow
	for _, b := range list {
		out = append(out, ImportRow{b, sources[b.Source]})
	}
	return out
}

// RemovedRow is what was removed and may be brought back.
type RemovedRow struct {
	Label string // the key of what it is
	Words string
	Count int // parts of an import
	URL   string
}

// overview answers GET /path.
func (m *Paths) overview(w http.ResponseWriter, r *http.Request) error {
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	settings, err := m.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	byStep, err := Courses(p.Path)
	if err != nil {
		return err
	}
	view := NewOverview(p.Path, byStep, p.Removed, p.Today)
	words := m.Words(r, settings)
	if len(p.Steps) > 0 {
		view.Figure = render.OwnTrail(Drawn(p.Path, byStep, words), p.Today.First(), words)
	} else {
		view.Example = render.OwnTrail(Example(words), p.Today.First(), words)
	}
	return m.ShowIn(w, r, settings, http.StatusOK, "path/path", home, view)
}

// NewOverview is My path without its figure. courses are what the check-ins say.
func NewOverview(p paths.Path, courses map[string]paths.Course, removed []paths.Removed, today partdate.Date) Overview {
	view := Overview{Empty: p.Empty(), Hours: Quarters(p.Entries), Imports: importRows(p.Imports())}
	if g, ok := p.Goal(); ok {
		view.Goal = GoalLine{true, g.Title, g.Horizon}
	}
	for _, s := range p.Steps {
		if f := courses[s.ID].Finding; f != nil && f.Asks {
			view.Found = append(view.Found, FoundRow{s, f.Detected, f.From, f.To})
		}
	}
	for _, s := range slices.Backward(p.Steps) {
		if s.Parent == "" {
			view.Steps = append(view.Steps, stepRow(p, s))
		}
	}
	view.Due = due(p, today)
	latest := rows(p, p.Entries)
	view.Entries = latest[:min(len(latest), shownEntries)]
	view.Hours = view.Hours[:min(len(view.Hours), shownQuarters)]
	for _, d := range slices.Backward(p.Decisions) {
		view.Decisions = append(view.Decisions, DecisionRow{d, ways.States[d.State]})
	}
	view.Removed = removedRows(removed)
	return view
}

const (
	shownEntries  = 5
	shownQuarters = 4
)

func stepRow(p paths.Path, s paths.Step) StepRow {
	if s.Organization == s.Title {
		s.Organization = "" // said once
	}
	row := StepRow{Step: s, CheckIns: len(p.CheckInsOf(s.ID)), Entries: len(p.EntriesOf(s.ID))}
	for _, x := range slices.Backward(p.Within(s.ID)) {
		row.Within = append(row.Within, stepRow(p, x))
	}
	return row
}

// due is what is due today or was before.
func due(p paths.Path, today partdate.Date) []DueRow {
	var list []DueRow
	for _, s := range p.Steps {
		if !s.GoesOn(today) {
			continue
		}
		if next := paths.NextCheckIn(s, p.CheckInsOf(s.ID), today); s.Cadence != paths.Never && next <= today.First() {
			list = append(list, DueRow{"path.due.check_in", s.Title, next.Date(), "/path/steps/" + s.ID + "/check-in"})
		}
		if !s.Review.IsZero() && s.Review.First() <= today.First() {
			list = append(list, DueRow{"path.due.review", s.Title, s.Review, "/path/steps/" + s.ID + "#first-day"})
		}
	}
	for _, d := range p.Decisions {
		for _, look := range d.Looks {
			if d.State == paths.DecisionDecided && look.At.IsZero() && look.Due.First() <= today.First() {
				list = append(list, DueRow{"path.due.look", d.Question, look.Due, "/path/decisions/" + d.ID + "#looks"})
			}
		}
	}
	return list
}

// removedRows lists what was removed: a step stands for its check-ins, and an import for
// all that it brought.
func removedRows(list []paths.Removed) []RemovedRow {
	steps, brought := map[string]bool{}, map[string]int{}
	for _, r := range list {
		if r.Part == paths.StepPart {
			steps[r.ID()] = true
		}
		brought[r.Import()]++
	}
	delete(brought, "")
	var out []RemovedRow
	told := map[string]bool{}
	for _, r := range slices.Backward(list) {
		switch from := r.Import(); {
		case brought[from] > 1 && !told[from]:
			told[from] = true
			source, _, _ := strings.Cut(from, "-")
			out = append(out, RemovedRow{Label: sources[source], Count: brought[from], URL: "/path/removed/import/" + from})
		case brought[from] <= 1 && !steps[r.Of()]:
			out = append(out, RemovedRow{Label: partLabels[r.Part], Words: r.Words(), URL: "/path/removed/" + string(r.Part) + "/" + r.ID()})
		}
	}
	return out
}
