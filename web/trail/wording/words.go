package wording

import (
	"fmt"
	"strconv"
	"strings"

	"waypost/stories/trails"
)

// Words holds every word the figure shows, in one language. Patterns have
// their values in braces.
type Words struct {
	Title         string // of the figure
	Summary       string // {steps} {from} {to}
	SummaryOpen   string // {steps} {from}, when a step was still going on
	SummaryChange string // {date} {words}
	Changed       string // "Something changed"
	Goal          string // heads the goal
	Told          string // {date}, on the signpost at the end: when the story was published
	Detour        string
	Ongoing       string
	HiddenOrg     string // stands for an organization that is not named

	// Of a private path alone:

	OwnTitle     string // of the figure
	OwnSummary   string // {steps} {from}, leading to today
	NothingYet   string // without a step
	Today        string
	OwnOngoing   string
	Planned      string // of a step that begins after today
	NoGoal       string // "not known yet"
	Level        string // {check_ins} {mean}
	Levels       string // {check_ins} {first} {last}
	SummaryCurve string // {step} {check_ins}
	Possible     string // a change
	Detected     string
	Around       string // {from} {to}
	AroundMonth  string // {date}
	SummaryFound string // {found} {around}
	Decided      string
	Chosen       string
	NotTaken     string
	SummaryFork  string // {date} {chosen}
	Review       string // {date}
	Decimal      string // between whole and tenth

	Kinds map[trails.StepKind]string
	Ended map[trails.EndedBy]string

	Months      [12]string
	MonthsShort [12]string
	DayPattern  string // {day} {month} {year}, the short month
	DayInMonth  string // {day} {month}, the short month
	MonthYear   string // {month} {year}
	Range       string // {from} {to}
	Since       string // {from}

	// Count says a number of things: keys trail.steps, trail.check_ins, trail.years, trail.months,
	// trail.weeks, trail.days and trail.more_notes, in the plural the language has.
	Count func(key string, n int) string
}

// New reads the words from a message catalogue. say gives the text of a
// key with its braces left as they are; count is kept as Words.Count.
func New(say func(key string) string, count func(key string, n int) string) Words {
	w := Words{
		Title:         say("trail.title"),
		Summary:       say("trail.summary"),
		SummaryOpen:   say("trail.summary_open"),
		SummaryChange: say("trail.summary_change"),
		Changed:       say("trail.changed"),
		Goal:          say("trail.goal"),
		Told:          say("trail.told"),
		Detour:        say("trail.detour"),
		Ongoing:       say("trail.ongoing"),
		HiddenOrg:     say("trail.organization_hidden"),
		DayPattern:    say("trail.date.day"),
		DayInMonth:    say("trail.date.day_month"),
		MonthYear:     say("trail.date.month_year"),
		Range:         say("trail.date.range"),
		Since:         say("trail.date.since"),
		OwnTitle:      say("trail.own_title"),
		OwnSummary:    say("trail.own_summary"),
		NothingYet:    say("trail.nothing_yet"),
		Today:         say("trail.today"),
		OwnOngoing:    say("trail.own_ongoing"),
		NoGoal:        say("trail.no_goal"),
		Planned:       say("trail.planned"),
		Level:         say("trail.level"),
		Levels:        say("trail.levels"),
		SummaryCurve:  say("trail.summary_curve"),
		Possible:      say("trail.possible"),
		Detected:      say("trail.detected"),
		Around:        say("trail.around"),
		AroundMonth:   say("trail.around_month"),
		SummaryFound:  say("trail.summary_found"),
		Decided:       say("trail.decided"),
		Chosen:        say("trail.chosen"),
		NotTaken:      say("trail.not_taken"),
		SummaryFork:   say("trail.summary_fork"),
		Review:        say("trail.review"),
		Decimal:       say("trail.decimal"),
		Kinds:         make(map[trails.StepKind]string),
		Ended:         make(map[trails.EndedBy]string),
		Count:         count,
	}
	for _, kind := range trails.StepKinds() {
		w.Kinds[kind] = say("trail.kind." + string(kind))
	}
	for _, ended := range trails.EndedByAll() {
		w.Ended[ended] = say("trail.ended." + string(ended))
	}
	for i := range w.Months {
		w.Months[i] = say(fmt.Sprintf("trail.month.%02d", i+1))
		w.MonthsShort[i] = say(fmt.Sprintf("trail.month_short.%02d", i+1))
	}
	return w
}

// Fill puts values into a pattern; pairs are name, value, name, value. Braces
// within values stay as they are.
func Fill(pattern string, pairs ...string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		value, known := valueOf(name, pairs)
		if !closed || !known {
			out.WriteString("{")
			pattern = rest
			continue
		}
		out.WriteString(value)
		pattern = after
	}
}

func valueOf(name string, pairs []string) (value string, known bool) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1], true
		}
	}
	return "", false
}

// decimal says a value to the tenth.
func (w Words) decimal(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', 1, 64), ".", w.Decimal, 1)
}

// Number says a number of things, the figure alone where Count is not set.
func (w Words) Number(key string, n int) string {
	if w.Count == nil {
		return strconv.Itoa(n)
	}
	return w.Count(key, n)
}
