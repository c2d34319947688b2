package paths

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/exchange"
	"waypost/paths/exchange/badges"
	"waypost/paths/exchange/calendar"
	"waypost/paths/exchange/document"
	"waypost/paths/exchange/linkedin"
	"waypost/paths/exchange/resume"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/paths/typed"
)

// Caps of what brings a path in.
const (
	bodyImport = linkedin.MostBytes + 1<<20
	bodyTicked = document.MostPacked + 1<<20 // with what is ticked

	mostEntries = 1000 // of a whole path that can be ticked one by one
)

// ImportView is the form that takes a file.
type ImportView struct {
	fields.Form
}

// ImportList is what a file holds, to tick. Nothing of it is kept yet: the page carries it.
type ImportList struct {
	fields.Form
	Label   string // of the source: a message key
	Source  string
	Found   string // the list as a packed document, for the form
	List    string // its name, so that it is taken once
	Rows    []TickRow
	Skipped []exchange.Skipped
	More    int  // that were skipped besides
	Whole   bool // entries are too many to tick: they come with their steps
}

// TickRow is something that may be taken.
type TickRow struct {
	ID           string
	Label        string // of its kind: a message key
	Title        string
	Organization string
	Start, End   partdate.Date
	Within       bool // of the row above that is not
	Notes        []problem.Message
	Hours        string // of an entry; "" for none
	Entry        bool   // else a step, a goal or a decision
	Twice        bool   // the path has it already, or the list has it twice
	Ticked       bool
}

// importForm answers GET /path/import.
func (m *Paths) importForm(w http.ResponseWriter, r *http.Request) error {
	return m.Show(w, r, http.StatusOK, "path/import", "/path/import", ImportView{fields.New()})
}

// importFile answers POST /path/import: it reads the file and shows what is in it.
func (m *Paths) importFile(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	view, err := m.readFile(r, p)
	if err == nil {
		view.List = m.Paths.NewList()
		return m.Show(w, r, http.StatusOK, "path/import-list", "/path/import", view)
	}
	var said *problem.Problem
	if !errors.As(err, &said) {
		return err
	}
	form := fields.Form{Values: r.PostForm, Problem: &said.Message, Faults: said.Fields}
	return m.Show(w, r, kit.Status(err), "path/import", "/path/import", ImportView{form})
}

func (m *Paths) readFile(r *http.Request, p mine) (ImportList, error) {
	file, header, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return ImportList{}, fields.Fault("file", "path.import_missing")
	}
	if err != nil {
		return ImportList{}, err
	}
	defer file.Close()
	m.large.Lock()
	defer m.large.Unlock()
	head := make([]byte, 4)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return ImportList{}, err
	}
	if bytes.Equal(head[:n], []byte("PK\x03\x04")) {
		return listOf(p.Path)(linkedin.Read(file, header.Size, p.Today))
	}
	text, err := io.ReadAll(io.LimitReader(file, document.MostBytes+1))
	if err != nil {
		return ImportList{}, err
	}
	return m.readText(r, text, p)
}

// readText tells by what is in it what a text is, and reads it.
func (m *Paths) readText(r *http.Request, text []byte, p mine) (ImportList, error) {
	plain := bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff")))
	switch {
	case bytes.HasPrefix(bytes.ToUpper(plain[:min(len(plain), 15)]), []byte("BEGIN:VCALENDAR")):
		zone, err := m.zone(r)
		if err != nil {
			return ImportList{}, err
		}
		return listOf(p.Path)(calendar.Read(text, m.Clock(), zone))
	case bytes.Contains(plain, []byte(`"check_ins"`)) || bytes.Contains(plain, []byte(`"decisions"`)) || bytes.Contains(plain, []byte(`"steps"`)):
		whole, err := document.ReadOn(text, p.Today)
		if err != nil {
			return ImportList{}, err
		}
		return wholeList(whole, p.Path)
	case bytes.Contains(plain, []byte("AchievementCredential")) || bytes.Contains(plain, []byte("OpenBadgeCredential")) || bytes.HasPrefix(plain, []byte("ey")):
		settings, err := m.Community.Settings(r.Context())
		if err != nil {
			return ImportList{}, err
		}
		return listOf(p.Path)(badges.Read(text, p.Today, m.Words(r, settings).T(badges.NotVerified)))
	default:
		return listOf(p.Path)(resume.Read(text, p.Today))
	}
}

func listOf(have paths.Path) func(exchange.Found, error) (ImportList, error) {
	return func(found exchange.Found, err error) (ImportList, error) {
		if err != nil {
			return ImportList{}, err
		}
		list := paths.Path{}
		for _, item := range found.Items {
			switch {
			case item.Step != nil:
				list.Steps = append(list.Steps, *item.Step)
			case item.Entry != nil:
				list.Entries = append(list.Entries, *item.Entry)
			case item.Goal != nil:
				list.Goals = append(list.Goals, *item.Goal)
			}
		}
		view := NewImportList(found, have)
		return view, view.carry(list)
	}
}

// NewImportList is what a reader found, for a member who has a path.
func NewImportList(found exchange.Found, have paths.Path) ImportList {
	return ImportList{Form: fields.New(), Source: found.Source, Label: sources[found.Source], Rows: tickRows(found, have), Skipped: found.Skipped, More: found.More}
}

// wholeList is a path that was taken along. What hangs on a step comes with it.
func wholeList(whole, have paths.Path) (ImportList, error) {
	view := newWholeList(whole, have)
	return view, view.carry(whole)
}

func newWholeList(whole, have paths.Path) ImportList {
	view := NewImportList(exchange.Found{Source: "document", Items: items(whole)}, have)
	if len(whole.Entries) > mostEntries {
		view.Rows = slices.DeleteFunc(view.Rows, func(t TickRow) bool { return t.Entry })
		view.Whole = true
	}
	return view
}

// carry puts the list into the page.
func (v *ImportList) carry(list paths.Path) (err error) {
	v.Found, err = document.Pack(list)
	return err
}

func tickRows(found exchange.Found, have paths.Path) []TickRow {
	twins := exchange.Duplicates(found, have)
	_, active := have.Goal()
	rows := make([]TickRow, 0, len(found.Items))
	for _, item := range found.Items {
		start, end := item.Dates()
		row := TickRow{ID: item.ID, Title: item.Title(), Organization: item.Organization(), Start: start, End: end, Within: item.Parent() != "" && item.Step != nil,
			Notes: item.Notes, Twice: twins[item.ID] != ""}
		switch {
		case item.Step != nil:
			row.Label = stepKinds[item.Step.Kind]
		case item.Entry != nil:
			row.Entry = true
			row.Label, row.Hours = entryLabels[item.Entry.Kind], typed.HoursText(item.Entry.Minutes)
		case item.Decision != nil:
			row.Label = partLabels[paths.DecisionPart]
		default:
			row.Label = partLabels[paths.GoalPart]
		}
		second := item.Goal != nil && active && item.Goal.State == paths.GoalActive
		if second {
			row.Notes = append(slices.Clip(row.Notes), problem.Message{Key: "path.goal_second"})
		}
		if item.Unsure && item.Goal != nil && !second {
			row.Notes = append(slices.Clip(row.Notes), problem.Message{Key: "path.import_unsure"})
		}
		row.Ticked = !row.Twice && !item.Unsure && !second
		rows = append(rows, row)
	}
	return rows
}

// takeImport answers POST /path/import/take: what is ticked becomes part of the path.
func (m *Paths) takeImport(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	if sources[r.PostForm.Get("source")] == "" {
		return problem.New(problem.Malformed, "problem.malformed")
	}
	p, err := m.mine(r)
	if err != nil {
		return err
	}
	again, err := m.takeTicked(r, p.Path)
	if err != nil {
		return err
	}
	if again != nil {
		return m.Show(w, r, http.StatusUnprocessableEntity, "path/import-list", "/path/import", *again)
	}
	return kit.SeeOther(w, r, home+"?done=brought-in")
}

// takeTicked brings in what is ticked; where nothing is, it returns the list once more.
func (m *Paths) takeTicked(r *http.Request, have paths.Path) (*ImportList, error) {
	m.large.Lock()
	defer m.large.Unlock()
	source, list, found := r.PostForm.Get("source"), r.PostForm.Get("list"), r.PostForm.Get("found")
	whole, err := document.Unpack(found)
	if err != nil {
		return nil, err
	}
	take := r.PostForm["take"]
	if r.PostForm.Get("whole") == "yes" {
		for _, x := range whole.Entries {
			if x.Step == "" || slices.Contains(take, x.Step) {
				take = append(take, x.ID)
			}
		}
	}
	ticked := chosen(whole.Clone(), take, have)
	if ticked.Empty() {
		view := NewImportList(exchange.Found{Source: source, Items: items(whole)}, have)
		if source == "document" {
			view = newWholeList(whole, have)
		}
		view.Problem, view.List, view.Found = &problem.Message{Key: "path.import_nothing"}, list, found
		return &view, nil
	}
	_, err = m.Paths.BringIn(r.Context(), member(r), source, list, ticked)
	return nil, err
}

// chosen are the parts of a list that are ticked, and the check-ins and changes of ticked
// steps. What refers to a part that is not ticked refers to the same part of the path where
// that has it, else to none.
func chosen(list paths.Path, ticked []string, have paths.Path) paths.Path {
	is := map[string]bool{}
	for _, id := range ticked {
		is[id] = true
	}
	there := exchange.Duplicates(exchange.Found{Items: items(list)}, have)
	instead := func(refers ...*string) {
		for _, to := range refers {
			if !is[*to] {
				*to = strings.TrimPrefix(there[*to], "#")
			}
		}
	}
	list.Goals = slices.DeleteFunc(list.Goals, func(g paths.Goal) bool { return !is[g.ID] })
	list.Steps = slices.DeleteFunc(list.Steps, func(s paths.Step) bool { return !is[s.ID] })
	list.Entries = slices.DeleteFunc(list.Entries, func(x paths.Entry) bool { return !is[x.ID] })
	list.CheckIns = slices.DeleteFunc(list.CheckIns, func(c paths.CheckIn) bool { return !is[c.Step] })
	list.Changes = slices.DeleteFunc(list.Changes, func(c paths.Change) bool { return !is[c.Step] })
	list.Decisions = slices.DeleteFunc(list.Decisions, func(d paths.Decision) bool { return !is[d.ID] })
	for i := range list.Goals {
		instead(&list.Goals[i].ReplacedBy)
	}
	for i := range list.Steps {
		instead(&list.Steps[i].Parent, &list.Steps[i].Goal)
	}
	for i := range list.Entries {
		instead(&list.Entries[i].Step, &list.Entries[i].LedTo)
	}
	for i := range list.Decisions {
		instead(&list.Decisions[i].Step, &list.Decisions[i].CopyOf)
	}
	return list
}

// items are the goals, steps, entries and decisions of a path as a list to tick.
func items(p paths.Path) []exchange.Item {
	var list []exchange.Item
	for i := range p.Goals {
		list = append(list, exchange.Item{ID: p.Goals[i].ID, Goal: &p.Goals[i]})
	}
	for i := range p.Steps {
		list = append(list, exchange.Item{ID: p.Steps[i].ID, Step: &p.Steps[i]})
	}
	for i := range p.Entries {
		list = append(list, exchange.Item{ID: p.Entries[i].ID, Entry: &p.Entries[i]})
	}
	for i := range p.Decisions {
		list = append(list, exchange.Item{ID: p.Decisions[i].ID, Decision: &p.Decisions[i]})
	}
	return list
}

// takeBack answers POST /path/imports/{id}/take-back.
func (m *Paths) takeBack(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	if _, err := m.Paths.TakeBack(r.Context(), member(r), r.PathValue("id")); err != nil {
		return err
	}
	return kit.SeeOther(w, r, home+"?done=path-removed#removed")
}

// Dated reports that it is known when it began.
func (t TickRow) Dated() bool { return !t.Start.IsZero() }

// Ends reports that it has an end of its own.
func (t TickRow) Ends() bool { return !t.End.IsZero() && t.End != t.Start }

func (m *Paths) zone(r *http.Request) (zone *time.Location, err error) {
	err = m.DB.View(r.Context(), func(tx *db.Tx) error {
		zone, err = m.Paths.Zone(tx)
		return err
	})
	return zone, err
}
