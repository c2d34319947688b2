package paths

import (
	"cmp"
	"net/http"
	"strconv"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/web/desk/fields"
	"waypost/web/desk/trailform"
	"waypost/web/kit"
	"waypost/web/paths/typed"
)

// CheckInChoice lists the steps that one may check in on.
type CheckInChoice struct {
	Steps []StepRow
}

// chooseCheckIn answers GET /path/check-in: with one step going on it leads to that.
func (m *Paths) chooseCheckIn(w http.ResponseWriter, r *http.Request) error {
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	view := NewCheckInChoice(p.Path, p.Today)
	if len(view.Steps) == 1 {
		return kit.SeeOther(w, r, "/path/steps/"+view.Steps[0].ID+"/check-in")
	}
	return m.Show(w, r, http.StatusOK, "path/check-in-choice", "/path/check-in", view)
}

// NewCheckInChoice lists the steps of a path that go on.
func NewCheckInChoice(p paths.Path, today partdate.Date) CheckInChoice {
	var view CheckInChoice
	for _, s := range p.Steps {
		if s.GoesOn(today) {
			view.Steps = append(view.Steps, stepRow(p, s))
		}
	}
	return view
}

// CheckInForm is a check-in on one day.
type CheckInForm struct {
	fields.Form
	Step  paths.Step
	Day   partdate.Date
	Today bool
	Items []typed.Item
	Of    string // the ID of the one of that day; "" where there is none
	Fixed bool   // whose answers do not change any more
	Asked string // the key of the last statement: of clarity where no goal is known
}

// checkInForm answers GET /path/steps/{id}/check-in; ?day= names another day than today.
func (m *Paths) checkInForm(w http.ResponseWriter, r *http.Request) error {
	p, s, err := m.stepOf(r)
	if err != nil {
		return err
	}
	day := p.Today
	if asked := r.URL.Query().Get("day"); asked != "" {
		if day, err = trailform.Date(asked); err != nil || day.Precision() != partdate.Day {
			return notFound()
		}
	}
	c, again := p.CheckInOn(s.ID, paths.CheckIn{Day: day})
	form := fields.New("day", day.String(), "note", c.Note, "version", fields.Number(c.Version))
	if c.Changed {
		form.Values.Set("changed", "yes")
	}
	typed.SetAnswers(form, "answers", c.Answers)
	view := NewCheckInForm(p.Path, s, day, p.Today, form)
	view.Of, view.Fixed = c.ID, again && !c.Editable(m.Clock())
	return m.Show(w, r, http.StatusOK, "path/check-in", "/path/check-in", view)
}

// NewCheckInForm is a check-in on a step of a path.
func NewCheckInForm(p paths.Path, s paths.Step, day, today partdate.Date, form fields.Form) CheckInForm {
	goal, _ := p.Goal()
	clarity := goal.Title == ""
	if c, again := p.CheckInOn(s.ID, paths.CheckIn{Day: day}); again && c.Answers[checkins.Goal] != checkins.Skipped {
		clarity = c.Clarity
	}
	view := CheckInForm{Form: form, Step: s, Day: day, Today: day == today, Asked: typed.Key(int(checkins.Goal), clarity)}
	view.Items = typed.Items("answers", clarity, func(name string) int {
		n, _ := strconv.Atoi(form.Value(name)) // none was chosen
		return n
	})
	return view
}

// checkIn answers POST /path/steps/{id}/check-in.
func (m *Paths) checkIn(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	version, err := kit.Version(r)
	if err != nil {
		return err
	}
	read := typed.Fields{R: r}
	c := paths.CheckIn{Row: paths.Row{Version: version}, Step: r.PathValue("id"), Day: read.Date("day"), Answers: typed.Answers(r, "answers"), Clarity: r.PostForm.Get("asked") == typed.NoGoal, Changed: r.PostForm.Get("changed") == "yes", Note: typed.Text(r, "note")}
	err = read.Faults.Err()
	if err == nil {
		_, err = m.Paths.SaveCheckIn(r.Context(), member(r), c)
	}
	if err == nil {
		return kit.SeeOther(w, r, "/path/steps/"+c.Step+"?done=checked-in#curve")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	p, s, err := m.stepOf(r)
	if err != nil {
		return err
	}
	view := NewCheckInForm(p.Path, s, c.Day, p.Today, form)
	if old, again := p.CheckInOn(s.ID, c); again {
		view.Of, view.Fixed = old.ID, !old.Editable(m.Clock())
	}
	return m.Show(w, r, status, "path/check-in", "/path/check-in", view)
}

// removeCheckIn answers POST /path/steps/{id}/check-in/remove.
func (m *Paths) removeCheckIn(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	version, err := kit.Version(r)
	if err != nil {
		return err
	}
	at := paths.Row{ID: r.PostForm.Get("check_in"), Version: version}
	if err := m.Paths.RemoveCheckIn(r.Context(), member(r), at); err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/path?done=path-removed#removed")
}

// ChangeForm declares that something changed, or words it otherwise.
type ChangeForm struct {
	fields.Form
	Step paths.Step
	ID   string // of the change whose words are changed; empty for a new one
}

// changeForm answers GET /path/steps/{id}/changed.
func (m *Paths) changeForm(w http.ResponseWriter, r *http.Request) error {
	p, s, err := m.stepOf(r)
	if err != nil {
		return err
	}
	form := ChangeForm{Form: fields.New("day", p.Today.String()), Step: s}
	for _, c := range p.ChangesOf(s.ID) {
		if c.ID == r.URL.Query().Get("change") {
			form = ChangeForm{fields.New("day", c.Day.String(), "words", c.Words, "version", fields.Number(c.Version)), s, c.ID}
		}
	}
	return m.Show(w, r, http.StatusOK, "path/changed", home, form)
}

// declareChange answers POST /path/steps/{id}/changed.
func (m *Paths) declareChange(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	read := typed.Fields{R: r}
	version, err := kit.Version(r)
	if err != nil {
		return err
	}
	id := r.PostForm.Get("change")
	c := paths.Change{Row: paths.Row{ID: id, Version: version}, Step: r.PathValue("id"), Day: read.Date("day"), Words: typed.Text(r, "words")}
	err = read.Faults.Err()
	if err == nil {
		_, err = m.Paths.DeclareChange(r.Context(), member(r), c)
	}
	if err == nil {
		return kit.SeeOther(w, r, "/path/steps/"+c.Step+"?done=saved#changes")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	_, s, err := m.stepOf(r)
	if err != nil {
		return err
	}
	return m.Show(w, r, status, "path/changed", home, ChangeForm{form, s, id})
}

// answerChange answers POST /path/steps/{id}/answer: what the member says of a change
// that their check-ins show.
func (m *Paths) answerChange(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	step := r.PathValue("id")
	err := m.Paths.AnswerChange(r.Context(), member(r), step, paths.ChangeState(r.PostForm.Get("act")), typed.Text(r, "words"))
	if problem.Is(err, problem.Invalid) {
		form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
		if err != nil {
			return err
		}
		return m.showStep(w, r, status, form)
	}
	if err != nil {
		return err
	}
	done := map[string]string{string(paths.Postponed): "later", string(paths.Dismissed): "muted"}[r.PostForm.Get("act")]
	return kit.SeeOther(w, r, "/path/steps/"+step+"?done="+cmp.Or(done, "saved")+"#changes")
}

// removeChange answers POST /path/changes/{id}/remove.
func (m *Paths) removeChange(w http.ResponseWriter, r *http.Request) error {
	return act(w, r, "/path?done=path-removed#removed", func(at paths.Row) error { return m.Paths.RemoveChange(r.Context(), member(r), at) })
}
