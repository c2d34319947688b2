package paths

import (
	"cmp"
	"net/http"
	"strings"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/exchange/occupations"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/paths/typed"
	"waypost/web/shell"
)

// GoalView is the form of the goal, and what became of earlier ones.
type GoalView struct {
	fields.Form
	ID      string // empty for a new goal
	Earlier []GoalRow
	Offers  bool             // there is a list of occupations
	Offered []string         // some of it, where it was looked up, or what was typed is not in it
	Looked  bool             // it was looked up
	Credit  *problem.Message // what the maker of the list asks to be said
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
	list, err := m.occupations(r)
	if err != nil {
		return err
	}
	g, _ := p.Goal()
	named, _ := list.ByURI(g.Occupation)
	form := fields.New("title", g.Title, "why", g.Why, "horizon", g.Horizon.String(), "occupation", named.Label, "version", fields.Number(g.Version))
	return m.showGoal(w, r, http.StatusOK, p, list, form)
}

func (m *Paths) showGoal(w http.ResponseWriter, r *http.Request, status int, p mine, list occupations.List, form fields.Form) error {
	view := NewGoalView(p.Path, form)
	view.Offers = list.Len() > 0
	view.Looked = form.Value("act") == "look-up"
	if view.Looked || form.Fault("occupation") != nil {
		for _, o := range list.Find(form.Value("occupation"), offeredAtOnce) {
			view.Offered = append(view.Offered, o.Label)
		}
	}
	if credit, ok := list.Credit(); ok {
		view.Credit = &credit
	}
	return m.Show(w, r, status, "path/goal", home, view)
}

// offeredAtOnce is how many occupations are offered.
const offeredAtOnce = 20

func (m *Paths) occupations(r *http.Request) (list occupations.List, err error) {
	err = m.DB.View(r.Context(), func(tx *db.Tx) error {
		list, err = m.Occupations.List(tx)
		return err
	})
	return list, err
}

// offer answers GET /path/occupations: those that begin as what is typed, for a script.
func (m *Paths) offer(w http.ResponseWriter, r *http.Request) error {
	list, err := m.occupations(r)
	if err != nil {
		return err
	}
	labels := []string{}
	for _, o := range list.Find(r.URL.Query().Get("q"), offeredAtOnce) {
		labels = append(labels, o.Label)
	}
	return shell.Answer(w, r, http.StatusOK, labels)
}

// typedOccupation is the URI of the occupation that was chosen or typed, or keeps the one that the
// goal has where there is no list to choose from.
func typedOccupation(r *http.Request, list occupations.List, p paths.Path) (string, error) {
	typed := cmp.Or(kit.Line(r, "choice"), kit.Line(r, "occupation"))
	if list.Len() == 0 {
		g, _ := p.Goal()
		return g.Occupation, nil
	}
	if typed == "" {
		return "", nil
	}
	for _, o := range list.Find(typed, offeredAtOnce) {
		if strings.EqualFold(o.Label, typed) {
			return o.URI, nil
		}
	}
	return "", fields.Fault("occupation", "path.occupation_unknown")
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
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	list, err := m.occupations(r)
	if err != nil {
		return err
	}
	if r.PostForm.Get("act") == "look-up" {
		return m.showGoal(w, r, http.StatusOK, p, list, fields.Form{Values: r.PostForm})
	}
	if err = read.Faults.Err(); err == nil {
		g.Occupation, err = typedOccupation(r, list, p.Path)
	}
	if err == nil {
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
	list, err := m.occupations(r)
	if err != nil {
		return err
	}
	return m.showGoal(w, r, status, p, list, form)
}

// endGoal answers POST /path/goal/{id}/end.
func (m *Paths) endGoal(w http.ResponseWriter, r *http.Request) error {
	at, err := rowOf(r)
	if err != nil {
		return err
	}
	err = m.Paths.EndGoal(r.Context(), member(r), at, paths.GoalState(r.PostForm.Get("state")), strings.TrimSpace(kit.Block(r, "note")))
	if problem.Is(err, problem.Invalid) {
		p, err2 := m.mine(r)
		if err2 != nil {
			return err2
		}
		g, _ := p.Goal()
		for name, value := range map[string]string{"title": g.Title, "why": g.Why, "horizon": g.Horizon.String()} {
			r.PostForm.Set(name, value)
		}
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
