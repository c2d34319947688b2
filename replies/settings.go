package replies

import (
	"context"
	"fmt"
	"slices"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

// Mode says which replies a moderator sees before readers do. What the filter is unsure
// of always waits.
type Mode string

// The modes, the most open one first.
const (
	HoldNone  Mode = "none"
	HoldFirst Mode = "first" // those of who has none published yet
	HoldLinks Mode = "links" // those, and all that have links
	HoldAll   Mode = "all"
)

// Modes lists them.
func Modes() []Mode { return []Mode{HoldNone, HoldFirst, HoldLinks, HoldAll} }

// Pace is how often moderators are told by letter that something waits.
type Pace string

// The paces.
const (
	Hourly Pace = "hourly"
	Daily  Pace = "daily"
	Never  Pace = "never"
)

// Paces lists them.
func Paces() []Pace { return []Pace{Hourly, Daily, Never} }

// Grave is how bad one of the filter's two errors is held to be.
type Grave string

// The degrees.
const (
	Mild   Grave = "mild"
	Bad    Grave = "bad"
	Severe Grave = "severe"
)

// Graves lists them.
func Graves() []Grave { return []Grave{Mild, Bad, Severe} }

// Settings are what an owner decides about replies.
type Settings struct {
	Mode        Mode
	Lost        Grave // how bad a lost reply is
	Leaked      Grave // how bad a shown spam is
	Newest      bool  // the newest thread stands first
	CloseDays   int   // after so many days a story is closed to replies; 0: never
	SpamDays    int   // after so many days spam and trash are deleted for good
	EmailDays   int   // after so many days a writer's address is deleted; 0: with the reply
	NetworkDays int   // after so many days the network is deleted, at most 7
	Digest      Pace
	Version     int64
}

// Defaults are in force until an owner decides otherwise.
func Defaults() Settings {
	return Settings{Mode: HoldFirst, Lost: Bad, Leaked: Bad, SpamDays: 30, NetworkDays: 7, Digest: Daily}
}

// What days may be chosen.
var (
	CloseDays   = []int{0, 14, 30, 90, 365}
	SpamDays    = []int{7, 14, 30, 90}
	EmailDays   = []int{0, 30, 180, 365}
	NetworkDays = []int{0, 1, 3, 7}
)

func (c Settings) check() error {
	var f problem.Fields
	for _, choice := range [...]struct {
		field string
		known bool
	}{
		{"mode", slices.Contains(Modes(), c.Mode)},
		{"lost", slices.Contains(Graves(), c.Lost)},
		{"leaked", slices.Contains(Graves(), c.Leaked)},
		{"close_days", slices.Contains(CloseDays, c.CloseDays)},
		{"spam_days", slices.Contains(SpamDays, c.SpamDays)},
		{"email_days", slices.Contains(EmailDays, c.EmailDays)},
		{"network_days", slices.Contains(NetworkDays, c.NetworkDays)},
		{"digest", slices.Contains(Paces(), c.Digest)},
	} {
		if !choice.known {
			f.Add(choice.field, "field.unknown")
		}
	}
	return f.Err()
}

// SettingsIn reads what is in force.
func (s *Service) SettingsIn(tx *db.Tx) (Settings, error) {
	c, err := settings(tx)
	if db.Missing(err) {
		return Defaults(), nil
	}
	if err != nil {
		return c, fmt.Errorf("read the settings of replies: %w", err)
	}
	return c, nil
}

// SaveSettings writes the settings over the version they were read at.
func (s *Service) SaveSettings(ctx context.Context, by members.Actor, c Settings) error {
	if !by.May(members.RunCommunity) {
		return problem.New(problem.Forbidden, "problem.forbidden")
	}
	if err := c.check(); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		saved, err := saveSettings(tx, c)
		if err != nil {
			return fmt.Errorf("save the settings of replies: %w", err)
		}
		if !saved {
			return problem.New(problem.Conflict, "reply.settings_changed")
		}
		s.Keeper.Touch(tx, TagRules)
		if err := s.Record(tx, by.AccountID, "replies.settings", "replies", ""); err != nil {
			return err
		}
		return s.Waits(tx) // letters may be wanted from now on of what waits already
	})
}

// TagRules is carried by pages that show what the settings say: every form of a reply.
const TagRules = "reply-rules"
