package wordpress

import (
	"maps"

	"waypost/internal/db"
)

// step is a part of an import within one transaction. What it decides is kept apart,
// for the transaction may run again.
type step struct {
	*run
	tx *db.Tx
	*outcome
}

// outcome is what a step did.
type outcome struct {
	made, updated, kept Counts
	implied             Implied
	skipped, notes      []Entry
	claimed             map[string]bool
}

// message is a text of the catalogue with its arguments, and words that follow it as
// they are.
type message struct {
	key  string
	args []any
	more string
}

func say(key string, args ...any) message { return message{key: key, args: args} }

func (m message) with(more string) message {
	m.more = more
	return m
}

// skip leaves something out.
func (s *step) skip(e Entry, why message) {
	e.Why, e.More = s.say(why), why.more
	s.skipped = append(s.skipped, e)
}

// note tells of something that was taken over, but not as it was.
func (s *step) note(e Entry, why message) {
	e.Why, e.More = s.say(why), why.more
	s.notes = append(s.notes, e)
}

func (o *outcome) addTo(r *run) {
	r.report.Made.add(o.made)
	r.report.Updated.add(o.updated)
	r.report.Kept.add(o.kept)
	r.report.Implied.Authors += o.implied.Authors
	r.report.Implied.Topics += o.implied.Topics
	for _, e := range o.skipped {
		r.report.skip(e)
	}
	for _, e := range o.notes {
		r.report.note(e)
	}
	if r.options.DryRun {
		maps.Copy(r.claimed, o.claimed)
	}
}

// taken reports that an address is not free in a dry run, which cannot see its own
// earlier steps in the database.
func (s *step) taken(path string) bool { return s.outcome.claimed[path] || s.run.claimed[path] }

// claim keeps an address for the rest of a dry run.
func (s *step) claim(path string) { s.outcome.claimed[path] = true }

// dry reports that nothing may be written.
func (s *step) dry() bool { return s.options.DryRun }
