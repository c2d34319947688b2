package kit

import (
	"sync"
	"time"

	"waypost/internal/clock"
)

// Few lets something happen a few times in a while, so that a script which tries every
// address does not keep the writer busy.
type Few struct {
	Clock clock.Clock
	Most  int
	Per   time.Duration

	mu    sync.Mutex
	since time.Time
	n     int
}

// Room takes one of the places of this while, if there is one left.
func (f *Few) Room() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := f.Clock(); now.Sub(f.since) >= f.Per || now.Before(f.since) {
		f.since, f.n = now, 0
	}
	f.n++
	return f.n <= f.Most
}
