// Package clock is where the program gets its time from, so that a test can move it.
package clock

import (
	"sync"
	"time"
)

// Clock tells the time. Features keep it as a field.
type Clock func() time.Time

// System is the machine's clock, cut to the millisecond that the database keeps.
func System() time.Time { return time.Now().Truncate(time.Millisecond) }

// Fake is a clock that moves only when told.
type Fake struct {
	mu  sync.Mutex
	now time.Time
}

// NewFake starts a fake clock at t.
func NewFake(t time.Time) *Fake { return &Fake{now: t.Truncate(time.Millisecond)} }

// Now is the fake time; it has the type Clock.
func (f *Fake) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Advance moves the fake clock forward.
func (f *Fake) Advance(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
}
