package paths

import (
	"net/http"
	"slices"
	"strconv"

	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/paths/typed"
	"waypost/web/paths/ways"
)

// StepForm is the form of a step.
type StepForm struct {
	fields.Form
	ID      string // empty for a new step
	Parents []Choice
	Items   []typed.Item // what is expected at the start
	Asked   string       // the key of the last of them: of clarity where no goal is known
	More    bool         // what is less often wanted is open
	Plan    bool         // so is what is expected
}

// Choice is one of a path's own things to choose.
type Choice struct{ ID, Title string }

// newStep answers GET /path/steps/new.
func (m *Paths) newStep(w http.ResponseWriter, r *http.Request) error {
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	kind := r.URL.Query().Get("kind")
	if !slices.Contains(paths.Kinds(), paths.Kind(kind)) {
		kind = string(paths.Position)
	}
	title, err := m.begins(r, p.Path)
	if err != nil {
		return err
	}
	cadence := paths.Monthly
	if kind == string(paths.Trial) {
		cadence = paths.Weekly
	}
	form := fields.New("kind", kind, "title", title, "cadence", strconv.Itoa(int(cadence)), "version", "0")
	return m.showStepForm(w, r, http.StatusOK, p, "", form)
}

// editStep answers GET /path/steps/{id}/edit.
func (m *Paths) editStep(w http.ResponseWriter, r *http.Request) error {
	p, s, err := m.stepOf(r)
	if err != nil {
		return err
	}
	return m.showStepForm(w, r, http.StatusOK, p, s.ID, formOf(s))
}

// formOf shows a step as it is kept.
func formOf(s paths.Step) fields.Form {
	form := fields.New("kind", string(s.Kind), "title", s.Title, "organization", s.Organization, "parent", s.Parent, "start", s.Start.String(), "end", s.End.String(),
		"ended_by", string(s.EndedBy), "had", s.Had, "expect", s.Expect, "stay_if", s.StayIf, "leave_if", s.LeaveIf, "review", s.Review.String(),
		"cadence", strconv.Itoa(int(s.Cadence)), "version", fields.Number(s.Version))
	if s.Detour {
		form.Values.Set("detour", "yes")
	}
	if s.Workload > 0 {
		form.Values.Set("workload", strconv.Itoa(s.Workload))
	}
	if s.Pay != nil {
		form.Values.Set("pay", typed.AmountText(s.Pay.Amount, s.Pay.Currency))
		form.Values.Set("currency", s.Pay.Currency)
		form.Values.Set("per", string(s.Pay.Per))
	}
	typed.SetAnswers(form, "expected", s.Expected)
	return form
}

func (m *Paths) showStepForm(w http.ResponseWriter, r *http.Request, status int, p mine, id string, form fields.Form) error {
	return m.Show(w, r, status, "path/step-form", home, NewStepForm(p.Path, id, form))
}

// NewStepForm is the form of a step of a path, or of a new one.
func NewStepForm(p paths.Path, id string, form fields.Form) StepForm {
	answer := func(name string) int {
		n, _ := strconv.Atoi(form.Value(name)) // none was chosen
		return n
	}
	goal, _ := p.Goal()
	clarity := goal.Title == ""
	if s, ok := p.Step(id); ok && s.Expected[checkins.Goal] != checkins.Skipped {
		clarity = s.Clarity
	}
	view := StepForm{Form: form, ID: id, Items: typed.Items("expected", clarity, answer), Asked: typed.Key(int(checkins.Goal), clarity)}
	for _, s := range p.Steps {
		if s.ID != id && s.Parent == "" {
			view.Parents = append(view.Parents, Choice{s.ID, s.Title})
		}
	}
	view.More = form.Value("workload")+form.Value("pay")+form.Value("parent") != "" || form.AnyFault("pay") || form.AnyFault("workload") || form.AnyFault("currency")
	view.Plan = form.Value("kind") == string(paths.Trial) || form.AnyFault("expect") || form.AnyFault("stay_if") || form.AnyFault("leave_if") || form.AnyFault("had")
	return view
}

// saveStep answers POST /path/steps/new and POST /path/steps/{id}/edit.
func (m *Paths) saveStep(w http.ResponseWriter, r *http.Request) error {
	at, err := rowOf(r)
	if err != nil {
		return err
	}
	var old paths.Step
	if at.ID != "" {
		if _, old, err = m.stepOf(r); err != nil {
			return err
		}
	}
	read := typed.Fields{R: r, Codes: ways.Codes(paths.Decision{}, old)}
	s := typedStep(r, &read, at)
	s.Goal = old.Goal // the form has no field for it
	if err = read.Faults.Err(); err == nil {
		s, err = m.Paths.SaveStep(r.Context(), member(r), s)
	}
	if err == nil {
		return kit.SeeOther(w, r, "/path/steps/"+s.ID+"?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	return m.showStepForm(w, r, status, p, at.ID, form)
}

// typedStep reads the form.
func typedStep(r *http.Request, read *typed.Fields, at paths.Row) paths.Step {
	s := paths.Step{Row: at, Kind: paths.Kind(r.PostForm.Get("kind")), Title: kit.Line(r, "title"), Organization: kit.Line(r, "organization"),
		Parent: r.PostForm.Get("parent"), Start: read.Date("start"), End: read.Date("end"), EndedBy: paths.EndedBy(r.PostForm.Get("ended_by")),
		Detour: r.PostForm.Get("detour") != "", Workload: read.Number("workload"), Had: typed.Text(r, "had"), Expect: typed.Text(r, "expect"), StayIf: typed.Text(r, "stay_if"),
		LeaveIf: typed.Text(r, "leave_if"), Review: read.Date("review"), Expected: typed.Answers(r, "expected"), Clarity: r.PostForm.Get("asked") == typed.NoGoal, Cadence: paths.Cadence(read.Number("cadence"))}
	if kit.Line(r, "pay") != "" {
		code := read.Currency("currency")
		s.Pay = &paths.Pay{Amount: read.Amount("pay", code), Currency: code, Per: paths.Per(r.PostForm.Get("per"))}
	}
	return s
}

// endStep answers POST /path/steps/{id}/end.
func (m *Paths) endStep(w http.ResponseWriter, r *http.Request) error {
	at, err := rowOf(r)
	if err != nil {
		return err
	}
	read := typed.Fields{R: r}
	end := read.Date("end")
	if err = read.Faults.Err(); err == nil {
		err = m.Paths.EndStep(r.Context(), member(r), at, end, paths.EndedBy(r.PostForm.Get("ended_by")))
	}
	if err == nil {
		return kit.SeeOther(w, r, "/path/steps/"+at.ID+"?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return m.showStep(w, r, status, form)
}

// removeStep answers POST /path/steps/{id}/remove.
func (m *Paths) removeStep(w http.ResponseWriter, r *http.Request) error {
	return act(w, r, home+"?done=path-removed#removed", func(at paths.Row) error { return m.Paths.RemoveStep(r.Context(), member(r), at) })
}
