package document

import (
	"fmt"
	"maps"
	"slices"

	"waypost/paths"
	"waypost/paths/exchange"
)

// How large a decision may be. A decision asks for less; a document may be of another
// version.
const (
	mostOfDecision = 20  // criteria, options, must-haves, looks back
	mostPhases     = 100 // of an option
)

func (c *checker) decision(place string, d *paths.Decision) {
	c.needed(place+".question", d.Question)
	c.line(place+".question", &d.Question, exchange.MostText)
	_, known := c.steps[d.Step]
	c.refers(place+".step", d.Step, known)
	c.refers(place+".copy_of", d.CopyOf, c.decided[d.CopyOf] && d.CopyOf != d.ID)
	oneOf(c, place+".state", d.State, paths.DecisionOpen, paths.DecisionDecided, paths.DecisionReviewed, paths.DecisionDropped)
	c.within(place+".horizon", float64(d.Horizon), 0, 1200)
	c.within(place+".confidence", float64(d.Confidence), 0, 100)
	c.within(place+".reference", float64(d.Reference), 0, 1e14)
	if d.Currency != "" {
		c.currency(place+".currency", d.Currency)
	}
	c.criteria(place+".criteria", d.Criteria)
	c.options(place+".options", d.Options)
	c.most(place+".must_haves", len(d.MustHaves), mostOfDecision)
	for i := range d.MustHaves {
		c.line(fmt.Sprintf("%s.must_haves[%d]", place, i), &d.MustHaves[i], exchange.MostText)
	}
	c.text(place+".reason", &d.Reason)
	c.text(place+".to_say", &d.ToSay)
	c.text(place+".said", &d.Said)
	c.line(place+".hope", &d.Hope, exchange.MostText)
	c.line(place+".chosen", &d.Chosen, exchange.MostText)
	c.result(place+".result", d.Result)
	c.looks(place+".looks", d.Looks)
}

func (c *checker) criteria(place string, all []paths.Criterion) {
	c.most(place, len(all), mostOfDecision)
	seen := map[string]bool{}
	for i := range all {
		cr, at := &all[i], fmt.Sprintf("%s[%d]", place, i)
		c.needed(at+".key", cr.Key)
		c.line(at+".key", &cr.Key, exchange.MostTitle)
		c.line(at+".name", &cr.Name, exchange.MostTitle)
		c.within(at+".rank", float64(cr.Rank), 0, 100)
		c.text(at+".zero", &cr.Zero)
		c.text(at+".ten", &cr.Ten)
		if seen[cr.Key] {
			c.fault(at+".key", "exchange.document_twice")
		}
		seen[cr.Key] = true
	}
}

func (c *checker) options(place string, all []paths.Option) {
	c.most(place, len(all), mostOfDecision)
	for i := range all {
		o, at := &all[i], fmt.Sprintf("%s[%d]", place, i)
		c.line(at+".name", &o.Name, exchange.MostText)
		o.Scores, o.Met = keyed(c, at+".scores", o.Scores), keyed(c, at+".met", o.Met)
		for _, key := range slices.Sorted(maps.Keys(o.Scores)) {
			s := o.Scores[key]
			c.within(at+".scores", min(s.Low, s.Likely, s.High), 0, 10)
			c.within(at+".scores", max(s.Low, s.Likely, s.High), 0, 10)
		}
		for _, key := range slices.Sorted(maps.Keys(o.Met)) {
			oneOf(c, at+".met", o.Met[key], paths.MetYes, paths.MetNo, paths.MetUnknown)
		}
		c.most(at+".phases", len(o.Phases), mostPhases)
		for n, phase := range o.Phases {
			c.within(fmt.Sprintf("%s.phases[%d].months", at, n), float64(phase.Months), 0, 1200)
			c.within(fmt.Sprintf("%s.phases[%d].pay", at, n), float64(phase.Pay), 0, 1e14)
		}
		c.within(at+".one_off", float64(o.OneOff), -1e14, 1e14)
	}
}

// keyed cleans the names of scores or must-haves.
func keyed[V any](c *checker, place string, all map[string]V) map[string]V {
	c.most(place, len(all), mostOfDecision)
	var cleaned map[string]V
	if all != nil {
		cleaned = map[string]V{}
	}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		name := key
		c.needed(place, name)
		c.line(place, &name, exchange.MostText)
		if _, twice := cleaned[name]; twice {
			c.fault(place, "exchange.document_twice")
		}
		cleaned[name] = all[key]
	}
	return cleaned
}

func (c *checker) result(place string, r *paths.Result) {
	if r == nil {
		return
	}
	c.criteria(place+".criteria", r.Criteria)
	c.options(place+".options", r.Options)
	c.within(place+".method", float64(r.Method), 0, 1e6)
	c.most(place+".outcomes", len(r.Outcomes), mostOfDecision)
	for i := range r.Outcomes {
		o, at := &r.Outcomes[i], fmt.Sprintf("%s.outcomes[%d]", place, i)
		c.line(at+".name", &o.Name, exchange.MostText)
		c.within(at+".share_best", o.ShareBest, 0, 1)
		c.within(at+".low", o.Low, -100, 100)
		c.within(at+".high", o.High, -100, 100)
		c.within(at+".mean", o.Mean, -100, 100)
		c.within(at+".regret", o.Regret, -100, 100)
	}
}

func (c *checker) looks(place string, all []paths.Look) {
	c.most(place, len(all), mostOfDecision)
	for i := range all {
		l, at := &all[i], fmt.Sprintf("%s[%d]", place, i)
		c.text(at+".note", &l.Note)
		c.felt(at+".expected", l.Expected)
		c.felt(at+".found", l.Found)
	}
}

func (c *checker) felt(place string, f paths.Felt) {
	c.within(place, float64(min(f.Learning, f.Happiness, f.Goal)), 0, 5)
	c.within(place, float64(max(f.Learning, f.Happiness, f.Goal)), 0, 5)
}
