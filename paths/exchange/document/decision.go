package document

import (
	"maps"
	"slices"

	"waypost/paths"
	"waypost/paths/exchange"
)

func (c *checker) decision(d *paths.Decision) {
	c.needed(".question", d.Question)
	c.line(".question", &d.Question, exchange.MostTitle)
	c.refers(".step", d.Step, c.steps[d.Step] != nil)
	c.refers(".copy_of", d.CopyOf, c.decided[d.CopyOf] && d.CopyOf != d.ID)
	c.oneOf(".state", string(d.State), decisionStates)
	c.within(".horizon", float64(d.Horizon), 1, paths.MaxHorizon)
	c.within(".confidence", float64(d.Confidence), 0, 100)
	c.within(".reference", float64(d.Reference), -paths.MaxAmount, paths.MaxAmount)
	if d.Currency != "" {
		c.currency(".currency", d.Currency)
	}
	c.criteria(".criteria", d.Criteria)
	c.options(".options", d.Options)
	c.most(".must_haves", len(d.MustHaves), paths.MaxMustHaves)
	for i := range d.MustHaves {
		c.line(".must_haves", &d.MustHaves[i], exchange.MostTitle)
	}
	c.text(".reason", &d.Reason)
	c.text(".to_say", &d.ToSay)
	c.text(".said", &d.Said)
	c.line(".hope", &d.Hope, exchange.MostTitle)
	c.line(".chosen", &d.Chosen, exchange.MostTitle)
	c.result(d.Result)
	c.looks(".looks", d.Looks)
}

func (c *checker) criteria(list string, all []paths.Criterion) {
	c.most(list, len(all), paths.MaxCriteria)
	whole := c.place
	defer func() { c.place = whole }()
	seen := map[string]bool{}
	for i := range all {
		cr := &all[i]
		c.at(whole+list, i)
		c.needed(".key", cr.Key)
		c.line(".key", &cr.Key, exchange.MostSkill)
		c.line(".name", &cr.Name, exchange.MostSkill)
		c.within(".rank", float64(cr.Rank), 1, paths.MaxCriteria)
		c.long(".zero", &cr.Zero, exchange.MostTitle, exchange.Clean)
		c.long(".ten", &cr.Ten, exchange.MostTitle, exchange.Clean)
		if seen[cr.Key] {
			c.fault(".key", "exchange.document_twice")
		}
		seen[cr.Key] = true
	}
}

func (c *checker) options(list string, all []paths.Option) {
	c.most(list, len(all), paths.MaxOptions)
	whole := c.place
	defer func() { c.place = whole }()
	for i := range all {
		o := &all[i]
		c.at(whole+list, i)
		c.line(".name", &o.Name, exchange.MostTitle)
		o.Scores, o.Met = keyed(c, ".scores", o.Scores, paths.MaxScores), keyed(c, ".met", o.Met, paths.MaxMustHaves)
		for _, key := range slices.Sorted(maps.Keys(o.Scores)) {
			s := o.Scores[key]
			c.within(".scores", min(s.Low, s.Likely, s.High), 0, 10)
			c.within(".scores", max(s.Low, s.Likely, s.High), 0, 10)
		}
		for _, key := range slices.Sorted(maps.Keys(o.Met)) {
			c.oneOf(".met", string(o.Met[key]), mets)
		}
		c.most(".phases", len(o.Phases), paths.MaxPhases)
		for _, phase := range o.Phases {
			c.within(".phases", float64(phase.Months), 0, paths.MaxHorizon)
			c.within(".phases", float64(phase.Pay), -paths.MaxAmount, paths.MaxAmount)
		}
		c.within(".one_off", float64(o.OneOff), -paths.MaxAmount, paths.MaxAmount)
	}
}

// keyed cleans the names of scores or must-haves.
func keyed[V any](c *checker, field string, all map[string]V, most int) map[string]V {
	c.most(field, len(all), most)
	var cleaned map[string]V
	if all != nil {
		cleaned = map[string]V{}
	}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		name := key
		c.needed(field, name)
		c.line(field, &name, exchange.MostTitle)
		if _, twice := cleaned[name]; twice {
			c.fault(field, "exchange.document_twice")
		}
		cleaned[name] = all[key]
	}
	return cleaned
}

func (c *checker) result(r *paths.Result) {
	if r == nil {
		return
	}
	whole := c.place
	defer func() { c.place = whole }()
	c.criteria(".result.criteria", r.Criteria)
	c.options(".result.options", r.Options)
	c.most(".result.must_haves", len(r.MustHaves), paths.MaxMustHaves)
	for i := range r.MustHaves {
		c.line(".result.must_haves", &r.MustHaves[i], exchange.MostTitle)
	}
	c.within(".result.method", float64(r.Method), 0, 1e6)
	c.most(".result.outcomes", len(r.Outcomes), paths.MaxOptions)
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		c.at(whole+".result.outcomes", i)
		c.line(".name", &o.Name, exchange.MostTitle)
		c.within(".share_best", o.ShareBest, 0, 1)
		c.within(".low", o.Low, -100, 100)
		c.within(".high", o.High, -100, 100)
		c.within(".mean", o.Mean, -100, 100)
		c.within(".regret", o.Regret, -100, 100)
	}
}

func (c *checker) looks(list string, all []paths.Look) {
	whole := c.place
	defer func() { c.place = whole }()
	for i := range all {
		l := &all[i]
		c.at(whole+list, i)
		c.text(".note", &l.Note)
		c.felt(".expected", l.Expected)
		c.felt(".found", l.Found)
	}
}

func (c *checker) felt(field string, f paths.Felt) {
	c.within(field, float64(min(f.Learning, f.Happiness, f.Goal)), 0, 5)
	c.within(field, float64(max(f.Learning, f.Happiness, f.Goal)), 0, 5)
}
