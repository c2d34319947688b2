package members

import (
	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/keeper"
	"waypost/members/proofs"
)

// Service keeps profiles, accounts and sessions.
type Service struct {
	DB     *db.DB
	IDs    *id.Source
	Clock  clock.Clock
	Keeper *keeper.Keeper
	Proofs *proofs.Service
	// Redirect lets an old address of a profile lead to it.
	Redirect func(tx *db.Tx, path, profileID string) error
	// Formerly tells what has a path as its old address; "" for nothing. May be nil.
	Formerly func(tx *db.Tx, path string) (string, error)
	// Record notes who did what to what.
	Record func(tx *db.Tx, by, act, subject, detail string) error
	// RecordSome notes what anybody on the net can cause, and of many such acts a few. May be nil.
	RecordSome func(tx *db.Tx, act, subject string) error
}
