package document

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"waypost/internal/currency"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/exchange"
)

// checker collects what is wrong with a path, and cleans its texts.
type checker struct {
	faults []problem.Field
	count  int
	place  string // of what is checked

	ids     map[string]bool
	goals   map[string]bool
	steps   map[string]*paths.Step
	entries map[string]bool
	decided map[string]bool
}

// at turns to a row of a list.
func (c *checker) at(list string, n int) {
	c.place = list + "[" + strconv.Itoa(n) + "]"
}

// fault notes one, in a field of what is checked; those after mostFaults are only counted.
func (c *checker) fault(field, key string, args ...any) {
	if c.count++; c.count <= mostFaults {
		c.faults = append(c.faults, problem.Field{Name: c.place + field, Message: problem.Message{Key: key, Args: args}})
	}
}

// lists are the names of the lists.
var lists = map[paths.Part]string{paths.GoalPart: "goals", paths.StepPart: "steps", paths.EntryPart: "entries", paths.CheckInPart: "check_ins", paths.ChangePart: "changes", paths.DecisionPart: "decisions"}

// refused notes why a path cannot hold a row.
func (c *checker) refused(kind paths.Part, n int, err error) {
	c.at(lists[kind], n)
	var said *problem.Problem
	switch {
	case !errors.As(err, &said):
		c.fault("", "exchange.document_value")
	case len(said.Fields) == 0:
		c.fault("", said.Message.Key, said.Message.Args...)
	default:
		for _, f := range said.Fields {
			c.fault("."+f.Name, f.Message.Key, f.Message.Args...)
		}
	}
}

// path checks everything. First it learns what may be referred to.
func (c *checker) path(p *paths.Path) {
	c.ids, c.goals, c.entries, c.decided = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	c.steps = map[string]*paths.Step{}
	for i := range p.Goals {
		c.id("goals", i, &p.Goals[i].Row)
		c.goals[p.Goals[i].ID] = true
	}
	for i := range p.Steps {
		c.id("steps", i, &p.Steps[i].Row)
		c.steps[p.Steps[i].ID] = &p.Steps[i]
	}
	for i := range p.Entries {
		c.id("entries", i, &p.Entries[i].Row)
		c.entries[p.Entries[i].ID] = true
	}
	for i := range p.Decisions {
		c.id("decisions", i, &p.Decisions[i].Row)
		c.decided[p.Decisions[i].ID] = true
	}
	c.goalsOf(p.Goals)
	for i := range p.Steps {
		c.at("steps", i)
		c.step(&p.Steps[i])
	}
	for i := range p.Entries {
		c.at("entries", i)
		c.entry(&p.Entries[i])
	}
	c.checkIns(p.CheckIns)
	for i := range p.Changes {
		c.id("changes", i, &p.Changes[i].Row)
		c.change(&p.Changes[i])
	}
	copies := map[string]string{}
	for i := range p.Decisions {
		c.at("decisions", i)
		c.decision(&p.Decisions[i])
		copies[p.Decisions[i].ID] = p.Decisions[i].CopyOf
	}
	c.circles("decisions", copies)
}

var idForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,100}$`)

// id checks that a row has an ID that no other has.
func (c *checker) id(list string, n int, row *paths.Row) {
	c.at(list, n)
	switch {
	case !idForm.MatchString(row.ID):
		c.fault(".id", "exchange.document_id")
	case c.ids[row.ID]:
		c.fault(".id", "exchange.document_twice")
	}
	c.ids[row.ID] = true
}

func (c *checker) goalsOf(goals []paths.Goal) {
	active := 0
	replaced := map[string]string{}
	for i := range goals {
		c.at("goals", i)
		g := &goals[i]
		c.line(".title", &g.Title, exchange.MostTitle)
		c.text(".why", &g.Why)
		c.text(".note", &g.Note)
		c.line(".occupation", &g.Occupation, exchange.MostLink)
		c.oneOf(".state", string(g.State), goalStates)
		if g.State == paths.GoalActive {
			active++
		}
		if active > 1 {
			c.fault(".state", "exchange.document_two_goals")
			active = 1
		}
		c.refers(".replaced_by", g.ReplacedBy, c.goals[g.ReplacedBy])
		replaced[g.ID] = g.ReplacedBy
	}
	c.circles("goals", replaced)
}

// circles finds rows that lead back to themselves.
func (c *checker) circles(list string, next map[string]string) {
	done := map[string]bool{}
	c.place = list
	for start := range next {
		seen := map[string]bool{}
		for at := start; at != "" && !done[at]; at = next[at] {
			if seen[at] {
				c.fault("", "exchange.document_circle")
				return
			}
			seen[at] = true
		}
		for id := range seen {
			done[id] = true
		}
	}
}

func (c *checker) step(s *paths.Step) {
	c.oneOf(".kind", string(s.Kind), kinds)
	c.needed(".title", s.Title)
	c.line(".title", &s.Title, exchange.MostTitle)
	c.line(".organization", &s.Organization, exchange.MostTitle)
	c.text(".had", &s.Had)
	c.text(".expect", &s.Expect)
	c.text(".stay_if", &s.StayIf)
	c.text(".leave_if", &s.LeaveIf)
	c.dated(".start", s.Start)
	if !s.Open() && s.End.Last() < s.Start.First() {
		c.fault(".end", "exchange.document_backward")
	}
	parent := c.steps[s.Parent]
	c.refers(".parent", s.Parent, parent != nil)
	if parent != nil && (parent == s || parent.Parent != "") {
		c.fault(".parent", "exchange.document_deep")
	}
	c.refers(".goal", s.Goal, c.goals[s.Goal])
	c.within(".workload", float64(s.Workload), 0, 100)
	if s.Pay != nil {
		c.within(".pay.amount", float64(s.Pay.Amount), 0, paths.MaxAmount)
		c.currency(".pay.currency", s.Pay.Currency)
		c.oneOf(".pay.per", string(s.Pay.Per), pers)
	}
	if !s.Review.IsZero() {
		c.day(".review", s.Review)
	}
	if s.EndedBy != "" {
		c.oneOf(".ended_by", string(s.EndedBy), endings)
	}
	switch s.Cadence {
	case paths.Never, paths.Weekly, paths.Fortnightly, paths.Monthly:
	default:
		c.fault(".cadence", "exchange.document_choice")
	}
}

func (c *checker) entry(e *paths.Entry) {
	c.oneOf(".kind", string(e.Kind), entryKinds)
	c.dated(".date", e.Date)
	c.text(".text", &e.Text)
	c.within(".minutes", float64(e.Minutes), 0, paths.MaxMinutes)
	c.most(".skills", len(e.Skills), exchange.MostSkillsOfEntry)
	for i := range e.Skills {
		c.line(".skills", &e.Skills[i], exchange.MostSkill)
	}
	c.refers(".step", e.Step, c.steps[e.Step] != nil)
	c.refers(".led_to", e.LedTo, (c.steps[e.LedTo] != nil || c.entries[e.LedTo]) && e.LedTo != e.ID)
	c.line(".evidence", &e.Evidence, exchange.MostLink)
}

func (c *checker) checkIns(all []paths.CheckIn) {
	type moment struct {
		step string
		day  partdate.Date
	}
	seen := map[moment]bool{}
	for i := range all {
		ci := &all[i]
		c.id("check_ins", i, &ci.Row)
		c.stepOf(ci.Step)
		c.day(".day", ci.Day)
		c.text(".note", &ci.Note)
		if seen[moment{ci.Step, ci.Day}] {
			c.fault(".day", "exchange.document_same_day")
		}
		seen[moment{ci.Step, ci.Day}] = true
	}
}

func (c *checker) change(ch *paths.Change) {
	c.stepOf(ch.Step)
	c.dated(".day", ch.Day)
	c.oneOf(".source", string(ch.Source), sources)
	c.oneOf(".state", string(ch.State), changeStates)
	c.text(".words", &ch.Words)
	c.line(".curve", &ch.Curve, exchange.MostSkill)
	c.within(".before", ch.Before, -10, 10)
	c.within(".after", ch.After, -10, 10)
	c.within(".seen", float64(ch.Seen), 0, 1e6)
}

// The choices there are, each with a space around it.
var (
	kinds      = choices(paths.Kinds())
	entryKinds = choices(paths.EntryKinds())
	endings    = choices(paths.EndedByAll())
)

const (
	goalStates     = " " + string(paths.GoalActive) + " " + string(paths.GoalReached) + " " + string(paths.GoalLetGo) + " "
	pers           = " " + string(paths.PerHour) + " " + string(paths.PerMonth) + " " + string(paths.PerYear) + " "
	sources        = " " + string(paths.Declared) + " " + string(paths.Found) + " "
	changeStates   = " " + string(paths.Confirmed) + " " + string(paths.Dismissed) + " " + string(paths.Postponed) + " "
	decisionStates = " " + string(paths.DecisionOpen) + " " + string(paths.DecisionDecided) + " " + string(paths.DecisionReviewed) + " " + string(paths.DecisionDropped) + " "
	mets           = " " + string(paths.MetYes) + " " + string(paths.MetNo) + " " + string(paths.MetUnknown) + " "
)

func choices[T ~string](all []T) string {
	text := " "
	for _, one := range all {
		text += string(one) + " "
	}
	return text
}

// oneOf checks a value that is one of a few.
func (c *checker) oneOf(field, value, all string) {
	if value == "" || strings.Contains(value, " ") || !strings.Contains(all, " "+value+" ") {
		c.fault(field, "exchange.document_choice")
	}
}

// line and text clean a text, and check that it is no longer than a path holds.
func (c *checker) line(field string, text *string, most int) {
	c.long(field, text, most, oneLine)
}

func (c *checker) text(field string, text *string) {
	c.long(field, text, exchange.MostText, exchange.Clean)
}

func (c *checker) long(field string, text *string, most int, clean func(string) string) {
	*text = clean(*text)
	if len([]rune(*text)) > most {
		c.fault(field, "exchange.document_long", "max", most)
	}
}

// oneLine cleans a text of one line, and leaves its spaces: it shall come back as it was.
func oneLine(text string) string {
	return strings.ReplaceAll(exchange.Clean(text), "\n", " ")
}

func (c *checker) needed(field, text string) {
	if strings.TrimSpace(exchange.Clean(text)) == "" {
		c.fault(field, "exchange.document_missing")
	}
}

func (c *checker) dated(field string, d partdate.Date) {
	if d.IsZero() {
		c.fault(field, "exchange.document_missing")
	}
}

func (c *checker) day(field string, d partdate.Date) {
	if d.Precision() != partdate.Day {
		c.fault(field, "exchange.document_day")
	}
}

// refers checks an ID that may be "" and else has to be of something.
func (c *checker) refers(field, id string, known bool) {
	if id != "" && !known {
		c.fault(field, "exchange.document_dangling")
	}
}

// stepOf checks what belongs to a step.
func (c *checker) stepOf(id string) {
	if c.steps[id] == nil {
		c.fault(".step", "exchange.document_dangling")
	}
}

func (c *checker) within(field string, n, low, high float64) {
	if !(n >= low && n <= high) {
		c.fault(field, "exchange.document_range")
	}
}

func (c *checker) most(field string, count, most int) {
	if count > most {
		c.fault(field, "exchange.document_many", "max", most)
	}
}

func (c *checker) currency(field, text string) {
	if !currency.Valid(text) {
		c.fault(field, "exchange.document_currency")
	}
}
