package ways

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"waypost/internal/problem"
	"waypost/paths"
	"waypost/web/kit"
	"waypost/web/paths/typed"
)

// After is where a saved part leads: on to the next, or to the decision.
func After(id, part string, on bool) string {
	at := slices.IndexFunc(parts, func(p PartLink) bool { return p.Part == part })
	if on && part != Scores && at+1 < len(parts) {
		return "/path/decisions/" + id + "/edit?done=saved&part=" + parts[at+1].Part
	}
	return "/path/decisions/" + id + "?done=saved"
}

// Read is what is kept with what was typed in a part of the form; rows are where
// its lines stand in the form.
func Read(f *typed.Fields, part string, d paths.Decision) (paths.Decision, []int) {
	switch part {
	case Matters:
		return typedMatters(f, d)
	case Scores:
		return typedScores(f, d), nil
	case Pay:
		return typedPay(f, d), nil
	}
	return typedWays(f, d)
}

// typedWays reads the question, the ways and the must-haves. A way keeps its scores when
// it is called otherwise, and so does a must-have its answers.
func typedWays(read *typed.Fields, d paths.Decision) (paths.Decision, []int) {
	if d.ID == "" {
		d = paths.NewDecision("")
		for i := range d.Criteria {
			d.Criteria[i].Rank = 1 // alike, until the member says otherwise
		}
	}
	d.Question, d.Step, d.Horizon = kit.Line(read.R, "question"), read.R.PostForm.Get("step"), read.Number("horizon")
	old := d.Options
	d.Options = nil
	var rows []int
	for i := range max(paths.MaxOptions, len(old)) {
		name := kit.Line(read.R, fmt.Sprint("option.", i))
		if name == "" {
			continue
		}
		var o paths.Option
		if i < len(old) {
			o = old[i]
		}
		o.Name = name
		d.Options, rows = append(d.Options, o), append(rows, i)
	}
	renameMustHaves(&d, lines(typed.Text(read.R, "must_haves")))
	return d, rows
}

// lines are those of a text that are not empty, each once.
func lines(text string) []string {
	var list []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" && !slices.Contains(list, line) {
			list = append(list, line)
		}
	}
	return list
}

// renameMustHaves gives a decision other must-haves. One that stands where another stood
// takes its answers.
func renameMustHaves(d *paths.Decision, list []string) {
	for i := range d.Options {
		o := &d.Options[i]
		met := map[string]paths.Met{}
		for j, text := range list {
			was := text
			if !slices.Contains(d.MustHaves, text) && j < len(d.MustHaves) && !slices.Contains(list, d.MustHaves[j]) {
				was = d.MustHaves[j]
			}
			if answer, ok := o.Met[was]; ok {
				met[text] = answer
			}
		}
		o.Met = met
	}
	d.MustHaves = list
}

// typedMatters reads what matters, and in which order; what has no rank is left out.
func typedMatters(read *typed.Fields, d paths.Decision) (paths.Decision, []int) {
	shown := matters(d)
	d.Criteria = nil
	var rows []int
	for i, c := range shown {
		n := strconv.Itoa(i)
		c.Zero, c.Ten = kit.Line(read.R, "zero."+n), kit.Line(read.R, "ten."+n)
		c.Rank = read.Number("rank." + n)
		if !slices.Contains(paths.DefaultCriteria(), c.Key) {
			c.Name = kit.Line(read.R, "criterion."+n)
			if c.Name == "" && c.Zero+c.Ten == "" {
				continue
			}
		}
		if c.Rank == 0 {
			if c.Name != "" {
				read.Faults.Add("rank."+n, "path.rank_missing")
			}
			continue
		}
		d.Criteria, rows = append(d.Criteria, c), append(rows, i)
	}
	return d, rows
}

// typedScores reads what the ways meet, and how they do.
func typedScores(read *typed.Fields, d paths.Decision) paths.Decision {
	d.Options = slices.Clone(d.Options)
	for i := range d.Options {
		o := &d.Options[i]
		met, scores := map[string]paths.Met{}, map[string]paths.Score{}
		for key, s := range o.Scores { // of what is left out now
			usual := slices.Contains(paths.DefaultCriteria(), key)
			if usual && !slices.ContainsFunc(d.Criteria, func(c paths.Criterion) bool { return c.Key == key }) {
				scores[key] = s
			}
		}
		for j, text := range d.MustHaves {
			if answer := read.R.PostForm.Get(fmt.Sprintf("met.%d.%d", i, j)); answer != "" {
				met[text] = paths.Met(answer)
			}
		}
		for j, c := range d.Criteria {
			if s, ok := score(read, fmt.Sprintf("score.%d.%d", i, j)); ok {
				scores[c.Key] = s
			}
		}
		o.Met, o.Scores = met, scores
	}
	return d
}

// score reads three fields: without low or high the likely one stands for it.
func score(f *typed.Fields, name string) (paths.Score, bool) {
	low, likely, high := kit.Line(f.R, name+".low"), kit.Line(f.R, name+".likely"), kit.Line(f.R, name+".high")
	if low+likely+high == "" {
		return paths.Score{}, false
	}
	if likely == "" {
		f.Faults.Add(name, "path.likely_missing")
		return paths.Score{}, false
	}
	values := make([]float64, 3)
	for i, text := range []string{low, likely, high} {
		if text == "" {
			text = likely
		}
		v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
		if err != nil || math.IsNaN(v) {
			f.Faults.Add(name, "path.not_a_number", "value", text)
			return paths.Score{}, false
		}
		values[i] = v
	}
	return paths.Score{Low: values[0], Likely: values[1], High: values[2]}, true
}

// Codes are the currencies of a decision and of a step, as they are kept.
func Codes(d paths.Decision, s paths.Step) []string {
	codes := []string{d.Currency}
	if s.Pay != nil {
		codes = append(codes, s.Pay.Currency)
	}
	return codes
}

// typedPay reads months and pay.
func typedPay(read *typed.Fields, d paths.Decision) paths.Decision {
	d.Currency = read.Currency("currency")
	d.Reference = read.Amount("reference", d.Currency)
	d.Options = slices.Clone(d.Options)
	for i := range d.Options {
		o := &d.Options[i]
		o.OneOff = read.Amount(fmt.Sprint("one_off.", i), d.Currency)
		rows := phaseRows(*o)
		o.Phases = nil
		last := 0
		for j := range rows {
			months, pay := fmt.Sprintf("months.%d.%d", i, j), fmt.Sprintf("pay.%d.%d", i, j)
			o.Phases = append(o.Phases, paths.Phase{Months: read.Number(months), Pay: read.Amount(pay, d.Currency)})
			if kit.Line(read.R, months)+kit.Line(read.R, pay) != "" {
				last = j + 1
			}
		}
		o.Phases = o.Phases[:last]
	}
	return d
}

// fieldOf is the field of a part of the form in which a field of a decision stands.
func fieldOf(part, name string, d paths.Decision, rows []int) string {
	parts := strings.SplitN(name, ".", 3)
	row := func() string {
		n, err := strconv.Atoi(parts[1])
		if err != nil || n >= len(rows) {
			return parts[0] + ".0"
		}
		return parts[0] + "." + strconv.Itoa(rows[n])
	}
	switch head := parts[0]; {
	case part == Scores && head == "score":
		j := slices.IndexFunc(d.Criteria, func(c paths.Criterion) bool { return c.Key == parts[2] })
		return fmt.Sprintf("score.%s.%d", parts[1], j)
	case part == Ways && head == "option", part == Matters && slices.Contains([]string{"criterion", "rank", "zero", "ten"}, head):
		return row()
	case part == Ways && head == "must_have":
		return "must_haves"
	case part == Ways && head == "months":
		return "horizon"
	case part == Ways && slices.Contains([]string{"question", "step", "horizon"}, head), part == Matters && head == "criteria",
		part == Pay && slices.Contains([]string{"reference", "currency", "one_off", "months", "pay"}, head):
		return name
	}
	return "form"
}

// Back is where the form leads without saving.
func (v Form) Back() string {
	if v.ID == "" {
		return "/path"
	}
	return "/path/decisions/" + v.ID
}

// Placed names the fields of a part of the form for what is wrong with a decision. rows
// are the rows of the form in which its lines stand, nil where they stand as they are kept.
func Placed(err error, part string, d paths.Decision, rows []int) error {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return err
	}
	q := *p
	q.Fields = slices.Clone(p.Fields)
	for i := range q.Fields {
		q.Fields[i].Name = fieldOf(part, q.Fields[i].Name, d, rows)
	}
	return &q
}

// LookMonths are the months after a decision for which its member says what they expect.
var LookMonths = [...]int{2, 6}

// felt are what is expected, and looked back on.
var felt = [...]string{"learning", "happiness", "goal"}

// Found reads what was expected, or found.
func Found(r *http.Request, prefix string) paths.Felt {
	var n [len(felt)]int
	for i, key := range felt {
		n[i], _ = strconv.Atoi(kit.Line(r, prefix+"."+key)) // what is no number was not answered
	}
	return paths.Felt{Learning: n[0], Happiness: n[1], Goal: n[2]}
}
