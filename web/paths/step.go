package paths

import (
	"html/template"
	"math"
	"net/http"
	"slices"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/web/desk/fields"
	"waypost/web/paths/typed"
	"waypost/web/paths/ways"
	"waypost/web/render"
)

// StepView is one step: what was expected, what was learned, how it felt, what changed.
type StepView struct {
	fields.Form // refused: the end, or the words of a change
	StepRow
	Today     partdate.Date
	Parent    string // its title
	Paid      *problem.Message
	First     FirstDay
	Course    paths.Course
	Charts    []Chart // overall, and learning and growth
	Items     []ItemLine
	More      []ItemLine // folded
	Changes   []ChangeRow
	CheckedIn []CheckInRow
	Written   []EntryRow
	Minutes   string // hours of its entries; "" for none
	Decisions []DecisionRow
	Moved     []MoveLine
}

// FirstDay is what was written at the start, beside how it is now.
type FirstDay struct {
	Any    bool
	Rows   []ThenNow
	Due    bool          // the day to look at it has come
	On     partdate.Date // what it is put beside: today, or the end
	Learns []EntryRow
}

// ThenNow is one item then and now.
type ThenNow struct {
	Short string // a message key
	Then  int    // 0 where nothing was expected
	Now   string // the mean of the last three answers; "" where there are none
	Less  bool   // at least one less than expected
}

// Chart is a curve of a step.
type Chart struct {
	Label  string // a message key
	Figure template.HTML
	Said   Said
}

// Said is the sentence beside a curve.
type Said struct {
	Enough                              bool
	Clear                               bool
	Last, Before, Difference, Low, High string
}

// ItemLine is one item's answers.
type ItemLine struct {
	Short  string // a message key
	Figure template.HTML
	Mean   string // "" where it was never answered
}

// ChangeRow is what the member said of a change.
type ChangeRow struct {
	paths.Change
	Label string // a message key
}

// CheckInRow is a check-in in a list.
type CheckInRow struct {
	paths.CheckIn
	Answered []Answered
	URL      string
}

// Answered is an answer with the name of its item.
type Answered struct {
	Short  string
	Answer int
}

// MoveLine is how an item moved at a change.
type MoveLine struct {
	Short         string
	Before, After string
	Fell          bool
}

// Reviewed reports that a day to look at it again is ahead.
func (v StepView) Reviewed() bool { return v.Open() && !v.Review.IsZero() }

// shownOfStep is how many check-ins and entries the page of a step lists; the file that a
// member takes along has all.
const shownOfStep = 150

// leastMove is the least by which an item moved that is told of, in units of the answers.
const leastMove = 0.3

// step answers GET /path/steps/{id}.
func (m *Paths) step(w http.ResponseWriter, r *http.Request) error {
	return m.showStep(w, r, http.StatusOK, fields.Form{})
}

func (m *Paths) showStep(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	p, s, err := m.stepOf(r)
	if err != nil {
		return err
	}
	settings, err := m.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	if form.Values == nil {
		form = fields.New("end", p.Today.String(), "ended_by", string(paths.Left), "words", "")
	}
	view, err := NewStepView(p.Path, s, p.Today, form)
	if err != nil {
		return err
	}
	view.Draw(render.Charts(m.Words(r, settings)))
	return m.ShowIn(w, r, settings, status, "path/step", home, view)
}

// NewStepView is a step of a path, without its charts.
func NewStepView(p paths.Path, s paths.Step, today partdate.Date, form fields.Form) (StepView, error) {
	view := StepView{Form: form, StepRow: stepRow(p, s), Today: today}
	course, err := p.Course(s)
	if err != nil {
		return view, err
	}
	view.Course = course
	if parent, ok := p.Step(s.Parent); ok {
		view.Parent = parent.Title
	}
	view.First = firstDay(p, s, course, today)
	for _, c := range p.ChangesOf(s.ID) {
		view.Changes = append(view.Changes, ChangeRow{c, changeStates[c.State]})
	}
	for _, c := range slices.Backward(p.CheckInsOf(s.ID)) {
		view.CheckedIn = append(view.CheckedIn, checkInRow(c))
	}
	view.CheckedIn = view.CheckedIn[:min(len(view.CheckedIn), shownOfStep)]
	view.Written = rows(p, p.EntriesOf(s.ID))
	minutes := 0
	for _, x := range view.Written {
		minutes += x.Entry.Minutes
	}
	view.Written = view.Written[:min(len(view.Written), shownOfStep)]
	view.Minutes = typed.HoursText(minutes)
	for _, d := range slices.Backward(p.Decisions) {
		if d.Step == s.ID {
			view.Decisions = append(view.Decisions, DecisionRow{d, ways.States[d.State]})
		}
	}
	if f := course.Finding; f != nil {
		for _, move := range f.Moves {
			if math.Abs(move.By()) < leastMove {
				continue
			}
			line := MoveLine{itemName(int(move.Item), f.Clarity), decimal(move.Before), decimal(move.After), move.By() < 0}
			if line.Before != line.After {
				view.Moved = append(view.Moved, line)
			}
		}
	}
	return view, nil
}

func checkInRow(c paths.CheckIn) CheckInRow {
	row := CheckInRow{CheckIn: c, URL: "/path/steps/" + c.Step + "/check-in?day=" + c.Day.String()}
	for i, answer := range c.Answers {
		if answer != checkins.Skipped {
			row.Answered = append(row.Answered, Answered{itemName(i, c.Clarity), answer})
		}
	}
	return row
}

// firstDay puts what was expected beside the last three check-ins, as far as they asked
// the same.
func firstDay(p paths.Path, s paths.Step, c paths.Course, today partdate.Date) FirstDay {
	first := FirstDay{Due: s.Open() && !s.Review.IsZero() && s.Review.First() <= today.First(), On: today}
	if !s.Open() {
		first.On = s.End
	}
	latest := slices.Clone(c.CheckIns[max(len(c.CheckIns)-3, 0):])
	for i := range latest {
		if c.Clarity[len(c.Clarity)-len(latest)+i] != s.Clarity {
			latest[i].Answers[checkins.Goal] = checkins.Skipped
		}
	}
	recent := checkins.Means(latest)
	for i, then := range s.Expected {
		if then == checkins.Skipped {
			continue
		}
		row := ThenNow{Short: itemName(i, s.Clarity), Then: then}
		if recent[i] > 0 {
			row.Now, row.Less = decimal(recent[i]), recent[i] <= float64(then)-1
		}
		first.Rows = append(first.Rows, row)
	}
	first.Any = len(first.Rows) > 0 || s.Expect+s.Had+s.StayIf+s.LeaveIf != ""
	for _, x := range rows(p, p.EntriesOf(s.ID)) {
		if x.Kind == paths.Learned && x.Text != "" {
			first.Learns = append(first.Learns, x)
		}
	}
	return first
}
