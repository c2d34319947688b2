package app

import (
	"context"
	"sync"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/web/shell"
)

// refusals is how many refusals may be written down: a script that tries every address
// must not keep the writer busy.
type refusals struct {
	clock clock.Clock

	mu    sync.Mutex
	since time.Time
	n     int
}

const (
	mostRefusals = 10
	refusalTime  = time.Minute
)

// room takes one of the few places of this minute, if there is one left.
func (f *refusals) room() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := f.clock(); now.Sub(f.since) >= refusalTime || now.Before(f.since) {
		f.since, f.n = now, 0
	}
	f.n++
	return f.n <= mostRefusals
}

// refused records that somebody signed in asked for what they may not. The answer does
// not wait for more than that, and is the same when it cannot be written.
func (a *App) refused(ctx context.Context, path string) {
	if !a.refusals.room() {
		return
	}
	account := shell.SessionIn(ctx).Account.ID
	err := a.DB.Update(ctx, func(tx *db.Tx) error {
		return a.Community.RecordSomeBy(tx, account, "access.refused", "route:"+path)
	})
	if err != nil {
		a.Config.Log.Warn("a refusal could not be recorded", "path", path, "error", err)
	}
}
