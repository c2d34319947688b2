package ways

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"time"

	"waypost/internal/currency"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/decisions"
	"waypost/web/messages"
	"waypost/web/render"
	"waypost/web/trail/chart"
)

// ResultView is what came out when the member asked.
type ResultView struct {
	ID       string // of the decision
	Open     bool
	Hope     string
	Made     time.Time
	Outdated bool   // the decision was changed since
	Word     string // the key of how sure it may sound
	Leader   string
	Rows     []OutcomeRow
	Out      []string // ways that were out of the count
	First    string   // the way that leads by likely scores
	Shifts   []ShiftRow
	More     []ShiftRow // folded
	Swaps    []SwapRow
	Ask      []QuestionRow
	AskMore  []QuestionRow // folded
}

// Firm reports that nothing single changes who leads.
func (v ResultView) Firm() bool { return len(v.Shifts)+len(v.Swaps) == 0 }

// OutcomeRow is how one way came out.
type OutcomeRow struct {
	Name            string
	Hoped           bool
	Share           problem.Message
	Figure          template.HTML
	Low, Mean, High string
	Regret          string
}

// ShiftRow is a score that would make a way level with another.
type ShiftRow struct {
	With, Way string
	Says      problem.Message
	From, To  string
}

// SwapRow is a pair of criteria that would change who leads.
type SwapRow struct {
	Up, Down problem.Message
	Leader   string
}

// QuestionRow is something to find out.
type QuestionRow struct {
	Way            string
	MustHave       string          // "" of a score
	Says           problem.Message // of a score
	Turns          bool
	Ask, Talk, Try string // addresses
}

const (
	shownShifts    = 4
	shownQuestions = 4
)

var wordings = map[decisions.Wording]string{
	decisions.CloseCall: "path.word.close", decisions.LeansTo: "path.word.leans", decisions.Clear: "path.word.clear",
}

// newResult shows the result that is kept; nil if there is none.
func newResult(d paths.Decision, c render.ChartWords) *ResultView {
	if d.Result == nil || len(d.Result.Outcomes) == 0 {
		return nil
	}
	view := &ResultView{ID: d.ID, Open: d.State == paths.DecisionOpen, Hope: d.Hope, Made: d.Result.Made, Outdated: d.Outdated()}
	then := d.Then()
	var outcomes []decisions.Outcome
	for _, o := range d.Result.Outcomes {
		outcomes = append(outcomes, decisions.Outcome{Name: o.Name, ShareBest: o.ShareBest, Low: o.Low, High: o.High, Mean: o.Mean, Regret: o.Regret})
		row := OutcomeRow{Name: o.Name, Hoped: o.Name == d.Hope, Share: share(o.ShareBest), Low: decimal(o.Low), Mean: decimal(o.Mean), High: decimal(o.High), Regret: decimal(o.Regret)}
		row.Figure = c.Range(chart.Range{Low: o.Low, Point: o.Mean, High: o.High}, c.T("path.value", "low", row.Low, "mean", row.Mean, "high", row.High))
		view.Rows = append(view.Rows, row)
	}
	for _, o := range then.Options {
		if !slices.ContainsFunc(outcomes, func(x decisions.Outcome) bool { return x.Name == o.Name }) {
			view.Out = append(view.Out, o.Name)
		}
	}
	leader, word := decisions.Word(outcomes)
	view.Leader, view.Word = leader, wordings[word]
	if len(outcomes) == 1 {
		view.Word = "path.word.only"
	}
	view.turns(then)
	view.questions(then, c)
	return view
}

// share says how often a way came out best.
func share(of float64) problem.Message {
	switch percent := decisions.Percent(of); percent {
	case 0:
		return problem.Message{Key: "path.share.hardly"}
	case 100:
		return problem.Message{Key: "path.share.nearly"}
	default:
		return problem.Message{Key: "path.share", Args: []any{"percent", percent}}
	}
}

// called says the criterion of a key.
func called(d paths.Decision, key string) problem.Message {
	for _, c := range d.Criteria {
		if c.Key == key {
			return matter(c)
		}
	}
	return matter(paths.Criterion{Key: key})
}

func (v *ResultView) turns(d paths.Decision) {
	turns, err := decisions.WouldChange(d.Asked())
	if err != nil { // a result from elsewhere, of which not all is known
		return
	}
	v.First = turns.Leader
	for _, s := range turns.Shifts {
		level := s.Against
		if s.Option == s.Against {
			level = turns.Leader
		}
		v.Shifts = append(v.Shifts, ShiftRow{level, s.Option, called(d, s.Criterion), decimal(s.From), decimal(s.To)})
	}
	v.Shifts, v.More = parted(v.Shifts, shownShifts)
	for _, s := range turns.Swaps {
		v.Swaps = append(v.Swaps, SwapRow{called(d, s.Up), called(d, s.Down), s.Leader})
	}
}

func (v *ResultView) questions(d paths.Decision, c render.ChartWords) {
	list, err := decisions.FindOut(d.Asked())
	if err != nil { // as above
		return
	}
	for i, q := range list {
		row := QuestionRow{Way: q.Option, MustHave: q.MustHave, Turns: q.Turns}
		if q.MustHave == "" {
			row.Says = called(d, q.Criterion)
		}
		to := func(page string, kind string, how How) string {
			return page + "?" + url.Values{"kind": {kind}, "step": {d.Step}, "decision": {d.ID}, "question": {strconv.Itoa(i)}, "how": {string(how)}}.Encode()
		}
		row.Ask, row.Talk = to("/path/entries/new", string(paths.Conversation), Asking), to("/path/entries/new", string(paths.Conversation), Talking)
		row.Try = to("/path/steps/new", string(paths.Trial), Trying)
		v.Ask = append(v.Ask, row)
	}
	v.Ask, v.AskMore = parted(v.Ask, shownQuestions)
}

// How says how something is found out.
type How string

// The ways to find something out.
const (
	Asking  How = "ask"
	Talking How = "talk"
	Trying  How = "try"
)

var begins = map[How]string{Asking: "path.find.ask_text", Talking: "path.find.talk_text", Trying: "path.find.try_text"}

// Begins is the text with which the nth question of a decision begins as an entry or a
// step, so that no address has a word of it; "" where there is no such question.
func Begins(d paths.Decision, n string, how How, c *messages.Catalog) string {
	list, err := decisions.FindOut(d.Asked())
	i, wrong := strconv.Atoi(n)
	if err != nil || wrong != nil || i < 0 || i >= len(list) || begins[how] == "" {
		return ""
	}
	what := list[i].MustHave
	if what == "" {
		says := called(d, list[i].Criterion)
		what = c.T(says.Key, says.Args...)
	}
	return c.T(begins[how], "way", list[i].Option, "what", what)
}

// parted are the first of a list and the rest.
func parted[T any](list []T, first int) (shown, folded []T) {
	n := min(len(list), first)
	return list[:n], list[n:]
}

// LaterRow is what a way costs now and what would make up for it.
type LaterRow struct {
	Way    string
	Months int
	Cost   problem.Message
	Rise   *problem.Message // nil where there is nothing to make up for
}

// laters are the ways of which months or costs are known.
func laters(d paths.Decision, c render.ChartWords) []LaterRow {
	var list []LaterRow
	for _, o := range d.Options {
		if o.OneOff == 0 && len(o.Phases) == 0 {
			continue
		}
		var phases []decisions.Phase
		for _, phase := range o.Phases {
			phases = append(phases, decisions.Phase(phase))
		}
		l, err := decisions.NowAgainstLater(d.Reference, phases, o.OneOff, d.Horizon)
		if err != nil { // from elsewhere, and beyond what can be
			continue
		}
		row := LaterRow{Way: o.Name, Months: l.Months}
		say := func(key string, amount int64) problem.Message {
			return problem.Message{Key: key, Args: []any{"amount", Money(c, amount, d.Currency), "currency", d.Currency, "months", strconv.Itoa(l.Months), "horizon", strconv.Itoa(d.Horizon)}}
		}
		switch {
		case l.Cost > 0:
			rise := say("path.later.rise", l.Rise)
			if !l.Repays {
				rise = say("path.later.never", 0)
			}
			row.Cost, row.Rise = say("path.later.costs", l.Cost), &rise
		case l.Cost < 0:
			row.Cost = say("path.later.gains", -l.Cost)
		default:
			row.Cost = say("path.later.same", 0)
		}
		list = append(list, row)
	}
	return list
}

// Money is an amount, its digits in groups.
func Money(c render.ChartWords, minor int64, code string) string {
	units, rest := currency.Split(minor, code)
	whole := c.T("path.own_text", "text", int(units))
	if rest == "" {
		return whole
	}
	return whole + c.T("trail.decimal") + rest
}

// decimal is a number to one place.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
