package clock

import (
	"sync/atomic"
	"time"
)

// Shifted is a clock that goes on like another, so far ahead of it as it was told.
type Shifted struct {
	clock Clock
	ahead atomic.Int64 // nanoseconds
}

// NewShifted shows the time of a clock until it is moved.
func NewShifted(c Clock) *Shifted { return &Shifted{clock: c} }

// Now is the shifted time; it has the type Clock.
func (s *Shifted) Now() time.Time { return s.clock().Add(s.Ahead()) }

// Ahead is how far the clock was moved.
func (s *Shifted) Ahead() time.Duration { return time.Duration(s.ahead.Load()) }

// Forward moves the clock further ahead.
func (s *Shifted) Forward(d time.Duration) { s.ahead.Add(int64(d)) }

// Back takes the clock back to the one that it goes like.
func (s *Shifted) Back() { s.ahead.Store(0) }
