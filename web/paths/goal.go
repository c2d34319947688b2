package paths

import (
	"net/http"
	"strings"

	"waypost/internal/problem"
	"waypost/paths"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/paths/typed"
)

// GoalView is the form of the goal, and what became of earlier ones.
type GoalView struct {
	fields.Form
	ID      string // empty for a new goal
	Earlier []GoalRow
}

// GoalRow is an earlier goal.
type GoalRow struct {
	paths.Goal
	State  string // a message key
	Resume bool   // it may be taken up again: none is active
}

var goalStates = map[paths.GoalState]string{paths.GoalActive: "path.goal.active", paths.GoalReached: "path.goal.reached", paths.GoalLetGo: "path.goal.let_go"}

// goalForm answers GET /path/goal.
func (m *Paths) goalForm(w http.ResponseWriter, r *http.Request) error {
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	g, _ := p.Goal()
	form := fields.New("title", g.Title, "why", g.Why, "horizon", g.Horizon.String(), "version", fields.Number(g.Version))
	return m.showGoal(w, r, http.StatusOK, p, form)
}

func (m *Paths) showGoal(w http.ResponseWriter, r *http.Request, status int, p mine, form fields.Form) error {
	return m.Show(w, r, status, "path/goal", home, NewGoalView(p.Path, form))
}

// NewGoalView is the form of the goal of a path.
func NewGoalView(p paths.Path, form fields.Form) GoalView {
	g, active := p.Goal()
	view := GoalView{Form: form, ID: g.ID}
	for i := len(p.Goals) - 1; i >= 0; i-- {
		if p.Goals[i].State != paths.GoalActive {
			view.Earlier = append(view.Earlier, GoalRow{p.Goals[i], goalStates[p.Goals[i].State], !active})
		}
	}
	return view
}

// saveGoal answers POST /path/goal.
func (m *Paths) saveGoal(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	version, err := kit.Version(r)
	if err != nil {
		return err
	}
	read := typed.Fields{R: r}
	g := paths.Goal{Row: paths.Row{ID: r.PostForm.Get("id"), Version: version}, Title: kit.Line(r, "title"), Why: strings.TrimSpace(kit.Block(r, "why")), Horizon: read.Date("horizon")}
	if err = read.Faults.Err(); err == nil {
		_, err = m.Paths.SaveGoal(r.Context(), member(r), g)
	}
	if err == nil {
		return kit.SeeOther(w, r, home+"?done=saved")
	}
	return m.refusedGoal(w, r, err)
}

func (m *Paths) refusedGoal(w http.ResponseWriter, r *http.Request, err error) error {
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	return m.showGoal(w, r, status, p, form)
}

// endGoal answers POST /path/goal/{id}/end.
func (m *Paths) endGoal(w http.ResponseWriter, r *http.Request) error {
	at, err := rowOf(r)
	if err != nil {
		return err
	}
	err = m.Paths.EndGoal(r.Context(), member(r), at, paths.GoalState(r.PostForm.Get("state")), strings.TrimSpace(kit.Block(r, "note")))
	if problem.Is(err, problem.Invalid) {
		return m.refusedGoal(w, r, err)
	}
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/path/goal?done=saved")
}

// resumeGoal answers POST /path/goal/{id}/resume.
func (m *Paths) resumeGoal(w http.ResponseWriter, r *http.Request) error {
	return act(w, r, home+"?done=saved", func(at paths.Row) error { return m.Paths.ResumeGoal(r.Context(), member(r), at) })
}
