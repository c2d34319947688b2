package ways

import (
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/web/desk/fields"
	"waypost/web/paths/typed"
	"waypost/web/render"
	"waypost/web/trail/chart"
)

// View is the page of a decision.
type View struct {
	fields.Form
	paths.Decision
	Label     string // the key of its state
	StepTitle string
	Original  *Choice  // of which it is a copy
	Copies    []Choice // of it
	Open      bool
	Lacks     []LackRow // the first scores that are not there yet
	LackCount int
	Rows      []MatterRow
	Musts     []MustRow
	Result    *ResultView
	Later     []LaterRow
	Expect    []LookRow // what is asked when it is decided
	Looked    []LookRow
}

// LackRow leads to a score that is not there yet.
type LackRow struct {
	Way  string
	Says problem.Message
	URL  string
}

// MatterRow is a criterion with how each way does by it.
type MatterRow struct {
	paths.Criterion
	Says  problem.Message
	Cells []ScoreCell
}

// ScoreCell is how a way does by a criterion.
type ScoreCell struct {
	ID, Way           string
	Figure            template.HTML // "" where the score is not there yet
	Low, Likely, High string
	Out               bool // the way fails a must-have
	URL               string
}

// MustRow is a must-have with what is known of each way.
type MustRow struct {
	Text  string
	Cells []MetCell
}

// MetCell says if a way meets a must-have.
type MetCell struct {
	Way   string
	Label string // a message key
	Fails bool
	Out   bool
}

// LookRow is a look at three items: what was expected, and what came.
type LookRow struct {
	N      int
	Months int
	paths.Look
	Is      bool // it was looked
	IsDue   bool
	Changes bool // its form is shown
	Lines   []FeltLine
	Items   []typed.Item
}

// NoteName is the field for a note.
func (r LookRow) NoteName() string { return fmt.Sprint("note.", r.N) }

// FeltLine is one of the three items.
type FeltLine struct {
	Short           string // a message key
	Expected, Found string // "" where not said
}

// mostLacks are how many scores that are missing are named one by one.
const mostLacks = 5

// NewView is the page of a decision of a path.
func NewView(p paths.Path, d paths.Decision, today partdate.Date, form fields.Form, c render.ChartWords) View {
	view := View{Form: form, Decision: d, Label: States[d.State], Open: d.State == paths.DecisionOpen, Later: laters(d, c)}
	if form.Values == nil {
		view.Values = url.Values{}
	}
	for name, kept := range map[string]string{"to_say": d.ToSay, "said": d.Said, "hope": d.Hope} {
		if !view.Values.Has(name) {
			view.Values.Set(name, kept)
		}
	}
	if s, ok := p.Step(d.Step); ok {
		view.StepTitle = s.Title
	}
	for _, x := range p.Decisions {
		switch {
		case x.ID == d.CopyOf && d.CopyOf != "":
			view.Original = &Choice{x.ID, x.Question}
		case x.CopyOf == d.ID:
			view.Copies = append(view.Copies, Choice{x.ID, x.Question})
		}
	}
	view.table(c)
	view.Result = newResult(d, c)
	view.looks(today)
	return view
}

// table puts the ways beside each other.
func (v *View) table(c render.ChartWords) {
	edit := "/path/decisions/" + v.ID + "/edit?part=" + Scores
	heads := v.Heads()
	for _, text := range v.MustHaves {
		row := MustRow{Text: text}
		for i, o := range v.Options {
			row.Cells = append(row.Cells, MetCell{o.Name, metLabels[o.Met[text]], o.Met[text] == paths.MetNo, heads[i].Out})
		}
		v.Musts = append(v.Musts, row)
	}
	for _, j := range ranked(v.Criteria) {
		row := MatterRow{Criterion: v.Criteria[j], Says: matter(v.Criteria[j])}
		for i, o := range v.Options {
			id := fmt.Sprintf("score.%d.%d", i, j)
			cell := ScoreCell{ID: id, Way: o.Name, Out: heads[i].Out, URL: edit + "#" + id}
			if s, ok := o.Scores[row.Key]; ok {
				cell.Low, cell.Likely, cell.High = scoreText(s.Low), scoreText(s.Likely), scoreText(s.High)
				cell.Figure = c.RangeSmall(chart.Range{Low: s.Low, Point: s.Likely, High: s.High}, c.T("path.range", "low", cell.Low, "likely", cell.Likely, "high", cell.High))
			} else if v.LackCount++; len(v.Lacks) < mostLacks {
				v.Lacks = append(v.Lacks, LackRow{o.Name, row.Says, cell.URL})
			}
			row.Cells = append(row.Cells, cell)
		}
		v.Rows = append(v.Rows, row)
	}
}

// Fresh reports that there is no score yet.
func (v View) Fresh() bool {
	return !slices.ContainsFunc(v.Options, func(o paths.Option) bool { return len(o.Scores) > 0 })
}

// Bare reports that nothing is known of the ways but their names.
func (v View) Bare() bool {
	return v.Fresh() && !slices.ContainsFunc(v.Options, func(o paths.Option) bool { return len(o.Met) > 0 })
}

// looks are what was expected and what came, and the questions for both.
func (v *View) looks(today partdate.Date) {
	answer := func(name string) int {
		n, _ := strconv.Atoi(v.Value(name)) // none was chosen
		return n
	}
	items := func(prefix string) []typed.Item {
		var list []typed.Item
		for _, key := range felt {
			list = append(list, typed.Item{Key: key, Name: prefix + "." + key, Answer: answer(prefix + "." + key)})
		}
		return list
	}
	for i, months := range LookMonths {
		v.Expect = append(v.Expect, LookRow{Months: months, Items: items(fmt.Sprint("expected.", i))})
	}
	for i, look := range v.Looks {
		row := LookRow{N: i + 1, Look: look, Is: !look.At.IsZero(), IsDue: look.Due.First() <= today.First()}
		if i < len(LookMonths) {
			row.Months = LookMonths[i]
		}
		prefix := fmt.Sprint("found.", row.N)
		expected, found := answersOf(look.Expected), answersOf(look.Found)
		for k, key := range felt {
			line := FeltLine{Short: typed.Name(key)}
			if expected[k] > 0 {
				line.Expected = strconv.Itoa(expected[k])
			}
			if found[k] > 0 {
				line.Found = strconv.Itoa(found[k])
			}
			row.Lines = append(row.Lines, line)
			if name := prefix + "." + key; !v.Values.Has(name) && row.Is {
				v.Values.Set(name, strconv.Itoa(found[k]))
			}
		}
		note := row.NoteName()
		if !v.Values.Has(note) {
			v.Values.Set(note, look.Note)
		}
		row.Items = items(prefix)
		row.Changes = row.IsDue && !row.Is || v.AnyFault(note)
		v.Looked = append(v.Looked, row)
	}
}

func answersOf(x paths.Felt) [len(felt)]int { return [...]int{x.Learning, x.Happiness, x.Goal} }

// Places names the field that a fault is of.
func (v View) Places(name string) []problem.Message { return places(v.Decision, name) }

// Parts are the parts of the form.
func (View) Parts() []PartLink { return parts }

// Asked reports that there is a result.
func (v View) Asked() bool { return v.Result != nil }

// Asks reports that a result can be had that is not there yet, or that something lacks
// for one.
func (v View) Asks() bool {
	return v.Open && (v.Result == nil || v.Result.Outdated || len(v.Lacks) > 0)
}

// Dropped reports that the decision is not to be taken.
func (v View) Dropped() bool { return v.State == paths.DecisionDropped }

// Decides reports that the form of the choice was typed in.
func (v View) Decides() bool {
	return v.Values.Has("chosen") || v.AnyFault("chosen") || v.AnyFault("confidence") || v.AnyFault("reason")
}

// Talks reports that there is something of the conversation.
func (v View) Talks() bool { return v.Value("to_say")+v.Value("said") != "" }

// Head is the name of a way over its column.
type Head struct {
	Name string
	Out  bool // it fails a must-have
}

// Heads are the names of the ways.
func (v View) Heads() []Head {
	var list []Head
	for _, o := range v.Options {
		out := slices.ContainsFunc(v.MustHaves, func(m string) bool { return o.Met[m] == paths.MetNo })
		list = append(list, Head{o.Name, out})
	}
	return list
}
