package resume

import (
	"encoding/json"
	"slices"
	"sort"
	"strings"

	"waypost/internal/partdate"
	"waypost/paths"
	"waypost/paths/exchange"
)

// Chosen is what a member chose to take out.
type Chosen struct {
	Name    string // above the résumé; may be ""
	Steps   []paths.Step
	Entries []paths.Entry // of them, what was learned and practised stands under its step
}

// schema is the schema that the document says it follows.
const schema = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"

type document struct {
	Schema    string    `json:"$schema"`
	Basics    *basics   `json:"basics,omitempty"`
	Work      []job     `json:"work,omitempty"`
	Volunteer []service `json:"volunteer,omitempty"`
	Education []study   `json:"education,omitempty"`
	Projects  []project `json:"projects,omitempty"`
	Skills    []skill   `json:"skills,omitempty"`
	Meta      meta      `json:"meta"`
}

type basics struct {
	Name string `json:"name"`
}

type meta struct {
	Version string `json:"version"`
}

type span struct {
	Start string `json:"startDate,omitempty"`
	End   string `json:"endDate,omitempty"`
}

type job struct {
	Name     string `json:"name,omitempty"`
	Position string `json:"position,omitempty"`
	span
	Highlights []string `json:"highlights,omitempty"`
}

type service struct {
	Organization string `json:"organization,omitempty"`
	Position     string `json:"position,omitempty"`
	span
	Highlights []string `json:"highlights,omitempty"`
}

type study struct {
	Institution string `json:"institution,omitempty"`
	Area        string `json:"area,omitempty"`
	span
	Courses []string `json:"courses,omitempty"`
}

type project struct {
	Name   string `json:"name,omitempty"`
	Entity string `json:"entity,omitempty"`
	span
	Highlights []string `json:"highlights,omitempty"`
	Keywords   []string `json:"keywords,omitempty"`
}

type skill struct {
	Name string `json:"name"`
}

// Write makes a résumé of the chosen steps, the latest first. Of a step with roles that
// are chosen too, the roles stand there; what was said of the step stands under the latest
// of them. Breaks have no place in a résumé, nor have entries of other kinds or of no
// chosen step: left has the IDs of what is not in it.
func Write(c Chosen) (out []byte, left []string, err error) {
	d := document{Schema: schema, Meta: meta{"v1.0.0"}}
	if name, _ := exchange.Line(c.Name, exchange.MostTitle); name != "" {
		d.Basics = &basics{name}
	}
	w := writer{byID: map[string]paths.Step{}, instead: map[string]string{}, entries: map[string][]paths.Entry{}}
	steps := slices.Clone(c.Steps)
	sort.SliceStable(steps, func(i, j int) bool { return steps[i].Start.Compare(steps[j].Start) > 0 })
	for _, s := range steps {
		w.byID[s.ID] = s
	}
	for _, s := range steps {
		if parent, chosen := w.byID[s.Parent]; chosen && working(parent.Kind) && working(s.Kind) && w.instead[parent.ID] == "" {
			w.instead[parent.ID] = s.ID
		}
	}
	left, names := w.deal(c.Entries)
	for _, s := range steps {
		if w.instead[s.ID] == "" && !w.add(&d, s) {
			left = append(left, s.ID)
		}
	}
	for _, name := range exchange.Skills(names) {
		d.Skills = append(d.Skills, skill{name})
	}
	out, err = json.MarshalIndent(d, "", "  ")
	return out, left, err
}

// writer knows the steps that are chosen.
type writer struct {
	byID    map[string]paths.Step
	instead map[string]string // the latest role of a step whose roles are chosen
	entries map[string][]paths.Entry
}

func working(k paths.Kind) bool {
	return k == paths.Position || k == paths.Gig || k == paths.Trial
}

// deal gives entries to the steps under which they stand, and collects their skills.
func (w writer) deal(entries []paths.Entry) (left, skills []string) {
	for _, e := range entries {
		step, chosen := w.byID[e.Step]
		if !chosen || step.Kind == paths.Break || e.Kind != paths.Learned && e.Kind != paths.Practice {
			left = append(left, e.ID)
			continue
		}
		at := e.Step
		if role := w.instead[at]; role != "" {
			at = role
		}
		w.entries[at] = append(w.entries[at], e)
		skills = append(skills, e.Skills...)
	}
	return left, skills
}

// add adds a step to its section; false for one that has none.
func (w writer) add(d *document, s paths.Step) bool {
	said, skills := w.said(s)
	dates := span{date(s.Start), date(s.End)}
	switch s.Kind {
	case paths.Position, paths.Gig, paths.Trial:
		d.Work = append(d.Work, job{w.organization(s), s.Title, dates, said})
	case paths.Volunteering:
		d.Volunteer = append(d.Volunteer, service{w.organization(s), s.Title, dates, said})
	case paths.Study:
		d.Education = append(d.Education, study{w.organization(s), s.Title, dates, said})
	case paths.Project:
		d.Projects = append(d.Projects, project{s.Title, w.organization(s), dates, said, skills})
	default:
		return false
	}
	return true
}

// organization is that of a step, or of the step it lies within.
func (w writer) organization(s paths.Step) string {
	if parent, ok := w.byID[s.Parent]; ok && s.Organization == "" {
		return parent.Organization
	}
	return s.Organization
}

// said are the texts under a step, the earliest first, and their skills.
func (w writer) said(s paths.Step) (texts, skills []string) {
	entries := w.entries[s.ID]
	sort.SliceStable(entries, func(i, j int) bool { return entries[i].Date.Compare(entries[j].Date) < 0 })
	for _, e := range entries {
		if text := strings.TrimSpace(e.Text); text != "" {
			texts = append(texts, text)
		}
		skills = append(skills, e.Skills...)
	}
	return texts, exchange.Skills(skills)
}

// date is a date as the schema has it: of the years 1000 to 2999.
func date(d partdate.Date) string {
	if d.Year() < 1000 || d.Year() > 2999 {
		return ""
	}
	return d.String()
}
