package linkedin

import (
	"archive/zip"
	"errors"
	"io"
	"slices"
	"strings"

	"waypost/internal/partdate"
	"waypost/paths"
	"waypost/paths/exchange"
)

var errNoDate = errors.New("not a date")

// Read reads an archive of size bytes. today is the day of the import: skills and
// languages come without a date. The error is a problem.Problem.
func Read(in io.ReaderAt, size int64, today partdate.Date) (exchange.Found, error) {
	return read(in, size, today, func(f *zip.File) (io.ReadCloser, error) { return f.Open() })
}

func read(in io.ReaderAt, size int64, today partdate.Date, open opening) (exchange.Found, error) {
	files, twice, err := unpack(in, size, open)
	if err != nil {
		return exchange.Found{}, err
	}
	l := exchange.NewList("linkedin", today)
	for _, name := range twice {
		l.Skip(exchange.Place{File: name}, "exchange.skipped_twice")
	}
	for _, kind := range kinds {
		m, ok := files[kind.file]
		if !ok {
			continue
		}
		t, ok := parse(m, kind.head...)
		if !ok {
			if len(strings.TrimSpace(string(m.text))) > 0 {
				l.Skip(exchange.Place{File: m.name}, "exchange.skipped_head", "columns", strings.Join(kind.head, ", "))
			}
			continue
		}
		kind.take(l, t)
		notes(l, t, kind.taken)
	}
	l.NestRoles()
	return l.Found(), nil
}

// notes says once per file what of it was not taken.
func notes(l *exchange.List, t table, taken []string) {
	at := exchange.Place{File: t.file}
	if t.garbled {
		l.Skip(at, "exchange.skipped_garbled")
	}
	if t.long {
		l.Skip(at, "exchange.skipped_rows", "max", mostRows)
	}
	if left := t.left(taken...); len(left) > 0 {
		l.Skip(at, "exchange.skipped_columns", "columns", strings.Join(left, ", "))
	}
}

// kinds are the files in the order of the list: their names, the columns that make them
// what they are, those that are taken, and how.
var kinds = []struct {
	file  string
	head  []string
	taken []string
	take  func(*exchange.List, table)
}{
	{"profile", []string{"first name"}, []string{"headline", "summary"}, profile},
	{"positions", []string{"company name", "title"}, []string{"company name", "title", "description", "started on", "finished on"}, positions},
	{"education", []string{"school name"}, []string{"school name", "degree name", "notes", "activities", "start date", "end date"}, education},
	{"volunteering", []string{"role"}, []string{"company name", "role", "description", "started on", "finished on"}, volunteering},
	{"certifications", []string{"name"}, []string{"name", "authority", "url", "license number", "started on"}, certifications},
	{"skills", []string{"name"}, []string{"name"}, skills},
	{"languages", []string{"name"}, []string{"name", "proficiency"}, languages},
}

// profile offers the headline and the summary as a goal, unticked: they say who one is,
// and sometimes where one wants to go.
func profile(l *exchange.List, t table) {
	for n, r := range t.rows {
		if n > 0 { // one has one profile, and one goal at a time
			l.Skip(t.place(r), "exchange.skipped_one_row")
			return
		}
		l.AddGoal(t.place(r), r.cells["headline"], r.cells["summary"])
	}
}

func positions(l *exchange.List, t table) {
	stretches(l, t, paths.Position, "title", "company name", []string{"started on", "finished on"}, paths.Practice, "description")
}

func education(l *exchange.List, t table) {
	stretches(l, t, paths.Study, "degree name", "school name", []string{"start date", "end date"}, paths.Learned, "notes", "activities")
}

func volunteering(l *exchange.List, t table) {
	stretches(l, t, paths.Volunteering, "role", "company name", []string{"started on", "finished on"}, paths.Practice, "description")
}

// stretches adds a step for each row, of the named columns, and what the row tells of it
// as an entry of the step.
func stretches(l *exchange.List, t table, kind paths.Kind, title, organization string, dates []string, told paths.EntryKind, texts ...string) {
	for _, r := range t.rows {
		at := t.place(r)
		step := l.AddStep(at, exchange.Stretch{
			Kind: kind, Title: r.cells[title], Organization: r.cells[organization],
			Start: dateOf(r.cells[dates[0]]), End: dateOf(r.cells[dates[1]]),
		})
		if step == "" {
			continue
		}
		var said []string
		for _, name := range texts {
			said = append(said, r.cells[name])
		}
		l.AddEntry(at, exchange.Moment{Kind: told, Step: step, Text: lines(said...)})
	}
}

func certifications(l *exchange.List, t table) {
	for _, r := range t.rows {
		l.AddEntry(t.place(r), exchange.Moment{
			Kind: paths.Learned, Date: dateOf(r.cells["started on"]), Evidence: r.cells["url"],
			Text: lines(r.cells["name"], r.cells["authority"], r.cells["license number"]),
		})
	}
}

func skills(l *exchange.List, t table) {
	var names []string
	for _, r := range t.rows {
		names = append(names, r.cells["name"])
	}
	named(l, t, names)
}

func languages(l *exchange.List, t table) {
	var names []string
	for _, r := range t.rows {
		name := r.cells["name"]
		if level := r.cells["proficiency"]; level != "" && name != "" {
			name += " (" + level + ")"
		}
		names = append(names, name)
	}
	named(l, t, names)
}

// named adds what has names alone.
func named(l *exchange.List, t table, names []string) {
	l.AddEntry(exchange.Place{File: t.file}, exchange.Moment{Kind: paths.Learned, Skills: names})
}

// lines are the texts that there are, a line each.
func lines(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), "\n")
}
