package stories

import (
	"waypost/internal/db"
	"waypost/stories/terms"
)

// RelatingQuery is a query that relating stories runs, with arguments to try it with.
type RelatingQuery struct {
	Text string
	Args []any
}

// RelatingQueries lists what relating stories reads, for a test of their plans.
func RelatingQueries() []RelatingQuery {
	in, ids := db.In(1, []string{"a", "b", "c"})
	list := []RelatingQuery{
		{selectWithTerm, []any{"word", window}}, {selectUnderTopic, []any{"topic", window}},
		{selectShowing, []any{"story", compared}}, {selectShowingResource, []any{"resource", mostRefiled}},
	}
	for _, text := range []string{selectPublished, selectTerms, selectTopics, selectRelated, selectResources} {
		list = append(list, RelatingQuery{text + in, ids})
	}
	return list
}

// MostCandidates is the most stories that are looked at for one.
const MostCandidates = (terms.Most + maxTopics) * window

// Candidates counts the stories that are looked at for one, and those that are
// compared with it word by word.
func Candidates(tx *db.Tx, st Story, words []terms.Term) (looked, pairs int, err error) {
	c, err := gather(tx, st, words)
	if err != nil {
		return 0, 0, err
	}
	list, err := c.compare(tx, c.likely())
	return len(c.first), len(list), err
}
