package paths

import (
	"net/http"

	"waypost/internal/db"
	"waypost/members"
	"waypost/paths/quarters"
	"waypost/web/kit"
	"waypost/web/shell"
)

// QuartersView is the quarterly figure, as owners and organizers see it.
type QuartersView struct {
	On      bool
	May     bool // whoever asks may turn it on and off
	Figures []QuarterRow
}

// QuarterRow is a figure.
type QuarterRow struct {
	Quarter           Quarter
	Enough            bool
	Overall, Learning string
}

// quarters answers GET /desk/paths.
func (m *Paths) quarters(w http.ResponseWriter, r *http.Request) error {
	var list []quarters.Figure
	view := QuartersView{May: shell.ActorOf(r).May(members.RunCommunity)}
	err := m.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if view.On, err = m.Quarters.On(tx); err != nil {
			return err
		}
		list, err = m.Quarters.Figures(tx)
		return err
	})
	if err != nil {
		return err
	}
	for _, f := range list {
		view.Figures = append(view.Figures, QuarterRow{Quarter{Year: f.Year, Number: f.Number}, f.Enough, decimal(f.Overall), decimal(f.Learning)})
	}
	return m.Show(w, r, http.StatusOK, "path/quarters", "/desk/paths", view)
}

// turnQuarters answers POST /desk/paths.
func (m *Paths) turnQuarters(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	if err := m.Quarters.Turn(r.Context(), shell.ActorOf(r).AccountID, r.PostForm.Get("act") == "on"); err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/paths?done=saved")
}

// joinQuarters answers POST /path/quarterly.
func (m *Paths) joinQuarters(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	if err := m.Quarters.Join(r.Context(), member(r), r.PostForm.Get("act") == "join"); err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/path/keep?done=saved#quarterly")
}
