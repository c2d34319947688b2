package paths

import (
	"fmt"
	"net/http"
	"unicode/utf8"

	"waypost/paths"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/paths/typed"
)

// StartView is the form that begins a path with its first steps.
type StartView struct {
	fields.Form
	Rows []string // the beginnings of the names of each row's fields
}

// startRows are how many steps the form has room for.
const startRows = 3

// NewStartView is the form.
func NewStartView(form fields.Form) StartView {
	view := StartView{Form: form}
	for i := range startRows {
		view.Rows = append(view.Rows, fmt.Sprint("steps.", i))
	}
	return view
}

// startForm answers GET /path/start.
func (m *Paths) startForm(w http.ResponseWriter, r *http.Request) error {
	form := fields.New()
	for i := range startRows {
		form.Values.Set(fmt.Sprintf("steps.%d.kind", i), string(paths.Position))
	}
	return m.Show(w, r, http.StatusOK, "path/start", home, NewStartView(form))
}

// start answers POST /path/start: rows without a title are left out.
func (m *Paths) start(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	steps, err := typedSteps(r)
	if err == nil {
		err = m.Paths.SaveSteps(r.Context(), member(r), steps)
	}
	if err == nil {
		return kit.SeeOther(w, r, home+"?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return m.Show(w, r, status, "path/start", home, NewStartView(form))
}

func typedSteps(r *http.Request) ([]paths.Step, error) {
	var steps []paths.Step
	read := typed.Fields{R: r}
	for i := range startRows {
		name := fmt.Sprintf("steps.%d.", i)
		s := paths.Step{Kind: paths.Kind(r.PostForm.Get(name + "kind")), Title: kit.Line(r, name+"title"), Organization: kit.Line(r, name+"organization"),
			Start: read.Date(name + "start"), End: read.Date(name + "end")}
		if s.Title == "" && s.Organization == "" && s.Start.IsZero() && s.End.IsZero() {
			continue
		}
		for field, text := range map[string]string{"title": s.Title, "organization": s.Organization} {
			if utf8.RuneCountInString(text) > paths.MaxTitle {
				read.Faults.Add(name+field, "field.too_long", "max", paths.MaxTitle)
			}
		}
		if s.Title == "" {
			read.Faults.Add(name+"title", "path.title_missing")
		}
		if kit.Line(r, name+"start") == "" {
			read.Faults.Add(name+"start", "path.start_missing")
		} else if !s.Open() && s.End.Last() < s.Start.First() {
			read.Faults.Add(name+"end", "path.end_before_start")
		}
		if s.Open() {
			s.Cadence = paths.Monthly
		}
		steps = append(steps, s)
	}
	if len(steps) == 0 && read.Faults.Empty() {
		return nil, fields.Fault("steps.0.title", "path.title_missing")
	}
	return steps, read.Faults.Err()
}
