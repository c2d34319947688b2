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
	// Vanish says of an old address, and of all that led to the profile, that it is gone.
	Vanish func(tx *db.Tx, path, profileID string) error
	// Writes tells whether a profile's name stands over a story.
	Writes func(tx *db.Tx, profileID string) (bool, error)
	// Published tells over which of some profiles' names stand published stories. May be nil.
	Published func(tx *db.Tx, profileIDs []string) (map[string]bool, error)
	// FormerName is the name over what somebody left without theirs, in the community's language.
	FormerName func(tx *db.Tx) (string, error)
	// Joined hears of each new account. May be nil.
	Joined func(tx *db.Tx, account string) error
	// Record notes who did what to what.
	Record func(tx *db.Tx, by, act, subject, detail string) error
	// RecordSome notes what anybody on the net can cause, and of many such acts a few. May be nil.
	RecordSome func(tx *db.Tx, act, subject string) error
}
