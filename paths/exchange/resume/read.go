package resume

import (
	"slices"
	"strings"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/exchange"
)

// MostBytes is how large a file may be.
const MostBytes = 2 << 20

// sections are those that are read, in the order of the list, with the fields that are
// taken of them.
var sections = []struct {
	name  string
	taken []string
	take  func(reader, []thing)
}{
	{"work", []string{"name", "company", "position", "startDate", "endDate", "summary", "highlights"}, work},
	{"volunteer", []string{"organization", "position", "startDate", "endDate", "summary", "highlights"}, volunteer},
	{"education", []string{"institution", "studyType", "area", "startDate", "endDate", "courses"}, education},
	{"projects", []string{"name", "entity", "startDate", "endDate", "description", "highlights", "roles", "keywords", "url"}, projects},
	{"certificates", []string{"name", "issuer", "date", "url"}, certificates},
	{"skills", []string{"name", "level", "keywords"}, skills},
}

// others are the sections of the schema that a path has no place for.
var others = []string{"basics", "awards", "publications", "languages", "interests", "references"}

// Read reads a résumé. today is the day of the import: skills come without a date. The
// error is a problem.Problem.
func Read(in []byte, today partdate.Date) (exchange.Found, error) {
	whole, err := exchange.ReadJSON(in, MostBytes)
	if err != nil {
		return exchange.Found{}, err
	}
	document, ok := whole.(map[string]any)
	if !ok || !resembles(document) {
		return exchange.Found{}, problem.New(problem.Invalid, "exchange.resume_other")
	}
	r := reader{exchange.NewList("resume", today)}
	for _, section := range sections {
		things := r.things(section.name, document[section.name])
		section.take(r, things)
		r.left(section.name, things, section.taken)
	}
	for _, name := range others {
		if !empty(document[name]) {
			r.list.Skip(exchange.Place{Part: name}, "exchange.skipped_section")
		}
	}
	r.list.NestRoles()
	return r.list.Found(), nil
}

// resembles reports a document with a section of the schema.
func resembles(document map[string]any) bool {
	for _, section := range sections {
		if _, ok := document[section.name]; ok {
			return true
		}
	}
	return slices.ContainsFunc(others, func(name string) bool { _, ok := document[name]; return ok })
}

func work(r reader, things []thing) {
	for _, w := range things {
		name := r.text(w, "name")
		if name == "" {
			name = r.text(w, "company") // as it was called before version 1
		}
		r.step(w, exchange.Stretch{Kind: paths.Position, Title: r.text(w, "position"), Organization: name},
			exchange.Moment{Kind: paths.Practice, Text: told(r.text(w, "summary"), r.texts(w, "highlights"))})
	}
}

func volunteer(r reader, things []thing) {
	for _, v := range things {
		r.step(v, exchange.Stretch{Kind: paths.Volunteering, Title: r.text(v, "position"), Organization: r.text(v, "organization")},
			exchange.Moment{Kind: paths.Practice, Text: told(r.text(v, "summary"), r.texts(v, "highlights"))})
	}
}

func education(r reader, things []thing) {
	for _, e := range things {
		title := strings.Join(present(r.text(e, "studyType"), r.text(e, "area")), ", ")
		r.step(e, exchange.Stretch{Kind: paths.Study, Title: title, Organization: r.text(e, "institution")},
			exchange.Moment{Kind: paths.Learned, Text: told("", r.texts(e, "courses"))})
	}
}

func projects(r reader, things []thing) {
	for _, p := range things {
		about := strings.Join(present(r.text(p, "description"), strings.Join(r.texts(p, "roles"), ", ")), "\n")
		r.step(p, exchange.Stretch{Kind: paths.Project, Title: r.text(p, "name"), Organization: r.text(p, "entity")},
			exchange.Moment{Kind: paths.Practice, Text: told(about, r.texts(p, "highlights")), Skills: r.texts(p, "keywords"), Evidence: r.text(p, "url")})
	}
}

func certificates(r reader, things []thing) {
	for _, c := range things {
		r.list.AddEntry(c.at, exchange.Moment{
			Kind: paths.Learned, Date: dateOf(r.text(c, "date")), Evidence: r.text(c, "url"),
			Text: strings.Join(present(r.text(c, "name"), r.text(c, "issuer")), "\n"),
		})
	}
}

// skills adds an entry for each that says what it is made of, and one for all others.
func skills(r reader, things []thing) {
	var names []string
	for _, s := range things {
		name, parts := r.text(s, "name"), r.texts(s, "keywords")
		if level := r.text(s, "level"); level != "" && name != "" {
			name += " (" + level + ")"
		}
		if len(parts) == 0 {
			names = append(names, name)
			continue
		}
		r.list.AddEntry(s.at, exchange.Moment{Kind: paths.Learned, Text: name, Skills: parts})
	}
	r.list.AddEntry(exchange.Place{Part: "skills"}, exchange.Moment{Kind: paths.Learned, Skills: names})
}

// step adds a step with the dates of a thing, and what is told of it as an entry.
func (r reader) step(t thing, s exchange.Stretch, told exchange.Moment) {
	s.Start, s.End = dateOf(r.text(t, "startDate")), endOf(r.text(t, "endDate"))
	told.Step = r.list.AddStep(t.at, s)
	if told.Step == "" {
		return
	}
	if told.Text == "" && len(told.Skills) == 0 {
		told.Text = told.Evidence // a link alone is still something to keep
	}
	r.list.AddEntry(t.at, told)
}

// told is a text and what is listed below it.
func told(text string, points []string) string {
	lines := present(text)
	for _, point := range points {
		if strings.TrimSpace(point) != "" {
			lines = append(lines, "- "+point)
		}
	}
	return strings.Join(lines, "\n")
}

// present are the texts that there are.
func present(texts ...string) []string {
	return slices.DeleteFunc(texts, func(text string) bool { return strings.TrimSpace(text) == "" })
}

// dateOf reads YYYY, YYYY-MM or YYYY-MM-DD; a time of day behind it is passed over.
func dateOf(text string) exchange.Date {
	text = strings.TrimSpace(text)
	if text == "" {
		return exchange.Date{}
	}
	day, _, _ := strings.Cut(text, "T")
	date, err := partdate.Parse(day)
	return exchange.Date{Text: text, Date: date, Bad: err != nil}
}

// endOf reads the end of what may go on.
func endOf(text string) exchange.Date {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "present", "current", "now", "ongoing":
		return exchange.Date{}
	}
	return dateOf(text)
}
