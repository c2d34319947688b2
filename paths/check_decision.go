package paths

import (
	"fmt"
	"slices"

	"waypost/internal/currency"
	"waypost/internal/problem"
)

// What a decision may hold.
const (
	MinOptions   = 2
	MaxOptions   = 6
	MaxCriteria  = 8
	MaxScores    = MaxCriteria + 7 // of an option, with those of usual criteria that are left out now
	MaxMustHaves = 8
	MaxPhases    = 6
	MaxHorizon   = 120 // months
	UsualHorizon = 24
)

func (d Decision) check(p Path) error {
	var f problem.Fields
	if d.Question == "" {
		f.Add("question", "path.question_missing")
	}
	tooLong(&f, "question", d.Question, MaxTitle)
	if _, ok := p.Step(d.Step); d.Step != "" && !ok {
		f.Add("step", "field.unknown")
	}
	if d.Horizon < 1 || d.Horizon > MaxHorizon {
		f.Add("horizon", "path.horizon_range", "max", MaxHorizon)
	}
	if d.Currency != "" && !currency.Valid(d.Currency) {
		f.Add("currency", "path.currency")
	}
	d.checkAmounts(&f)
	d.checkCriteria(&f)
	d.checkMustHaves(&f)
	d.checkOptions(&f)
	for field, text := range map[string]string{"reason": d.Reason, "to_say": d.ToSay, "said": d.Said} {
		tooLong(&f, field, text, MaxText)
	}
	d.checkOutcome(&f)
	return f.Err()
}

// checkOutcome checks what was hoped, came out, was chosen and seen.
func (d Decision) checkOutcome(f *problem.Fields) {
	tooLong(f, "hope", d.Hope, MaxTitle)
	tooLong(f, "chosen", d.Chosen, MaxTitle)
	if d.Confidence < 0 || d.Confidence > 100 {
		f.Add("confidence", "path.workload_range")
	}
	if len(d.Looks) > len(lookMonths) {
		f.Add("looks", "field.too_many", "max", len(lookMonths))
	}
	for _, look := range d.Looks {
		tooLong(f, "looks", look.Note, MaxText)
		look.Expected.check(f)
		look.Found.check(f)
	}
	if d.Result == nil {
		return
	}
	then := d.Then()
	then.Question, then.Step, then.Horizon, then.Result, then.Looks = "?", "", MaxHorizon, nil, nil
	if err := then.check(Path{}); err != nil || len(d.Result.Outcomes) > MaxOptions {
		f.Add("result", "field.unknown")
	}
}

func (d Decision) checkAmounts(f *problem.Fields) {
	amount := func(field string, of int64) {
		if of < -MaxAmount || of > MaxAmount {
			f.Add(field, "path.amount")
		}
	}
	amount("reference", d.Reference)
	for i, o := range d.Options {
		amount(fmt.Sprint("one_off.", i), o.OneOff)
		months := 0
		for j, phase := range o.Phases {
			amount(fmt.Sprintf("pay.%d.%d", i, j), phase.Pay)
			if phase.Months < 0 || phase.Months > MaxHorizon {
				f.Add(fmt.Sprintf("months.%d.%d", i, j), "path.horizon_range", "max", MaxHorizon)
			}
			months += max(phase.Months, 0)
		}
		if len(o.Phases) > MaxPhases || months > d.Horizon && d.Horizon > 0 {
			f.Add(fmt.Sprintf("months.%d.0", i), "path.phases_beyond")
		}
	}
}

func (d Decision) checkCriteria(f *problem.Fields) {
	if len(d.Criteria) == 0 || len(d.Criteria) > MaxCriteria {
		f.Add("criteria", "path.criteria_count", "max", MaxCriteria)
	}
	keys := map[string]bool{}
	for i, c := range d.Criteria {
		usual := slices.Contains(DefaultCriteria(), c.Key)
		if c.Key == "" || keys[c.Key] || (!usual && c.Name == "") {
			f.Add(fmt.Sprint("criterion.", i), "field.unknown")
		}
		keys[c.Key] = true
		if c.Rank < 1 || c.Rank > MaxCriteria {
			f.Add(fmt.Sprint("rank.", i), "field.unknown")
		}
		tooLong(f, fmt.Sprint("criterion.", i), c.Name, MaxSkill)
		tooLong(f, fmt.Sprint("zero.", i), c.Zero, MaxTitle)
		tooLong(f, fmt.Sprint("ten.", i), c.Ten, MaxTitle)
	}
}

func (d Decision) checkMustHaves(f *problem.Fields) {
	if len(d.MustHaves) > MaxMustHaves {
		f.Add("must_have.0", "field.too_many", "max", MaxMustHaves)
	}
	for i, m := range d.MustHaves {
		tooLong(f, fmt.Sprint("must_have.", i), m, MaxTitle)
		if m == "" || slices.Index(d.MustHaves, m) != i {
			f.Add(fmt.Sprint("must_have.", i), "path.named_twice")
		}
	}
}

func (d Decision) checkOptions(f *problem.Fields) {
	if n := len(d.Options); n < MinOptions || n > MaxOptions {
		f.Add("option.0", "path.option_count", "min", MinOptions, "max", MaxOptions)
	}
	for i, o := range d.Options {
		field := fmt.Sprint("option.", i)
		tooLong(f, field, o.Name, MaxTitle)
		if len(o.Scores) > MaxScores || len(o.Met) > MaxMustHaves {
			f.Add(field, "field.too_many", "max", MaxScores)
		}
		if o.Name == "" || slices.IndexFunc(d.Options, func(x Option) bool { return x.Name == o.Name }) != i {
			f.Add(field, "path.named_twice")
		}
		for _, c := range d.Criteria {
			s, ok := o.Scores[c.Key]
			if ok && (s.Low < 0 || s.Likely < s.Low || s.High < s.Likely || s.High > 10) {
				f.Add(fmt.Sprintf("score.%d.%s", i, c.Key), "path.score_order")
			}
		}
		for _, met := range o.Met {
			if !slices.Contains([]Met{MetYes, MetNo, MetUnknown}, met) {
				f.Add(field, "field.unknown")
			}
		}
	}
}
