package app

import (
	"context"

	"waypost/internal/db"
	"waypost/web/shell"
)

// refused records that somebody signed in asked for what they may not. The answer does
// not wait for more than that, and is the same when it cannot be written.
func (a *App) refused(ctx context.Context, path string) {
	if !a.refusals.Room() {
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
