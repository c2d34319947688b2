package trail

import (
	"slices"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail/wording"
)

// Own is a member's private path up to today, for nobody else to see: what a story's
// trail has, and what was felt, found and decided on the way.
type Own struct {
	Trail   trails.Trail // not held to Check; without a goal it is not known yet
	Curves  []Curve
	Found   []Found
	Forks   []Fork
	Reviews []Review
}

// Curve is how a step went, by the check-ins on it. Values are about 1 to 5.
type Curve struct {
	Step   string // its ID in the trail
	Dots   []Dot  // one a check-in
	Levels []Level
}

// Dot is one check-in.
type Dot struct {
	Day   partdate.Days
	Value float64
}

// Level is the mean between two confirmed changes.
type Level struct {
	From, To     partdate.Days
	Mean, Margin float64 // the mean is within so much of that; 0: not known how near
}

// Found is a change that the numbers show and nobody has confirmed.
type Found struct {
	Step     string
	From, To partdate.Days // it lies between the two
	Detected bool          // more than possible
	Words    string        // what fell or rose, if that is known
}

// Fork is a decision: the way that was chosen and those that were not.
type Fork struct {
	Step     string // may be empty
	Date     partdate.Date
	Question string // may be empty
	Chosen   string
	NotTaken []string
}

// Review is a day on which a member wants to look at a step again.
type Review struct {
	Step string
	Date partdate.Date
}

// DrawOwn draws a private path. Options.AsOf is today.
func DrawOwn(own Own, o Options) Figure {
	r := survey(own, o.AsOf)
	r.toToday(o)
	return r.draw(o, DescribeOwn(own, o))
}

// DescribeOwn is a private path in words alone.
func DescribeOwn(own Own, o Options) Figure {
	w := o.Words
	w.Ongoing = w.OwnOngoing
	f := Figure{List: list(own, w), Title: w.OwnTitle, Description: describeOwn(own, w)}
	plan(f.List, o.AsOf.Date().String(), w)
	return f
}

// plan says of steps that begin after today, which is a day, that they are planned.
func plan(items []Item, today string, w Words) {
	for i := range items {
		if begins := items[i].Start; begins > today && !items[i].IsChange && !items[i].IsDecision {
			items[i].Note = w.Planned
		}
		plan(items[i].Children, today, w)
	}
}

// mostTold is of how many curves the description speaks one by one.
const mostTold = 6

func describeOwn(own Own, w Words) string {
	text := w.NothingYet
	steps := own.Trail.Chronological()
	if len(steps) > 0 {
		text = wording.Fill(w.OwnSummary, "steps", w.Number("trail.steps", len(steps)), "from", w.LongDate(steps[0].Start))
	}
	say := func(sentence string) { text += " " + sentence }
	told, dots := 0, 0
	for _, c := range own.Curves {
		dots += len(c.Dots)
	}
	for _, c := range own.Curves {
		s, found := own.Trail.StepByID(c.Step)
		if found && len(c.Dots) > 0 && len(own.Curves) <= mostTold {
			say(wording.Fill(w.SummaryCurve, "step", s.Title, "check_ins", c.said(w)))
			told++
		}
	}
	if told == 0 && dots > 0 {
		say(w.Number("trail.check_ins", dots) + ".")
	}
	for _, t := range turns(own) {
		say(t.sentence(w))
	}
	return text
}

// said is a curve in words: how many check-ins it has, and where its levels lie.
func (c Curve) said(w Words) string {
	var means []float64
	for _, l := range slices.SortedStableFunc(slices.Values(c.Levels), func(a, b Level) int { return int(a.From - b.From) }) {
		means = append(means, l.Mean)
	}
	return w.CheckIns(len(c.Dots), means)
}
