package wordpress

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"waypost/community"
	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/replies"
	"waypost/stories"
	"waypost/topics"
	"waypost/transfer/wxr"
)

// Service imports exports, one at a time. It is used by pointer.
type Service struct {
	DB        *db.DB
	IDs       *id.Source
	Clock     clock.Clock
	Stories   *stories.Service
	Members   *members.Service
	Topics    *topics.Service
	Community *community.Service
	Replies   *replies.Service
	// Words is a text of the message catalogue: notes for editors and reasons of the
	// report are in the community's language.
	Words func(language, key string, args ...any) string

	running sync.Mutex
}

// Options say how to import.
type Options struct {
	By       members.Actor // an owner
	DryRun   bool          // decide everything and write nothing
	List     bool          // list a dry run's report among the imports
	FileName string        // for the list of imports
	// Progress is told how many of total bytes have been read; the file is read
	// twice, so total is twice its size. It runs on the importing goroutine. May be nil.
	Progress func(read, total int64)
}

// Import brings an export into the community. An error for which wxr.Refused is true
// is the file's fault, and nothing was written. When ctx ends or the database fails on
// the way, what was committed stays, the report tells how far it came (its numbers do
// not add up then), and the next import of the same site goes on.
//
// Problems: Forbidden unless by an owner, Conflict while another import runs, Invalid
// for an archive with exports of different sites.
func (s *Service) Import(ctx context.Context, source *wxr.Source, o Options) (Report, error) {
	if !o.By.May(members.RunCommunity) {
		return Report{}, problem.New(problem.Forbidden, "problem.forbidden")
	}
	if !s.running.TryLock() {
		return Report{}, problem.New(problem.Conflict, "import.running")
	}
	defer s.running.Unlock()
	settings, err := s.Community.Settings(ctx)
	if err != nil {
		return Report{}, err
	}
	r := newRun(s, o, settings)
	if err := r.look(ctx, source); err != nil {
		return Report{}, err
	}
	if err := r.begin(ctx); err != nil {
		return Report{}, err
	}
	err = r.take(ctx, source)
	return r.report, errors.Join(err, r.end(ctx, err))
}

// look surveys the file.
func (r *run) look(ctx context.Context, source *wxr.Source) error {
	r.survey = newSurvey(r.rules, func() { r.progress(source, 0) })
	sum, err := source.Read(ctx, r.survey)
	if err != nil {
		return fmt.Errorf("look through the export: %w", err)
	}
	r.report.Read = sum
	r.site = r.survey.site.Key()
	for _, p := range r.survey.problems {
		r.report.note(Entry{Kind: File, What: p.Document, Why: p.What, Line: p.Line})
	}
	return nil
}

// take writes people, topics and items.
func (r *run) take(ctx context.Context, source *wxr.Source) error {
	if err := r.people(ctx); err != nil {
		return err
	}
	if err := r.topics(ctx); err != nil {
		return err
	}
	c := &collector{run: r, ctx: ctx, read: func() { r.progress(source, 1) }}
	if _, err := source.Read(ctx, c); err != nil {
		return fmt.Errorf("take the items over: %w", err)
	}
	return c.flush()
}

// progress tells of the bytes read, in the first or second of the two readings.
func (r *run) progress(source *wxr.Source, reading int64) {
	if r.options.Progress != nil {
		read, size := source.Progress()
		r.options.Progress(reading*size+read, 2*size)
	}
}
