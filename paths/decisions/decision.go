package decisions

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

const (
	leastOptions = 2
	mostOptions  = 6
	mostCriteria = 8
	top          = 10 // scores go from 0 to here
)

// Score is how an option does by a criterion, 0 to 10: Low ≤ Likely ≤ High. Low
// and High are read as quartiles: one time in four it is less than Low, one time
// in four more than High.
type Score struct{ Low, Likely, High float64 }

// Option is one way to decide.
type Option struct {
	Name    string
	Scores  map[string]Score // by criterion, all of them
	Fails   []string         // must-haves that it does not meet; with any it does not count
	Unknown []string         // must-haves of which that is not known; it counts
}

// Counts reports whether the option meets every must-have, as far as is known.
func (o Option) Counts() bool { return len(o.Fails) == 0 }

// Decision is a question with its options, two to six, and its criteria, one to
// eight.
type Decision struct {
	ID string // from which the draws follow

	// Ranks are the criteria from the one that matters most to the one that
	// matters least. Criteria of one rank matter alike.
	Ranks [][]string

	Options []Option
}

// ErrNoneCounts means that no option meets every must-have.
var ErrNoneCounts = errors.New("no option meets every must-have")

// Check returns an error, which says where, unless the decision is complete and
// its numbers can be.
func (d Decision) Check() error {
	if d.ID == "" {
		return errors.New("the decision has no id")
	}
	criteria, err := d.criteria()
	if err != nil {
		return err
	}
	if n := len(d.Options); n < leastOptions || n > mostOptions {
		return fmt.Errorf("%d options; a decision has %d to %d", n, leastOptions, mostOptions)
	}
	named := map[string]bool{}
	for i, o := range d.Options {
		if o.Name == "" || named[o.Name] {
			return fmt.Errorf("option %d needs a name of its own", i+1)
		}
		named[o.Name] = true
		if err := o.check(criteria); err != nil {
			return fmt.Errorf("option %q: %w", o.Name, err)
		}
	}
	return nil
}

// criteria are the criteria of all ranks, sorted.
func (d Decision) criteria() ([]string, error) {
	var all []string
	for i, rank := range d.Ranks {
		if len(rank) == 0 {
			return nil, fmt.Errorf("rank %d has no criterion", i+1)
		}
		all = append(all, rank...)
	}
	if len(all) == 0 || len(all) > mostCriteria {
		return nil, fmt.Errorf("%d criteria; a decision has 1 to %d", len(all), mostCriteria)
	}
	slices.Sort(all)
	if all[0] == "" {
		return nil, errors.New("a criterion has no name")
	}
	for i := 1; i < len(all); i++ {
		if all[i] == all[i-1] {
			return nil, fmt.Errorf("criterion %q is ranked twice", all[i])
		}
	}
	return all, nil
}

func (o Option) check(criteria []string) error {
	for _, c := range criteria {
		s, ok := o.Scores[c]
		if !ok {
			return fmt.Errorf("no score for %q", c)
		}
		if !(0 <= s.Low && s.Low <= s.Likely && s.Likely <= s.High && s.High <= top) {
			return fmt.Errorf("the score for %q is %v, %v, %v; it is 0 ≤ low ≤ likely ≤ high ≤ %d", c, s.Low, s.Likely, s.High, top)
		}
	}
	if len(o.Scores) > len(criteria) {
		return errors.New("it has a score for what is no criterion")
	}
	return nil
}

// table is a decision by numbers: the criteria sorted by key, the options that
// count sorted by name, so that no result depends on the order of either.
type table struct {
	criteria []string
	ranks    [][]int // criteria by index
	options  []Option
	scores   [][]Score // by option, then criterion
}

// ranked are the criteria, sorted, and the ranks as indexes of them, of a
// decision that is sound.
func (d Decision) ranked() (criteria []string, ranks [][]int) {
	criteria, _ = d.criteria()
	for _, rank := range d.Ranks {
		var of []int
		for _, c := range rank {
			i, _ := slices.BinarySearch(criteria, c)
			of = append(of, i)
		}
		slices.Sort(of)
		ranks = append(ranks, of)
	}
	return criteria, ranks
}

func (d Decision) table() (table, error) {
	if err := d.Check(); err != nil {
		return table{}, err
	}
	var t table
	t.criteria, t.ranks = d.ranked()
	for _, o := range d.Options {
		if o.Counts() {
			t.options = append(t.options, o)
		}
	}
	if len(t.options) == 0 {
		return table{}, ErrNoneCounts
	}
	slices.SortFunc(t.options, func(a, b Option) int { return strings.Compare(a.Name, b.Name) })
	for _, o := range t.options {
		var row []Score
		for _, c := range t.criteria {
			row = append(row, o.Scores[c])
		}
		t.scores = append(t.scores, row)
	}
	return t, nil
}
