package ways

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"waypost/internal/problem"
	"waypost/paths"
	"waypost/web/desk/fields"
	"waypost/web/paths/typed"
)

// The parts of the form of a decision, each saved by itself.
const (
	Ways    = "ways"
	Matters = "matters"
	Scores  = "scores"
	Pay     = "pay"
)

var parts = []PartLink{{Ways, "path.part_ways", false}, {Matters, "path.part_matters", false}, {Scores, "path.part_scores", false}, {Pay, "path.part_pay", false}}

// PartLink leads to a part of the form.
type PartLink struct {
	Part    string
	Label   string // a message key
	Current bool
}

// Form is one part of the form of a decision.
type Form struct {
	fields.Form
	ID        string // empty for a new decision
	Part      string
	Steps     []Choice
	Ways      []Numbered
	Matters   []Matter
	MustHaves []MetField
	Scores    []ScoredMatter
	Pays      []PayField
	of        paths.Decision
}

// Numbered is one of several fields of a kind.
type Numbered struct {
	Name   string
	Number int
}

// Matter is a criterion in the form: its fields end in its number.
type Matter struct {
	N    int
	Says problem.Message
	Own  bool // it has a name to type
}

// MetField asks of each way if it meets a must-have.
type MetField struct {
	Text string
	Ways []WayField
}

// ScoredMatter asks for the scores of each way by a criterion.
type ScoredMatter struct {
	Says      problem.Message
	Zero, Ten string
	Ways      []WayField
}

// WayField is a field of a way.
type WayField struct{ Way, Name string }

// PayField asks for the months and the pay of a way.
type PayField struct {
	Way    string
	Name   string // of the field for what it costs once
	Phases []PhaseField
}

// PhaseField is a number of months at one pay.
type PhaseField struct {
	Number      int
	Months, Pay string // names of fields
}

// Parts are links to all parts.
func (v Form) Parts() []PartLink {
	list := slices.Clone(parts)
	for i := range list {
		list[i].Current = list[i].Part == v.Part
	}
	return list
}

// Numbers are the ranks that may be chosen.
func (Form) Numbers() []string {
	list := make([]string, paths.MaxCriteria)
	for i := range list {
		list[i] = strconv.Itoa(i + 1)
	}
	return list
}

// MetChoices are the answers to a must-have.
func (Form) MetChoices() []fields.Option {
	return []fields.Option{{Value: string(paths.MetUnknown), Label: "path.met.unknown"}, {Value: string(paths.MetYes), Label: "path.met.yes"}, {Value: string(paths.MetNo), Label: "path.met.no"}}
}

// Suggestions are ways that one may forget: message keys.
func (Form) Suggestions() []string {
	return []string{"path.way.ask", "path.way.detour", "path.way.leave"}
}

// ownText is a text of the member's own where a message stands.
func ownText(text string) problem.Message {
	return problem.Message{Key: "path.own_text", Args: []any{"text", text}}
}

// matter says what a criterion is called.
func matter(c paths.Criterion) problem.Message {
	if c.Name != "" || criterionNames[c.Key] == "" {
		return ownText(c.Name)
	}
	return problem.Message{Key: criterionNames[c.Key]}
}

// matters are the criteria that the form shows: the usual ones, those of the member's own,
// and room for one more.
func matters(d paths.Decision) []paths.Criterion {
	var list []paths.Criterion
	for _, key := range paths.DefaultCriteria() {
		at := slices.IndexFunc(d.Criteria, func(c paths.Criterion) bool { return c.Key == key })
		if at < 0 {
			list = append(list, paths.Criterion{Key: key})
			continue
		}
		list = append(list, d.Criteria[at])
	}
	for _, c := range d.Criteria {
		if !slices.Contains(paths.DefaultCriteria(), c.Key) {
			list = append(list, c)
		}
	}
	if len(list) <= len(paths.DefaultCriteria()) {
		list = append(list, paths.Criterion{Key: "own"})
	}
	return list
}

// PartOf is a part of the form, the first for what is none.
func PartOf(name string) string {
	if slices.ContainsFunc(parts, func(p PartLink) bool { return p.Part == name }) {
		return name
	}
	return Ways
}

// NewForm is a part of the form of a decision, or of a new one.
func NewForm(p paths.Path, d paths.Decision, part string, form fields.Form) Form {
	view := Form{Form: form, ID: d.ID, Part: part, of: d}
	for _, s := range slices.Backward(p.Steps) {
		view.Steps = append(view.Steps, Choice{s.ID, s.Title})
	}
	for i := range max(paths.MaxOptions, len(d.Options)) {
		view.Ways = append(view.Ways, Numbered{fmt.Sprint("option.", i), i + 1})
	}
	for i, c := range matters(d) {
		view.Matters = append(view.Matters, Matter{i, matter(c), !slices.Contains(paths.DefaultCriteria(), c.Key)})
	}
	for j, text := range d.MustHaves {
		view.MustHaves = append(view.MustHaves, MetField{text, wayFields(d, "met.%d."+strconv.Itoa(j))})
	}
	for _, j := range ranked(d.Criteria) {
		c := d.Criteria[j]
		view.Scores = append(view.Scores, ScoredMatter{matter(c), c.Zero, c.Ten, wayFields(d, "score.%d."+strconv.Itoa(j))})
	}
	for i, o := range d.Options {
		pay := PayField{Way: o.Name, Name: fmt.Sprint("one_off.", i)}
		for j := range phaseRows(o) {
			pay.Phases = append(pay.Phases, PhaseField{j + 1, fmt.Sprintf("months.%d.%d", i, j), fmt.Sprintf("pay.%d.%d", i, j)})
		}
		view.Pays = append(view.Pays, pay)
	}
	return view
}

func wayFields(d paths.Decision, name string) []WayField {
	var list []WayField
	for i, o := range d.Options {
		list = append(list, WayField{o.Name, fmt.Sprintf(name, i)})
	}
	return list
}

// phaseRows are how many phases of a way the form has room for.
func phaseRows(o paths.Option) int { return min(max(len(o.Phases)+1, 2), paths.MaxPhases) }

// ranked are the places of criteria, those that matter most first.
func ranked(list []paths.Criterion) []int {
	at := make([]int, len(list))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int { return list[a].Rank - list[b].Rank })
	return at
}

// Kept shows a decision as it is kept, all parts of it.
func Kept(p paths.Path, d paths.Decision) fields.Form {
	form := fields.New("question", d.Question, "step", d.Step, "horizon", strconv.Itoa(d.Horizon), "must_haves", strings.Join(d.MustHaves, "\n"), "version", fields.Number(d.Version))
	set := func(value, name string, args ...any) { form.Values.Set(fmt.Sprintf(name, args...), value) }
	for i, c := range matters(d) {
		set(strconv.Itoa(c.Rank), "rank.%d", i)
		set(c.Name, "criterion.%d", i)
		set(c.Zero, "zero.%d", i)
		set(c.Ten, "ten.%d", i)
	}
	for i, o := range d.Options {
		set(o.Name, "option.%d", i)
		for j, text := range d.MustHaves {
			set(string(o.Met[text]), "met.%d.%d", i, j)
		}
		for j, c := range d.Criteria {
			if s, ok := o.Scores[c.Key]; ok {
				set(scoreText(s.Low), "score.%d.%d.low", i, j)
				set(scoreText(s.Likely), "score.%d.%d.likely", i, j)
				set(scoreText(s.High), "score.%d.%d.high", i, j)
			}
		}
		if o.OneOff != 0 {
			set(typed.AmountText(o.OneOff, d.Currency), "one_off.%d", i)
		}
		for j, phase := range o.Phases {
			set(strconv.Itoa(phase.Months), "months.%d.%d", i, j)
			set(typed.AmountText(phase.Pay, d.Currency), "pay.%d.%d", i, j)
		}
	}
	reference, currency := d.Reference, d.Currency
	if s, ok := p.Step(d.Step); ok && reference == 0 && currency == "" && s.Pay != nil && s.Pay.Per == paths.PerMonth {
		reference, currency = s.Pay.Amount, s.Pay.Currency
	}
	if reference != 0 {
		set(typed.AmountText(reference, currency), "reference")
	}
	set(currency, "currency")
	return form
}

// scoreText writes a score as people type it.
func scoreText(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Places names the field that a fault is of.
func (v Form) Places(name string) []problem.Message { return places(v.of, name) }

// places names a field of a decision, from the outside in.
func places(d paths.Decision, name string) []problem.Message {
	parts := strings.Split(name, ".")
	n := make([]int, 3)
	for i := 1; i < min(len(parts), 3); i++ {
		at, err := strconv.Atoi(parts[i])
		if err != nil || at < 0 {
			return nil
		}
		n[i] = at
	}
	switch all := matters(d); parts[0] {
	case "option":
		return []problem.Message{{Key: "path.way_number", Args: []any{"number", n[1] + 1}}}
	case "rank", "zero", "ten", "criterion":
		if n[1] < len(paths.DefaultCriteria()) {
			return []problem.Message{matter(all[n[1]])}
		}
	case "score", "months", "pay", "one_off", "met":
		if n[1] >= len(d.Options) {
			return nil
		}
		list := []problem.Message{ownText(d.Options[n[1]].Name)}
		if parts[0] == "score" && n[2] < len(d.Criteria) {
			list = append(list, matter(d.Criteria[n[2]]))
		}
		return list
	}
	if key := named[name]; key != "" {
		return []problem.Message{{Key: key}}
	}
	return fields.Places(name)
}

// named are the fields whose faults do not say which they are of: message keys.
var named = map[string]string{"confidence": "path.confidence", "horizon": "path.horizon", "currency": "path.currency_label", "reference": "path.reference"}

// Is reports that it is this part that is shown.
func (v Form) Is(part string) bool { return v.Part == part }

// Last reports that the decision itself comes after this part.
func (v Form) Last() bool { return v.Part == Scores || v.Part == Pay }

// Question is what is to be decided, as it is kept.
func (v Form) Question() string { return v.of.Question }

// Anchored reports that it was said what the ends of the scale are.
func (s ScoredMatter) Anchored() bool { return s.Zero+s.Ten != "" }

// ScoreFields are the three fields of a score.
type ScoreFields struct {
	WayField
	Low, Likely, High string
	Fault             *problem.Message
}

// Score is what stands in the fields of a score.
func (v Form) Score(w WayField) ScoreFields {
	return ScoreFields{w, v.Value(w.Name + ".low"), v.Value(w.Name + ".likely"), v.Value(w.Name + ".high"), v.exactFault(w.Name)}
}

// exactFault is what is wrong with a field whose name ends in a number, which is not that
// of a line in it.
func (v Form) exactFault(name string) *problem.Message {
	for i := range v.Faults {
		if v.Faults[i].Name == name {
			return &v.Faults[i].Message
		}
	}
	return nil
}
