package document

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/exchange"
)

// checker collects what is wrong with a path, and cleans its texts.
type checker struct {
	faults []problem.Field
	count  int

	ids     map[string]bool
	goals   map[string]bool
	steps   map[string]paths.Step
	entries map[string]bool
	decided map[string]bool
}

// fault notes one; those after mostFaults are only counted.
func (c *checker) fault(place, key string, args ...any) {
	if c.count++; c.count <= mostFaults {
		c.faults = append(c.faults, problem.Field{Name: place, Message: problem.Message{Key: key, Args: args}})
	}
}

// path checks everything. First it learns what may be referred to.
func (c *checker) path(p *paths.Path) {
	c.ids, c.goals, c.entries, c.decided = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	c.steps = map[string]paths.Step{}
	for i, g := range p.Goals {
		c.id("goals", i, g.Row)
		c.goals[g.ID] = true
	}
	for i, s := range p.Steps {
		c.id("steps", i, s.Row)
		c.steps[s.ID] = s
	}
	for i, e := range p.Entries {
		c.id("entries", i, e.Row)
		c.entries[e.ID] = true
	}
	for i, d := range p.Decisions {
		c.id("decisions", i, d.Row)
		c.decided[d.ID] = true
	}
	c.goalsOf(p.Goals)
	for i := range p.Steps {
		c.step(fmt.Sprintf("steps[%d]", i), &p.Steps[i])
	}
	for i := range p.Entries {
		c.entry(fmt.Sprintf("entries[%d]", i), &p.Entries[i])
	}
	c.checkIns(p.CheckIns)
	for i := range p.Changes {
		c.id("changes", i, p.Changes[i].Row)
		c.change(fmt.Sprintf("changes[%d]", i), &p.Changes[i])
	}
	copies := map[string]string{}
	for i := range p.Decisions {
		c.decision(fmt.Sprintf("decisions[%d]", i), &p.Decisions[i])
		copies[p.Decisions[i].ID] = p.Decisions[i].CopyOf
	}
	c.circles("decisions", copies)
}

var idForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// id checks that a row has an ID that no other has.
func (c *checker) id(list string, n int, row paths.Row) {
	place := fmt.Sprintf("%s[%d].id", list, n)
	switch {
	case !idForm.MatchString(row.ID):
		c.fault(place, "exchange.document_id")
	case c.ids[row.ID]:
		c.fault(place, "exchange.document_twice")
	}
	c.ids[row.ID] = true
}

func (c *checker) goalsOf(goals []paths.Goal) {
	active := 0
	replaced := map[string]string{}
	for i := range goals {
		g, place := &goals[i], fmt.Sprintf("goals[%d]", i)
		c.line(place+".title", &g.Title, exchange.MostTitle)
		c.text(place+".why", &g.Why)
		c.text(place+".note", &g.Note)
		if g.Occupation != "" && exchange.Link(g.Occupation) != g.Occupation {
			c.fault(place+".occupation", "exchange.document_link")
		}
		oneOf(c, place+".state", g.State, paths.GoalActive, paths.GoalReached, paths.GoalLetGo)
		if g.State == paths.GoalActive {
			active++
		}
		if active > 1 {
			c.fault(place+".state", "exchange.document_two_goals")
			active = 1
		}
		c.refers(place+".replaced_by", g.ReplacedBy, c.goals[g.ReplacedBy])
		replaced[g.ID] = g.ReplacedBy
	}
	c.circles("goals", replaced)
}

// circles finds rows that lead back to themselves.
func (c *checker) circles(list string, next map[string]string) {
	done := map[string]bool{}
	for start := range next {
		seen := map[string]bool{}
		for at := start; at != "" && !done[at]; at = next[at] {
			if seen[at] {
				c.fault(list, "exchange.document_circle")
				return
			}
			seen[at] = true
		}
		for id := range seen {
			done[id] = true
		}
	}
}

func (c *checker) step(place string, s *paths.Step) {
	oneOf(c, place+".kind", s.Kind, paths.Kinds()...)
	c.needed(place+".title", s.Title)
	c.line(place+".title", &s.Title, exchange.MostTitle)
	c.line(place+".organization", &s.Organization, exchange.MostTitle)
	c.text(place+".had", &s.Had)
	c.text(place+".expect", &s.Expect)
	c.text(place+".stay_if", &s.StayIf)
	c.text(place+".leave_if", &s.LeaveIf)
	c.dated(place+".start", s.Start)
	if !s.Open() && s.End.Last() < s.Start.First() {
		c.fault(place+".end", "exchange.document_backward")
	}
	parent, known := c.steps[s.Parent]
	c.refers(place+".parent", s.Parent, known)
	if s.Parent != "" && (s.Parent == s.ID || parent.Parent != "") {
		c.fault(place+".parent", "exchange.document_deep")
	}
	c.refers(place+".goal", s.Goal, c.goals[s.Goal])
	c.within(place+".workload", float64(s.Workload), 0, 1000)
	if s.Pay != nil {
		c.within(place+".pay.amount", float64(s.Pay.Amount), 0, 1e14)
		c.currency(place+".pay.currency", s.Pay.Currency)
		oneOf(c, place+".pay.per", s.Pay.Per, paths.PerHour, paths.PerMonth, paths.PerYear)
	}
	if !s.Review.IsZero() {
		c.day(place+".review", s.Review)
	}
	if s.EndedBy != "" {
		oneOf(c, place+".ended_by", s.EndedBy, paths.EndedByAll()...)
	}
	oneOf(c, place+".cadence", s.Cadence, paths.Never, paths.Weekly, paths.Fortnightly, paths.Monthly)
}

func (c *checker) entry(place string, e *paths.Entry) {
	oneOf(c, place+".kind", e.Kind, paths.EntryKinds()...)
	c.dated(place+".date", e.Date)
	c.text(place+".text", &e.Text)
	c.within(place+".minutes", float64(e.Minutes), 0, 1e7)
	c.most(place+".skills", len(e.Skills), exchange.MostSkillsOfEntry)
	for i := range e.Skills {
		c.line(fmt.Sprintf("%s.skills[%d]", place, i), &e.Skills[i], exchange.MostTitle)
	}
	_, known := c.steps[e.Step]
	c.refers(place+".step", e.Step, known)
	_, known = c.steps[e.LedTo]
	c.refers(place+".led_to", e.LedTo, (known || c.entries[e.LedTo]) && e.LedTo != e.ID)
	c.line(place+".evidence", &e.Evidence, exchange.MostLink)
}

func (c *checker) checkIns(all []paths.CheckIn) {
	type moment struct {
		step string
		day  partdate.Date
	}
	seen := map[moment]bool{}
	for i := range all {
		ci, place := &all[i], fmt.Sprintf("check_ins[%d]", i)
		c.id("check_ins", i, ci.Row)
		c.stepOf(place, ci.Step)
		c.day(place+".day", ci.Day)
		c.text(place+".note", &ci.Note)
		if seen[moment{ci.Step, ci.Day}] {
			c.fault(place+".day", "exchange.document_same_day")
		}
		seen[moment{ci.Step, ci.Day}] = true
	}
}

func (c *checker) change(place string, ch *paths.Change) {
	c.stepOf(place, ch.Step)
	c.dated(place+".day", ch.Day)
	oneOf(c, place+".source", ch.Source, paths.Declared, paths.Found)
	oneOf(c, place+".state", ch.State, paths.Confirmed, paths.Dismissed, paths.Postponed)
	c.text(place+".words", &ch.Words)
	c.line(place+".curve", &ch.Curve, exchange.MostSkill)
	c.within(place+".before", ch.Before, -10, 10)
	c.within(place+".after", ch.After, -10, 10)
	c.within(place+".seen", float64(ch.Seen), 0, 1e6)
}

// oneOf checks a value that is one of a few.
func oneOf[T comparable](c *checker, place string, value T, all ...T) {
	if !slices.Contains(all, value) {
		c.fault(place, "exchange.document_choice")
	}
}

// line and text clean a text, and check that it is no longer than a path holds.
func (c *checker) line(place string, text *string, most int) {
	c.long(place, text, most, oneLine)
}

func (c *checker) text(place string, text *string) {
	c.long(place, text, exchange.MostText, exchange.Clean)
}

func (c *checker) long(place string, text *string, most int, clean func(string) string) {
	*text = clean(*text)
	if len([]rune(*text)) > most {
		c.fault(place, "exchange.document_long", "max", most)
	}
}

// oneLine cleans a text of one line, and leaves its spaces: it shall come back as it was.
func oneLine(text string) string {
	return strings.ReplaceAll(exchange.Clean(text), "\n", " ")
}

func (c *checker) needed(place, text string) {
	if strings.TrimSpace(exchange.Clean(text)) == "" {
		c.fault(place, "exchange.document_missing")
	}
}

func (c *checker) dated(place string, d partdate.Date) {
	if d.IsZero() {
		c.fault(place, "exchange.document_missing")
	}
}

func (c *checker) day(place string, d partdate.Date) {
	if d.Precision() != partdate.Day {
		c.fault(place, "exchange.document_day")
	}
}

// refers checks an ID that may be "" and else has to be of something.
func (c *checker) refers(place, id string, known bool) {
	if id != "" && !known {
		c.fault(place, "exchange.document_dangling")
	}
}

// stepOf checks what belongs to a step.
func (c *checker) stepOf(place, id string) {
	if _, known := c.steps[id]; !known {
		c.fault(place+".step", "exchange.document_dangling")
	}
}

func (c *checker) within(place string, n, low, high float64) {
	if !(n >= low && n <= high) {
		c.fault(place, "exchange.document_range")
	}
}

func (c *checker) most(place string, count, most int) {
	if count > most {
		c.fault(place, "exchange.document_many", "max", most)
	}
}

var currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)

func (c *checker) currency(place, text string) {
	if !currencyForm.MatchString(text) {
		c.fault(place, "exchange.document_currency")
	}
}
