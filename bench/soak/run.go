//go:build linux

package soak

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"time"

	"waypost/bench/proc"
)

// Options say how much harm is done.
type Options struct {
	Folder string // empty, on the disk to use
	Binary string // of the program
	Quick  bool   // little of everything, to try the soak itself
}

// soak is one run.
type soak struct {
	Options
	out  io.Writer
	dice *rand.Rand
}

// harm is one kind of it. It prints what was lost; an error says that it could not
// be done or that something was lost.
type harm struct {
	name string
	do   func(*soak, context.Context) error
}

var harms = []harm{
	{"kill -9 under write load", (*soak).kills},
	{"slow clients", (*soak).slow},
	{"power cuts and a full disk", (*soak).disk},
}

// Run does every harm and prints what came of it.
func Run(ctx context.Context, out io.Writer, o Options) error {
	s := &soak{Options: o, out: out, dice: rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 9))}
	s.say("%s; load before the run %s", proc.Machine(), proc.Busy())
	var errs []error
	for _, h := range harms {
		s.say("\n%s", h.name)
		if err := h.do(s, ctx); err != nil {
			s.say("  FAILED: %v", err)
			errs = append(errs, fmt.Errorf("%s: %w", h.name, err))
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return errors.Join(errs...)
}

func (s *soak) say(format string, args ...any) { fmt.Fprintf(s.out, format+"\n", args...) }

// times is n, or few in a quick run.
func (s *soak) times(n int) int {
	if s.Quick {
		return min(n, 3)
	}
	return n
}

func (s *soak) path(name string) string { return filepath.Join(s.Folder, name) }

// between is a random time from a to b.
func (s *soak) between(a, b time.Duration) time.Duration {
	return a + time.Duration(s.dice.Int64N(int64(b-a)))
}
