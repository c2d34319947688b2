package app

import (
	"context"
	"io"

	"waypost/internal/mail"
	"waypost/internal/personal"
	"waypost/members"
)

// Answered lists the tables that parts answer for, and those said to hold nothing on
// people with the reasons.
func (a *App) Answered() (personal []string, nothing map[string]string) {
	for _, p := range a.parts() {
		personal = append(personal, p.tables...)
	}
	return personal, impersonal
}

func (a *App) Take(ctx context.Context, account string) (io.ReadCloser, int64, error) {
	return leaving{a}.Take(ctx, account)
}

func (a *App) TakeAddress(ctx context.Context, address mail.Address) (io.ReadCloser, int64, error) {
	return leaving{a}.TakeAddress(ctx, address)
}

func (a *App) Leave(ctx context.Context, by members.Actor, account string, w personal.Wish) error {
	return leaving{a}.Leave(ctx, by, account, w, "")
}

func (a *App) LeaveAddress(ctx context.Context, address mail.Address, w personal.Wish) error {
	return leaving{a}.LeaveAddress(ctx, address, w)
}

// BackupFault says in words what to do about a backup that was not made.
var BackupFault = backupFault
