//go:build linux

package soak

import (
	"context"
	"errors"
	"fmt"
	"time"

	"waypost/bench/child"
	"waypost/bench/site"
)

// base is the address in the texts; nobody is asked there.
const base = "http://localhost:8080"

// kills is how often the writing process is killed.
const kills = 100

// kills ends a process with kill -9 while it writes, again and again, and looks after
// each time whether all is there that it had acknowledged.
func (s *soak) kills(ctx context.Context) error {
	p := site.Place{Folder: s.path("kills"), Base: base}
	if err := seed(ctx, p); err != nil {
		return err
	}
	l := newLedger()
	times := s.times(kills)
	for n := range times {
		w, err := s.startWriter(ctx, p, l)
		if err != nil {
			return err
		}
		time.Sleep(s.between(20*time.Millisecond, 600*time.Millisecond))
		if err := w.kill(); err != nil {
			return err
		}
		if err := l.verify(ctx, p); err != nil {
			return fmt.Errorf("after kill %d: %w", n+1, err)
		}
	}
	s.say("  %d kills, %d writes of %d stories and %d replies acknowledged, none lost; every check sound", times, l.entries-len(l.replies), len(l.stories), len(l.replies))
	return nil
}

// seed makes a site to write to.
func seed(ctx context.Context, p site.Place) error {
	s, err := site.Open(ctx, p, nil)
	if err != nil {
		return err
	}
	return errors.Join(s.Fill(ctx, 0, site.TenBySeventyFive), s.Close())
}

// writing is a child that writes, and the ledger that hears it.
type writing struct {
	*child.Child
	ended <-chan struct{}
}

const writers = 4

// startWriter starts a writing child and returns once it writes.
func (s *soak) startWriter(ctx context.Context, p site.Place, l *ledger) (*writing, error) {
	c, err := child.Begin(ctx, "writer", -1)
	if err != nil {
		return nil, err
	}
	if err := c.Tell(order{Place: p, Writers: writers}); err != nil {
		return nil, err
	}
	w := &writing{c, l.keep(c)}
	if err := l.more(ctx, w.ended); err != nil {
		return nil, errors.Join(err, w.kill())
	}
	return w, nil
}

// kill ends the child and hears what it had said.
func (w *writing) kill() error {
	err := w.Kill()
	<-w.ended
	w.Wait()
	return err
}
