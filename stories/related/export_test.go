package related

import "waypost/internal/db"

// Query is a query that relating stories runs, with arguments to try it with.
type Query struct {
	Text string
	Args []any
}

// Queries lists what relating stories reads, for a test of their plans.
func Queries() []Query {
	in, ids := db.In(1, []string{"a", "b", "c"})
	list := []Query{
		{selectWithTerm, []any{"word", window}}, {selectUnderTopic, []any{"topic", window}}, {selectShowing, []any{"story", compared}},
		{selectShowingResource, []any{"resource", 200}},
	}
	for _, text := range []string{selectPublished, selectTerms, selectTopics, selectRelated, selectResources} {
		list = append(list, Query{text + in, ids})
	}
	return list
}
