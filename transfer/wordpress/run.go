package wordpress

import (
	"context"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
)

// run is one import on its way.
type run struct {
	*Service
	options  Options
	settings community.Settings
	rules    rules
	survey   *survey
	site     string // see wxr.Site.Key
	id       string // of the row in imports; empty for a dry run
	report   Report

	authors map[string]string  // a login's profile
	topicOf map[termKey]string // a term's topic
	seen    map[string]bool    // the numbers of the items read so far
	claimed map[string]bool    // paths that a dry run would have taken by now
}

func newRun(s *Service, o Options, settings community.Settings) *run {
	o.By.Imports = true
	return &run{
		Service:  s,
		options:  o,
		settings: settings,
		rules:    rules{now: s.Clock(), zone: settings.Location()},
		report:   newReport(o.DryRun),
		authors:  map[string]string{},
		topicOf:  map[termKey]string{},
		seen:     map[string]bool{},
		claimed:  map[string]bool{},
	}
}

// within runs a step in a transaction of its own and counts what it did once that is
// on disk. A dry run's step only reads.
func (r *run) within(ctx context.Context, do func(*step) error) error {
	var last outcome
	closure := func(tx *db.Tx) error {
		last = outcome{claimed: map[string]bool{}}
		s := &step{run: r, tx: tx, outcome: &last}
		if err := s.hold(); err != nil {
			return err
		}
		return do(s)
	}
	run := r.DB.Update
	if r.options.DryRun {
		run = r.DB.View
	}
	if err := run(ctx, closure); err != nil {
		return err
	}
	last.addTo(r)
	return nil
}

// errOvertaken ends an import after another of the same site has begun elsewhere.
var errOvertaken = problem.New(problem.Conflict, "import.running")

// hold keeps the import the one of its site until the transaction ends: two at once
// would each make what the other has not committed yet.
func (s *step) hold() error {
	if s.id == "" {
		return nil
	}
	n, err := s.tx.Exec(`UPDATE imports SET state = state WHERE id = $1 AND state = $2`, s.id, Running)
	if err == nil && n == 0 {
		err = errOvertaken
	}
	return err
}

// say is the text of a message in the community's language.
func (r *run) say(m message) string {
	return r.Words(r.settings.Language, m.key, m.args...)
}

func (r *run) account() string { return r.options.By.AccountID }
