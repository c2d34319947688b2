package paths

import (
	"net/http"
	"slices"
	"strings"

	"waypost/paths"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/paths/typed"
	"waypost/web/paths/ways"
)

// EntryForm is the form of an entry.
type EntryForm struct {
	fields.Form
	ID    string // empty for a new entry
	Steps []Choice
	LedTo []Choice
}

// newEntry answers GET /path/entries/new.
func (m *Paths) newEntry(w http.ResponseWriter, r *http.Request) error {
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	kind := q.Get("kind")
	if !slices.Contains(paths.EntryKinds(), paths.EntryKind(kind)) {
		kind = string(paths.Learned)
	}
	text, err := m.begins(r, p.Path)
	if err != nil {
		return err
	}
	form := fields.New("kind", kind, "date", p.Today.String(), "step", q.Get("step"), "text", text, "version", "0")
	return m.Show(w, r, http.StatusOK, "path/entry", entries, NewEntryForm(p.Path, "", form))
}

// begins is the text with which a form begins that a question of a decision leads to.
func (m *Paths) begins(r *http.Request, p paths.Path) (string, error) {
	q := r.URL.Query()
	d, ok := p.Decision(q.Get("decision"))
	if !ok {
		return "", nil
	}
	settings, err := m.Community.Settings(r.Context())
	if err != nil {
		return "", err
	}
	return ways.Begins(d, q.Get("question"), ways.How(q.Get("how")), m.Words(r, settings)), nil
}

// editEntry answers GET /path/entries/{id}.
func (m *Paths) editEntry(w http.ResponseWriter, r *http.Request) error {
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	x, ok := p.Entry(r.PathValue("id"))
	if !ok {
		return notFound()
	}
	form := fields.New("kind", string(x.Kind), "date", x.Date.String(), "text", x.Text, "hours", typed.HoursText(x.Minutes), "skills", strings.Join(x.Skills, ", "),
		"step", x.Step, "led_to", x.LedTo, "evidence", x.Evidence, "version", fields.Number(x.Version))
	return m.Show(w, r, http.StatusOK, "path/entry", entries, NewEntryForm(p.Path, x.ID, form))
}

// NewEntryForm is the form of an entry of a path, or of a new one.
func NewEntryForm(p paths.Path, id string, form fields.Form) EntryForm {
	view := EntryForm{Form: form, ID: id}
	for _, s := range slices.Backward(p.Steps) {
		view.Steps = append(view.Steps, Choice{s.ID, s.Title})
	}
	view.LedTo = view.Steps
	if x, ok := p.Entry(form.Value("led_to")); ok {
		view.LedTo = append(slices.Clip(view.LedTo), Choice{x.ID, EntryRow{Entry: x}.Title()})
	}
	return view
}

// saveEntry answers POST /path/entries/new and POST /path/entries/{id}.
func (m *Paths) saveEntry(w http.ResponseWriter, r *http.Request) error {
	at, err := rowOf(r)
	if err != nil {
		return err
	}
	read := typed.Fields{R: r}
	x := paths.Entry{Row: at, Kind: paths.EntryKind(r.PostForm.Get("kind")), Date: read.Date("date"), Text: typed.Text(r, "text"), Minutes: read.Hours("hours"),
		Skills: listed(kit.Line(r, "skills")), Step: r.PostForm.Get("step"), LedTo: r.PostForm.Get("led_to"), Evidence: kit.Line(r, "evidence")}
	if err = read.Faults.Err(); err == nil {
		x, err = m.Paths.SaveEntry(r.Context(), member(r), x)
	}
	if err == nil {
		return kit.SeeOther(w, r, afterEntry(x)+"?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	return m.Show(w, r, status, "path/entry", entries, NewEntryForm(p.Path, at.ID, form))
}

func afterEntry(x paths.Entry) string {
	if x.Step != "" {
		return "/path/steps/" + x.Step
	}
	return entries
}

// listed are words with commas between them.
func listed(text string) []string {
	var list []string
	for word := range strings.SplitSeq(text, ",") {
		if word = strings.TrimSpace(word); word != "" && !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	return list
}

// removeEntry answers POST /path/entries/{id}/remove.
func (m *Paths) removeEntry(w http.ResponseWriter, r *http.Request) error {
	return act(w, r, home+"?done=path-removed#removed", func(at paths.Row) error { return m.Paths.RemoveEntry(r.Context(), member(r), at) })
}

// EntriesView lists what was written down, the latest first.
type EntriesView struct {
	Kind    string // only of this kind; "" for all
	List    []EntryRow
	Hours   []Quarter
	Older   string // the address of older ones; "" if there are none
	Nothing bool   // of any kind
}

// EntryRow is an entry in a list.
type EntryRow struct {
	paths.Entry
	Step  string // its title
	LedTo string // the title of what it led to
}

// Label is the key of the kind's name.
func (x EntryRow) Label() string { return entryLabels[x.Kind] }

// Title is what it is called: its text, or its skills; "" where it has neither.
func (x EntryRow) Title() string {
	if x.Text != "" {
		return x.Text
	}
	return strings.Join(x.Skills, ", ")
}

// Time is how long it took, as people say it; "" where that is not said.
func (x EntryRow) Time() string { return typed.HoursText(x.Minutes) }

const onEntries = 50

// entryList answers GET /path/entries.
func (m *Paths) entryList(w http.ResponseWriter, r *http.Request) error {
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	return m.Show(w, r, http.StatusOK, "path/entries", entries, NewEntriesView(p.Path, q.Get("kind"), q.Get("before")))
}

// NewEntriesView lists the entries of a kind, or of all, that are older than one; "" for
// the latest.
func NewEntriesView(p paths.Path, kind, before string) EntriesView {
	view := EntriesView{Kind: kind, Hours: Quarters(p.Entries), Nothing: len(p.Entries) == 0}
	if !slices.Contains(paths.EntryKinds(), paths.EntryKind(kind)) {
		view.Kind = ""
	}
	past := before == ""
	for _, row := range rows(p, p.Entries) {
		if view.Kind != "" && string(row.Kind) != view.Kind {
			continue
		}
		if past {
			if len(view.List) == onEntries {
				view.Older = entries + "?kind=" + view.Kind + "&before=" + view.List[onEntries-1].ID
				break
			}
			view.List = append(view.List, row)
		}
		past = past || row.ID == before
	}
	return view
}

// rows are entries for a list, the latest first.
func rows(p paths.Path, list []paths.Entry) []EntryRow {
	titles := map[string]string{}
	for _, s := range p.Steps {
		titles[s.ID] = s.Title
	}
	for _, x := range p.Entries {
		titles[x.ID] = x.Text
	}
	out := make([]EntryRow, 0, len(list))
	for _, x := range slices.Backward(list) {
		out = append(out, EntryRow{x, titles[x.Step], titles[x.LedTo]})
	}
	return out
}
