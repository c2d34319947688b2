//go:build linux

package main

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"time"

	"waypost/bench/proc"
	"waypost/bench/site"
	"waypost/internal/db"
	"waypost/internal/tuning"
	"waypost/stories"
)

// staleOrder asks what it costs to make one page anew.
type staleOrder struct {
	Place  site.Place
	Path   string
	Blocks int // the cost is the median of so many
	Cycles int // renders in a block
}

// staleCost is the process's CPU time for one page.
type staleCost struct {
	Render time.Duration // from the change to the answer in gzip
	Best   time.Duration // brotli and gzip at their best, which a job makes later
}

// staleRun is a community open in this process that is asked through its handler;
// nothing runs behind it, so all CPU time is that of the cycles.
type staleRun struct {
	*site.Site
	staleOrder
	tag   string
	ahead atomic.Int64 // of the real time, in nanoseconds
}

func measureStale(ctx context.Context, o staleOrder) (cost staleCost, err error) {
	tuning.CollectEarly()
	s := &staleRun{staleOrder: o}
	s.Site, err = site.Open(ctx, o.Place, func() time.Time { return time.Now().Add(time.Duration(s.ahead.Load())) })
	if err != nil {
		return cost, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		st, err := s.Stories.BySlug(tx, o.Path[len(stories.Address("")):])
		s.tag = stories.TagStory(st.ID)
		return err
	})
	if err != nil {
		return cost, err
	}
	if cost.Best, err = s.best(ctx); err != nil { // first: now this page is the only one there is to compress
		return cost, err
	}
	if err := s.askAll(ctx); err != nil {
		return cost, err
	}
	cost.Render, err = s.render(ctx)
	return cost, err
}

// askAll fills the memory as that of a server some time after its start, so that
// garbage is collected as often as there.
func (s *staleRun) askAll(ctx context.Context) error {
	pages, err := s.Pages(ctx)
	for _, path := range pages.All {
		err = errors.Join(err, s.Ask(ctx, path))
	}
	return err
}

// render is the cost of cycles of a change and a request, less that of the changes.
func (s *staleRun) render(ctx context.Context) (time.Duration, error) {
	if _, err := s.cycles(ctx, true); err != nil { // to warm up
		return 0, err
	}
	each := make([]time.Duration, s.Blocks)
	for i := range each {
		both, err := s.cycles(ctx, true)
		if err != nil {
			return 0, err
		}
		changes, err := s.cycles(ctx, false)
		if err != nil {
			return 0, err
		}
		each[i] = (both - changes) / time.Duration(s.Cycles)
	}
	return proc.Median(each), nil
}

// cycles is the CPU time of one block.
func (s *staleRun) cycles(ctx context.Context, ask bool) (time.Duration, error) {
	runtime.GC() // each block begins with the same heap and pays for its own garbage
	before, err := proc.Own()
	if err != nil {
		return 0, err
	}
	for range s.Cycles {
		if err := s.change(ctx); err != nil {
			return 0, err
		}
		if !ask {
			continue
		}
		if err := s.Ask(ctx, s.Path); err != nil {
			return 0, err
		}
	}
	after, err := proc.Own()
	return after - before, err
}

func (s *staleRun) change(ctx context.Context) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		s.Keeper.Touch(tx, s.tag)
		return nil
	})
}

// best is the cost of compressing the page for good, which the keeper does once it
// has been as it is for some seconds.
func (s *staleRun) best(ctx context.Context) (time.Duration, error) {
	each := make([]time.Duration, s.Blocks)
	for i := range each {
		if err := errors.Join(s.change(ctx), s.Ask(ctx, s.Path)); err != nil {
			return 0, err
		}
		s.ahead.Add(int64(time.Minute))
		before, err := proc.Own()
		if err != nil {
			return 0, err
		}
		s.Keeper.Polish(ctx)
		after, err := proc.Own()
		if err != nil {
			return 0, err
		}
		each[i] = after - before
	}
	return proc.Median(each), nil
}
