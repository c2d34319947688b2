package paths

import (
	"fmt"
	"net/http"
	"strconv"

	"waypost/internal/problem"
	"waypost/paths"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/paths/typed"
	"waypost/web/paths/ways"
	"waypost/web/render"
)

func (m *Paths) decisionRoutes(get func(string, kit.Handler), post func(string, int64, kit.Handler)) {
	get("/path/decisions/new", m.newDecision)
	post("/path/decisions/new", bodyForm, m.saveDecision)
	get("/path/decisions/{id}", m.decision)
	get("/path/decisions/{id}/edit", m.editDecision)
	post("/path/decisions/{id}/edit", bodyForm, m.saveDecision)
	post("/path/decisions/{id}/ask", bodyForm, m.ask)
	post("/path/decisions/{id}/decide", bodyForm, m.decide)
	post("/path/decisions/{id}/looks/{n}", bodyForm, m.lookBack)
	post("/path/decisions/{id}/talk", bodyForm, m.talk)
	post("/path/decisions/{id}/drop", bodyButton, m.dropDecision)
	post("/path/decisions/{id}/take-up", bodyButton, m.takeUpDecision)
	post("/path/decisions/{id}/reopen", bodyButton, m.reopenDecision)
	post("/path/decisions/{id}/remove", bodyButton, m.removeDecision)
}

// decisionOf is the decision that an address names.
func (m *Paths) decisionOf(r *http.Request) (mine, paths.Decision, error) {
	p, err := m.mine(r)
	if err != nil {
		return p, paths.Decision{}, err
	}
	d, ok := p.Decision(r.PathValue("id"))
	if !ok {
		return p, d, notFound()
	}
	return p, d, nil
}

// decision answers GET /path/decisions/{id}.
func (m *Paths) decision(w http.ResponseWriter, r *http.Request) error {
	return m.showDecision(w, r, http.StatusOK, fields.Form{})
}

func (m *Paths) showDecision(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	p, d, err := m.decisionOf(r)
	if err != nil {
		return err
	}
	settings, err := m.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	view := ways.NewView(p.Path, d, p.Today, form, render.Charts(m.Words(r, settings)))
	return m.ShowIn(w, r, settings, status, "path/decision", home, view)
}

// onDecision does something about a decision by a form on its page, and shows the page
// again with what was typed where that is refused.
func (m *Paths) onDecision(w http.ResponseWriter, r *http.Request, at, rename string, do func(row paths.Row, read *typed.Fields) error) error {
	row, err := rowOf(r)
	if err != nil {
		return err
	}
	read := typed.Fields{R: r}
	if err = do(row, &read); err == nil {
		return kit.SeeOther(w, r, "/path/decisions/"+row.ID+"?done=saved#"+at)
	}
	if rename != "" {
		err = fields.Renamed(err, "note", rename)
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return m.showDecision(w, r, status, form)
}

// ask answers POST /path/decisions/{id}/ask.
func (m *Paths) ask(w http.ResponseWriter, r *http.Request) error {
	return m.onDecision(w, r, "result", "", func(row paths.Row, _ *typed.Fields) error {
		_, d, err := m.decisionOf(r)
		if err != nil {
			return err
		}
		return ways.Placed(m.Paths.Ask(r.Context(), member(r), row, r.PostForm.Get("hope")), ways.Scores, d, nil)
	})
}

// decide answers POST /path/decisions/{id}/decide.
func (m *Paths) decide(w http.ResponseWriter, r *http.Request) error {
	return m.onDecision(w, r, "decided", "", func(row paths.Row, read *typed.Fields) error {
		c := paths.Choice{Chosen: r.PostForm.Get("chosen"), Reason: typed.Text(r, "reason"), Confidence: read.Number("confidence")}
		for i := range ways.LookMonths {
			c.Expected = append(c.Expected, ways.Found(r, fmt.Sprint("expected.", i)))
		}
		if err := read.Faults.Err(); err != nil {
			return err
		}
		return m.Paths.Decide(r.Context(), member(r), row, c)
	})
}

// lookBack answers POST /path/decisions/{id}/looks/{n}; n counts from 1.
func (m *Paths) lookBack(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return notFound()
	}
	name := strconv.Itoa(n)
	return m.onDecision(w, r, "looks", "note."+name, func(row paths.Row, _ *typed.Fields) error {
		return m.Paths.LookBack(r.Context(), member(r), row, n-1, ways.Found(r, "found."+name), typed.Text(r, "note."+name))
	})
}

// talk answers POST /path/decisions/{id}/talk.
func (m *Paths) talk(w http.ResponseWriter, r *http.Request) error {
	return m.onDecision(w, r, "talk", "", func(row paths.Row, _ *typed.Fields) error {
		return m.Paths.Converse(r.Context(), member(r), row, typed.Text(r, "to_say"), typed.Text(r, "said"))
	})
}

// dropDecision answers POST /path/decisions/{id}/drop.
func (m *Paths) dropDecision(w http.ResponseWriter, r *http.Request) error {
	return act(w, r, decisionURL(r)+"?done=saved", func(at paths.Row) error { return m.Paths.DropDecision(r.Context(), member(r), at) })
}

// takeUpDecision answers POST /path/decisions/{id}/take-up.
func (m *Paths) takeUpDecision(w http.ResponseWriter, r *http.Request) error {
	return act(w, r, decisionURL(r)+"?done=saved", func(at paths.Row) error { return m.Paths.TakeUpDecision(r.Context(), member(r), at) })
}

// removeDecision answers POST /path/decisions/{id}/remove.
func (m *Paths) removeDecision(w http.ResponseWriter, r *http.Request) error {
	return act(w, r, home+"?done=path-removed#removed", func(at paths.Row) error { return m.Paths.RemoveDecision(r.Context(), member(r), at) })
}

// reopenDecision answers POST /path/decisions/{id}/reopen: it goes on with the copy.
func (m *Paths) reopenDecision(w http.ResponseWriter, r *http.Request) error {
	at, err := rowOf(r)
	if err != nil {
		return err
	}
	d, err := m.Paths.ReopenDecision(r.Context(), member(r), at)
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/path/decisions/"+d.ID+"?done=saved")
}

func decisionURL(r *http.Request) string { return "/path/decisions/" + r.PathValue("id") }

// newDecision answers GET /path/decisions/new.
func (m *Paths) newDecision(w http.ResponseWriter, r *http.Request) error {
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	settings, err := m.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	form := fields.New("step", r.URL.Query().Get("step"), "horizon", strconv.Itoa(paths.UsualHorizon), "option.0", m.Words(r, settings).T("path.way.stay"), "version", "0")
	return m.ShowIn(w, r, settings, http.StatusOK, "path/decision-form", home, ways.NewForm(p.Path, paths.Decision{}, ways.Ways, form))
}

// editDecision answers GET /path/decisions/{id}/edit; ?part= names the part.
func (m *Paths) editDecision(w http.ResponseWriter, r *http.Request) error {
	p, d, err := m.decisionOf(r)
	if err != nil {
		return err
	}
	if d.State != paths.DecisionOpen {
		return m.showDecision(w, r, http.StatusOK, fields.Form{Problem: &problem.Message{Key: "path.decision_closed"}})
	}
	part := ways.PartOf(r.URL.Query().Get("part"))
	return m.Show(w, r, http.StatusOK, "path/decision-form", home, ways.NewForm(p.Path, d, part, ways.Kept(p.Path, d)))
}

// saveDecision answers POST /path/decisions/new and POST /path/decisions/{id}/edit: one
// part of the form.
func (m *Paths) saveDecision(w http.ResponseWriter, r *http.Request) error {
	at, err := rowOf(r)
	if err != nil {
		return err
	}
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	part, kept := ways.PartOf(r.PostForm.Get("part")), paths.Decision{}
	if at.ID != "" {
		var ok bool
		if kept, ok = p.Decision(at.ID); !ok {
			return notFound()
		}
	} else {
		part = ways.Ways
	}
	about, _ := p.Step(kept.Step) // its pay is offered in the form
	read := typed.Fields{R: r, Codes: ways.Codes(kept, about)}
	given, rows := ways.Read(&read, part, kept)
	given.Row = at
	saved := given
	if err = read.Faults.Err(); err == nil {
		saved, err = m.Paths.SaveDecision(r.Context(), member(r), given)
		err = ways.Placed(err, part, given, rows)
	}
	if err == nil {
		return kit.SeeOther(w, r, ways.After(saved.ID, part, r.PostForm.Get("act") == "on"))
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return m.Show(w, r, status, "path/decision-form", home, ways.NewForm(p.Path, kept, part, form))
}
