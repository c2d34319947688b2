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
	{"volunteering", []string{"role"}, []string{"company name", "organization", "role", "description", "started on", "finished on"}, volunteering},
	{"certifications", []string{"name"}, []string{"name", "authority", "url", "license number", "started on"}, certifications},
	{"skills", []string{"name"}, []string{"name"}, skills},
	{"languages", []string{"name"}, []string{"name", "proficiency"}, languages},
}

// profile offers the headline and the summary as a goal, unticked: they say who one is,
// and sometimes where one wants to go.
func profile(l *exchange.List, t table) {
	for _, r := range t.rows {
		l.AddGoal(t.place(r), r.at("headline"), r.at("summary"))
	}
}

func positions(l *exchange.List, t table) {
	for _, r := range t.rows {
		id := l.AddStep(t.place(r), exchange.Stretch{
			Kind: paths.Position, Title: r.at("title"), Organization: r.at("company name"),
			Start: dateOf(r.at("started on")), End: dateOf(r.at("finished on")),
		})
		about(l, t, r, id, paths.Practice, r.at("description"))
	}
}

func education(l *exchange.List, t table) {
	for _, r := range t.rows {
		id := l.AddStep(t.place(r), exchange.Stretch{
			Kind: paths.Study, Title: r.at("degree name"), Organization: r.at("school name"),
			Start: dateOf(r.at("start date")), End: dateOf(r.at("end date")),
		})
		about(l, t, r, id, paths.Learned, r.at("notes"), r.at("activities"))
	}
}

func volunteering(l *exchange.List, t table) {
	for _, r := range t.rows {
		id := l.AddStep(t.place(r), exchange.Stretch{
			Kind: paths.Volunteering, Title: r.at("role"), Organization: r.at("company name", "organization"),
			Start: dateOf(r.at("started on")), End: dateOf(r.at("finished on")),
		})
		about(l, t, r, id, paths.Practice, r.at("description"))
	}
}

// about keeps what a row says of a step as an entry of the step.
func about(l *exchange.List, t table, r row, step string, kind paths.EntryKind, texts ...string) {
	if step == "" {
		return
	}
	l.AddEntry(t.place(r), exchange.Moment{Kind: kind, Step: step, Text: lines(texts...)})
}

func certifications(l *exchange.List, t table) {
	for _, r := range t.rows {
		l.AddEntry(t.place(r), exchange.Moment{
			Kind: paths.Learned, Date: dateOf(r.at("started on")), Evidence: r.at("url"),
			Text: lines(r.at("name"), r.at("authority"), r.at("license number")),
		})
	}
}

func skills(l *exchange.List, t table) {
	var names []string
	for _, r := range t.rows {
		names = append(names, r.at("name"))
	}
	named(l, t, names)
}

func languages(l *exchange.List, t table) {
	var names []string
	for _, r := range t.rows {
		name := r.at("name")
		if level := r.at("proficiency"); level != "" && name != "" {
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
