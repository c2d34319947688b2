package paths

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths/decisions"
)

// lookMonths are how many months after a decision its member looks back.
var lookMonths = [...]int{2, 6}

// NewDecision is what a decision on a step begins as; step may be "".
func NewDecision(step string) Decision {
	d := Decision{Step: step, Horizon: UsualHorizon, State: DecisionOpen}
	for i, key := range DefaultCriteria() {
		d.Criteria = append(d.Criteria, Criterion{Key: key, Rank: i + 1})
	}
	return d
}

// SaveDecision keeps a decision that is open, a new one (without an ID) or a changed one.
// What was chosen, seen and said of it stays as it is.
func (s *Service) SaveDecision(ctx context.Context, member string, given Decision) (d Decision, err error) {
	err = s.change(ctx, member, func(e *Edit, _ kept) error {
		d = given
		if d.ID != "" {
			old, err := current(e.Path.Decisions, d.Row)
			if err != nil {
				return err
			}
			if old.State != DecisionOpen {
				return problem.New(problem.Conflict, "path.decision_closed")
			}
			asked := d
			d = old
			d.Question, d.Step, d.Horizon, d.Criteria, d.MustHaves = asked.Question, asked.Step, asked.Horizon, asked.Criteria, asked.MustHaves
			d.Options, d.Currency, d.Reference = asked.Options, asked.Currency, asked.Reference
		} else if err := tooMany(len(e.Path.Decisions), MaxDecisions); err != nil {
			return err
		}
		if d.State == "" {
			d.State = DecisionOpen
		}
		if err := d.check(e.Path); err != nil {
			return err
		}
		e.put(&d)
		return nil
	})
	return d, err
}

// decision lets fn change a decision and keeps it.
func (s *Service) decision(ctx context.Context, member string, at Row, fn func(e *Edit, d *Decision) error) error {
	return s.change(ctx, member, func(e *Edit, _ kept) error {
		d, err := current(e.Path.Decisions, at)
		if err != nil {
			return err
		}
		if err := fn(e, &d); err != nil {
			return err
		}
		if err := d.check(e.Path); err != nil {
			return err
		}
		e.put(&d)
		return nil
	})
}

// Ask works out how the options come out, once every score is there. hope is the option
// that the member hopes for, "" where they do not say.
func (s *Service) Ask(ctx context.Context, member string, at Row, hope string) error {
	return s.decision(ctx, member, at, func(e *Edit, d *Decision) error {
		if d.State != DecisionOpen {
			return problem.New(problem.Conflict, "path.decision_closed")
		}
		return d.Ask(hope, e.Now)
	})
}

// Ask works out how the options come out, and keeps that with what it came from.
func (d *Decision) Ask(hope string, now time.Time) error {
	if hope != "" && !d.has(hope) {
		hope = ""
	}
	outcomes, err := d.outcomes()
	if err != nil {
		return err
	}
	d.Hope = hope
	d.Result = &Result{Method: decisions.Version, Made: now.UTC().Truncate(time.Millisecond), Criteria: slices.Clone(d.Criteria),
		MustHaves: slices.Clone(d.MustHaves), Options: slices.Clone(d.Options)}
	for _, o := range outcomes {
		d.Result.Outcomes = append(d.Result.Outcomes, Outcome{o.Name, o.ShareBest, o.Low, o.High, o.Mean, o.Regret})
	}
	return nil
}

func (d *Decision) outcomes() ([]decisions.Outcome, error) {
	if missing := d.Missing(); len(missing) > 0 {
		var f problem.Fields
		for _, field := range missing {
			f.Add(field, "path.score_missing")
		}
		return nil, f.Err()
	}
	outcomes, err := decisions.Outcomes(d.Asked())
	if errors.Is(err, decisions.ErrNoneCounts) {
		return nil, problem.New(problem.Invalid, "path.no_option_counts")
	}
	if err != nil {
		return nil, fmt.Errorf("compare options: %w", err)
	}
	return outcomes, nil
}

func (d *Decision) has(option string) bool {
	return slices.ContainsFunc(d.Options, func(o Option) bool { return o.Name == option })
}

// fails reports that an option does not meet a must-have: it is out of the count.
func (o Option) fails() bool {
	for _, met := range o.Met {
		if met == MetNo {
			return true
		}
	}
	return false
}

// Missing names the fields of scores that are not there yet, of the options that count.
func (d *Decision) Missing() []string {
	var fields []string
	for i, o := range d.Options {
		if o.fails() {
			continue
		}
		for _, c := range d.Criteria {
			if _, ok := o.Scores[c.Key]; !ok {
				fields = append(fields, fmt.Sprintf("score.%d.%s", i, c.Key))
			}
		}
	}
	return fields
}

// Asked is the decision as the method takes it.
func (d *Decision) Asked() decisions.Decision {
	asked := decisions.Decision{ID: d.ID}
	ranked := slices.Clone(d.Criteria)
	slices.SortStableFunc(ranked, func(a, b Criterion) int { return a.Rank - b.Rank })
	for i, c := range ranked {
		if i > 0 && c.Rank == ranked[i-1].Rank {
			last := len(asked.Ranks) - 1
			asked.Ranks[last] = append(asked.Ranks[last], c.Key)
			continue
		}
		asked.Ranks = append(asked.Ranks, []string{c.Key})
	}
	for _, o := range d.Options {
		x := decisions.Option{Name: o.Name, Scores: map[string]decisions.Score{}}
		for _, c := range d.Criteria {
			x.Scores[c.Key] = decisions.Score(o.Scores[c.Key])
		}
		for _, m := range d.MustHaves {
			switch o.Met[m] {
			case MetNo:
				x.Fails = append(x.Fails, m)
			case MetUnknown, "":
				x.Unknown = append(x.Unknown, m)
			}
		}
		asked.Options = append(asked.Options, x)
	}
	return asked
}

// Then is the decision as it was when the result was made; as it is while there is none.
func (d *Decision) Then() Decision {
	then := *d
	if r := d.Result; r != nil {
		then.Criteria, then.MustHaves, then.Options = r.Criteria, r.MustHaves, r.Options
	}
	return then
}

// Outdated reports that what the result came from was changed since.
func (d *Decision) Outdated() bool {
	then := d.Then()
	return !reflect.DeepEqual(d.Asked(), then.Asked())
}

// Choice is what a member decides, and what they expect of it.
type Choice struct {
	Chosen     string
	Reason     string
	Confidence int // percent, 0 where not said
	Expected   []Felt
}

// Decide keeps what was chosen; the member looks back after two and after six months.
func (s *Service) Decide(ctx context.Context, member string, at Row, c Choice) error {
	return s.decision(ctx, member, at, func(e *Edit, d *Decision) error {
		if d.State != DecisionOpen {
			return problem.New(problem.Conflict, "path.decision_closed")
		}
		var f problem.Fields
		if !d.has(c.Chosen) {
			f.Add("chosen", "path.chosen_missing")
		}
		if c.Confidence < 0 || c.Confidence > 100 {
			f.Add("confidence", "path.workload_range")
		}
		for _, felt := range c.Expected {
			felt.check(&f)
		}
		if err := f.Err(); err != nil {
			return err
		}
		d.Chosen, d.Reason, d.Confidence, d.Decided, d.State = c.Chosen, strings.TrimSpace(c.Reason), c.Confidence, e.Today, DecisionDecided
		d.Looks = nil
		for i, months := range lookMonths {
			look := Look{Due: after(e.Today, months)}
			if i < len(c.Expected) {
				look.Expected = c.Expected[i]
			}
			d.Looks = append(d.Looks, look)
		}
		return nil
	})
}

func (x Felt) check(f *problem.Fields) {
	for _, answer := range []int{x.Learning, x.Happiness, x.Goal} {
		if answer < 0 || answer > 5 {
			f.Add("expected", "field.unknown")
		}
	}
}

// after is the day so many months later, the last of the month where that is shorter.
func after(day partdate.Date, months int) partdate.Date {
	n := day.Year()*12 + day.Month() - 1 + months
	for d := day.Day(); ; d-- {
		if date, err := partdate.Of(n/12, n%12+1, d); err == nil {
			return date
		}
	}
}

// LookBack keeps what the member finds at one of the looks, beside what they expected.
func (s *Service) LookBack(ctx context.Context, member string, at Row, i int, found Felt, note string) error {
	return s.decision(ctx, member, at, func(e *Edit, d *Decision) error {
		if i < 0 || i >= len(d.Looks) {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		if e.Today.First() < d.Looks[i].Due.First() {
			return problem.New(problem.Conflict, "path.look_early")
		}
		var f problem.Fields
		found.check(&f)
		tooLong(&f, "note", note, MaxText)
		if err := f.Err(); err != nil {
			return err
		}
		d.Looks = slices.Clone(d.Looks)
		d.Looks[i].Found, d.Looks[i].Note, d.Looks[i].At = found, note, e.Today
		if !slices.ContainsFunc(d.Looks, func(l Look) bool { return l.At.IsZero() }) {
			d.State = DecisionReviewed
		}
		return nil
	})
}

// DropDecision ends a decision that is not to be taken.
func (s *Service) DropDecision(ctx context.Context, member string, at Row) error {
	return s.decision(ctx, member, at, func(_ *Edit, d *Decision) error {
		if d.State != DecisionOpen {
			return problem.New(problem.Conflict, "path.decision_closed")
		}
		d.State = DecisionDropped
		return nil
	})
}

// TakeUpDecision opens a dropped decision again.
func (s *Service) TakeUpDecision(ctx context.Context, member string, at Row) error {
	return s.decision(ctx, member, at, func(_ *Edit, d *Decision) error {
		if d.State != DecisionDropped {
			return problem.New(problem.Conflict, "path.decision_closed")
		}
		d.State = DecisionOpen
		return nil
	})
}

// ReopenDecision makes a copy of a decision that was taken, which is open; the old one
// stays as it is.
func (s *Service) ReopenDecision(ctx context.Context, member string, at Row) (Decision, error) {
	var d Decision
	err := s.change(ctx, member, func(e *Edit, _ kept) error {
		old, err := current(e.Path.Decisions, at)
		if err != nil {
			return err
		}
		if err := tooMany(len(e.Path.Decisions), MaxDecisions); err != nil {
			return err
		}
		d = Decision{Question: old.Question, Step: old.Step, Horizon: old.Horizon, Criteria: old.Criteria, MustHaves: old.MustHaves,
			Options: old.Options, Currency: old.Currency, Reference: old.Reference, State: DecisionOpen, CopyOf: old.ID}
		e.put(&d)
		return nil
	})
	return d, err
}

// Converse keeps what the member will say of a decision, and how it went.
func (s *Service) Converse(ctx context.Context, member string, at Row, toSay, said string) error {
	return s.decision(ctx, member, at, func(_ *Edit, d *Decision) error {
		d.ToSay, d.Said = strings.TrimSpace(toSay), strings.TrimSpace(said)
		return nil
	})
}

// RemoveDecision takes a decision away.
func (s *Service) RemoveDecision(ctx context.Context, member string, at Row) error {
	return s.change(ctx, member, func(e *Edit, _ kept) error {
		d, err := current(e.Path.Decisions, at)
		if err != nil {
			return err
		}
		e.remove(&d)
		return nil
	})
}
