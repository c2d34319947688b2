package paths

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/exchange/calendar"
	"waypost/paths/exchange/document"
	"waypost/paths/exchange/resume"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// KeepView is the page on which a member takes their path along, follows it in a calendar,
// and destroys it.
type KeepView struct {
	fields.Form
	Shut  *problem.Message // why the path cannot be opened; nil where it can
	Empty bool
	Steps []StepRow
	Name  string
	Feed  string // the address of the calendar, shown once; "" else
	Fed   bool   // there is one

	Quarterly bool // an owner turned the figure on
	Counted   bool // the member joined it
}

// keep answers GET /path/keep.
func (m *Paths) keep(w http.ResponseWriter, r *http.Request) error {
	return m.showKeep(w, r, http.StatusOK, KeepView{Form: fields.New()})
}

func (m *Paths) showKeep(w http.ResponseWriter, r *http.Request, status int, view KeepView) error {
	p, err := m.mine(r)
	if err != nil && !problem.Is(err, problem.Unavailable) { // a path that cannot be read can still be destroyed
		return err
	}
	var said *problem.Problem
	if errors.As(err, &said) {
		view.Shut = &said.Message
	}
	known := NewKeepView(p.Path, shell.SessionOf(r).Account.Name)
	view.Empty, view.Name, view.Steps = known.Empty, known.Name, known.Steps
	err = m.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if view.Fed, err = m.Feeds.Has(tx, member(r)); err != nil {
			return err
		}
		if view.Quarterly, err = m.Quarters.On(tx); err != nil {
			return err
		}
		view.Counted, err = m.Quarters.Joined(tx, member(r))
		return err
	})
	if err != nil {
		return err
	}
	return m.Show(w, r, status, "path/keep", "/path/keep", view)
}

// NewKeepView is the page for a path, with the member's name.
func NewKeepView(p paths.Path, name string) KeepView {
	view := KeepView{Form: fields.New(), Empty: p.Empty(), Name: name}
	for _, s := range slices.Backward(p.Steps) {
		view.Steps = append(view.Steps, stepRow(p, s))
	}
	return view
}

// wholeFile answers GET /path/path.json: the whole path, every field.
func (m *Paths) wholeFile(w http.ResponseWriter, r *http.Request) error {
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	text, err := document.Write(p.Path)
	if err != nil {
		return err
	}
	return download(w, "path.json", "application/json", text)
}

// resumeFile answers GET /path/resume.json: the chosen steps as JSON Resume.
func (m *Paths) resumeFile(w http.ResponseWriter, r *http.Request) error {
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	c := resume.Chosen{Name: q.Get("name")}
	for _, s := range p.Steps {
		if slices.Contains(q["step"], s.ID) {
			c.Steps = append(c.Steps, s)
			c.Entries = append(c.Entries, p.EntriesOf(s.ID)...)
		}
	}
	if len(c.Steps) == 0 {
		form := fields.New()
		form.Problem = &problem.Message{Key: "path.resume_nothing"}
		return m.showKeep(w, r, http.StatusUnprocessableEntity, KeepView{Form: form})
	}
	text, _, err := resume.Write(c)
	if err != nil {
		return err
	}
	return download(w, "resume.json", "application/json", text)
}

func download(w http.ResponseWriter, name, kind string, text []byte) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	_, _ = w.Write(text) // whoever read it may have gone away
	return nil
}

// changeFeed answers POST /path/feed: it makes an address for a calendar, another one, or
// ends it.
func (m *Paths) changeFeed(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	if r.PostForm.Get("act") == "end" {
		if err := m.Feeds.End(r.Context(), member(r)); err != nil {
			return err
		}
		return kit.SeeOther(w, r, "/path/keep?done=saved")
	}
	secret, err := m.Feeds.New(r.Context(), member(r))
	if err != nil {
		return err
	}
	return m.showKeep(w, r, http.StatusOK, KeepView{Form: fields.New(), Feed: m.Base + "/path/calendar/" + secret})
}

// feed answers GET /path/calendar/{token}: the days on which something is due, and
// nothing of what.
func (m *Paths) feed(w http.ResponseWriter, r *http.Request) error {
	var due []calendar.Due
	settings, err := m.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	err = m.DB.View(r.Context(), func(tx *db.Tx) error {
		list, err := m.Feeds.Due(tx, r.PathValue("token"))
		due = nil
		for _, x := range list {
			what := calendar.Review
			if x.About == paths.AboutCheckIn {
				what = calendar.CheckIn
			}
			due = append(due, calendar.Due{ID: x.ID, What: what, Day: x.Due.Date()})
		}
		return err
	})
	if err != nil {
		return err
	}
	words := m.Renderer.Catalog(settings.Language)
	text := calendar.Feed(settings.Name, due, func(said problem.Message) string { return words.T(said.Key, said.Args...) }, m.Clock())
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	_, _ = w.Write(text) // as in download
	return nil
}

// erase answers POST /path/erase.
func (m *Paths) erase(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	if r.PostForm.Get("sure") != "yes" {
		form, status, _ := fields.Form{Values: r.PostForm}.Refused(fields.Fault("sure", "path.erase_sure"))
		return m.showKeep(w, r, status, KeepView{Form: form})
	}
	if err := m.Paths.Erase(r.Context(), member(r)); err != nil {
		return err
	}
	return kit.SeeOther(w, r, home+"?done=path-erased")
}
