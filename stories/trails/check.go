package trails

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"waypost/internal/looks"
	"waypost/internal/partdate"
	"waypost/internal/problem"
)

// What a trail may hold. Texts are counted in characters.
const (
	MaxTrailSteps   = 60
	MaxTrailChanges = 6
	MaxStepID       = 16
	MaxStepTitle    = 140
	MaxLearned      = 6
	MaxNote         = 280

	firstTrailYear = 1900
	lastTrailYear  = 2199
)

// Check reports what keeps the trail from being frozen, as an Invalid problem
// with a message for each field at fault, named as in the document:
// "goal", "steps", "steps.0.end", "steps.0.learned.1", "changes.0.date".
func (t Trail) Check() error {
	c := trailCheck{trail: t}
	c.text("goal", t.Goal, MaxStepTitle)
	if len(t.Steps) == 0 {
		c.Add("steps", "trail.no_steps")
	}
	if len(t.Steps) > MaxTrailSteps {
		c.Add("steps", "trail.too_many_steps", "max", MaxTrailSteps)
	}
	if len(t.Changes) > MaxTrailChanges {
		c.Add("changes", "trail.too_many_changes", "max", MaxTrailChanges)
	}
	seen := make(map[string]bool, len(t.Steps))
	for i, s := range t.Steps {
		field := fmt.Sprintf("steps.%d", i)
		if seen[s.ID] {
			c.Add(field+".id", "trail.id_twice", "id", s.ID)
		}
		seen[s.ID] = true
		c.step(field, s)
	}
	for i, change := range t.Changes {
		c.change(fmt.Sprintf("changes.%d", i), change)
	}
	return c.Err()
}

type trailCheck struct {
	problem.Fields
	trail Trail
}

func (c *trailCheck) step(field string, s Step) {
	if !validStepID(s.ID) {
		c.Add(field+".id", "trail.id_form", "max", MaxStepID)
	}
	if !slices.Contains(StepKinds(), s.Kind) {
		c.Add(field+".kind", "trail.kind_unknown")
	}
	c.required(field+".title", s.Title, MaxStepTitle)
	c.organization(field+".organization", s.Organization)
	c.date(field+".start", s.Start)
	if !s.Open() {
		c.date(field+".end", s.End)
		if s.End.Last() < s.Start.First() {
			c.Add(field+".end", "trail.end_before_start")
		}
	}
	c.parent(field+".parent", s)
	if s.EndedBy != "" && !slices.Contains(EndedByAll(), s.EndedBy) {
		c.Add(field+".ended_by", "trail.ended_by_unknown")
	}
	if s.EndedBy != "" && s.Open() {
		c.Add(field+".ended_by", "trail.ended_by_open")
	}
	if len(s.Learned) > MaxLearned {
		c.Add(field+".learned", "trail.too_many_learned", "max", MaxLearned)
	}
	for i, note := range s.Learned {
		c.required(fmt.Sprintf("%s.learned.%d", field, i), note, MaxNote)
	}
}

func (c *trailCheck) organization(field string, o Organization) {
	switch o.Shown {
	case Named, Described:
		c.required(field, o.Text, MaxStepTitle)
	case Hidden:
		if o.Text != "" {
			c.Add(field, "trail.organization_hidden_text")
		}
	default:
		if o != (Organization{}) {
			c.Add(field, "trail.organization_unknown")
		}
	}
}

func (c *trailCheck) parent(field string, s Step) {
	if s.Parent == "" {
		return
	}
	parent, found := c.trail.StepByID(s.Parent)
	switch {
	case s.Parent == s.ID:
		c.Add(field, "trail.parent_itself")
	case !found:
		c.Add(field, "trail.parent_unknown")
	case parent.Parent != "":
		c.Add(field, "trail.parent_nested")
	}
}

func (c *trailCheck) change(field string, change Change) {
	c.date(field+".date", change.Date)
	c.required(field+".words", change.Words, MaxNote)
	if change.Step == "" {
		return
	}
	if _, found := c.trail.StepByID(change.Step); !found {
		c.Add(field+".step", "trail.change_step_unknown")
	}
}

func (c *trailCheck) date(field string, d partdate.Date) {
	switch {
	case d.IsZero():
		c.Add(field, "trail.date_missing")
	case d.Year() < firstTrailYear || d.Year() > lastTrailYear:
		c.Add(field, "trail.date_far", "first", firstTrailYear, "last", lastTrailYear)
	}
}

func (c *trailCheck) required(field, text string, most int) {
	if strings.TrimSpace(text) == "" {
		c.Add(field, "trail.text_missing")
		return
	}
	c.text(field, text, most)
}

func (c *trailCheck) text(field, text string, most int) {
	switch {
	case utf8.RuneCountInString(text) > most:
		c.Add(field, "trail.text_long", "max", most)
	case strings.ContainsFunc(text, unicode.IsControl) || looks.Misleads(text):
		c.Add(field, "trail.text_control")
	}
}

func validStepID(id string) bool {
	return id != "" && len(id) <= MaxStepID && !strings.ContainsFunc(id, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	})
}
