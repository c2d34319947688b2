package community

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/keeper"
	"waypost/internal/problem"
)

// TagSite is carried by every kept page: the name, the look and the menu are on all.
const TagSite = "site"

// Settings are what an owner decides about the community.
type Settings struct {
	Name     string
	Tagline  string
	Language string // BCP 47, one of those the interface has
	TimeZone string // IANA name
	Accent   string // "#rrggbb"
	// RecordDays is how long the record is kept; 0 in a save leaves it as it is.
	RecordDays int
	// BackupDays is how long backups are kept; 0 in a save leaves it as it is.
	BackupDays int
	// TrustedPublish lets members whom an editor trusts publish without review.
	TrustedPublish bool
	Version        int64 // counts the saves; 0 before set-up
	SetUp          bool  // an owner has answered the set-up page
	Updated        time.Time
}

// Defaults are in force until an owner sets the community up.
func Defaults() Settings {
	return Settings{Name: "Waypost", Language: "en", TimeZone: "UTC", Accent: DefaultAccent, RecordDays: keepRecord, BackupDays: keepBackups}
}

// zones are the time zones asked for so far, by name: loading one reads a file.
var zones sync.Map

// Location is the time zone; UTC if the machine does not know it any more.
func (s Settings) Location() *time.Location {
	if l, ok := zones.Load(s.TimeZone); ok {
		return l.(*time.Location)
	}
	l, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC
	}
	zones.Store(s.TimeZone, l)
	return l
}

const (
	maxName    = 80
	maxTagline = 160
)

// check returns what is wrong, field by field. languages are those the interface has.
func (s Settings) check(languages []string) error {
	var f problem.Fields
	switch n := utf8.RuneCountInString(s.Name); {
	case n == 0:
		f.Add("name", "community.name_missing")
	case n > maxName:
		f.Add("name", "field.too_long", "max", maxName)
	}
	if utf8.RuneCountInString(s.Tagline) > maxTagline {
		f.Add("tagline", "field.too_long", "max", maxTagline)
	}
	known := false
	for _, l := range languages {
		known = known || l == s.Language
	}
	if !known {
		f.Add("language", "community.language_unknown")
	}
	if _, err := time.LoadLocation(s.TimeZone); err != nil || s.TimeZone == "" || s.TimeZone == "Local" {
		f.Add("time_zone", "community.zone_unknown", "zone", s.TimeZone)
	}
	checkAccent(s.Accent, &f)
	if !slices.Contains(RecordDays(), s.RecordDays) {
		f.Add("record_days", "field.unknown")
	}
	if !slices.Contains(BackupDays(), s.BackupDays) {
		f.Add("backup_days", "field.unknown")
	}
	return f.Err()
}

// Service keeps the community's settings, pages, redirects and record.
type Service struct {
	DB        *db.DB
	IDs       *id.Source
	Clock     clock.Clock
	Keeper    *keeper.Keeper
	Languages []string // that the interface has
	GoneKey   []byte   // by which addresses that are gone for good are known
	// ZoneMoved and LanguageMoved hear of another time zone and another language. May be nil.
	ZoneMoved     func(tx *db.Tx, zone *time.Location) error
	LanguageMoved func(tx *db.Tx) error
}

// Settings reads what is in force.
func (s *Service) Settings(ctx context.Context) (Settings, error) {
	var c Settings
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		c, err = s.SettingsIn(tx)
		return err
	})
	return c, err
}

// inForce are the settings as a transaction has read them; nil: not yet, or not since
// it changed them.
type inForce struct{ settings *Settings }

func inForceIn(tx *db.Tx) *inForce {
	return tx.Local(inForce{}, func() any { return new(inForce) }).(*inForce)
}

// SettingsIn reads what is in force within a transaction, once: many parts of a page
// ask.
func (s *Service) SettingsIn(tx *db.Tx) (Settings, error) {
	known := inForceIn(tx)
	if known.settings != nil {
		return *known.settings, nil
	}
	c, err := selectSettings(tx)
	if db.Missing(err) {
		c, err = Defaults(), nil
	}
	if err != nil {
		return c, fmt.Errorf("read the community's settings: %w", err)
	}
	known.settings = &c
	return c, nil
}

// Save puts settings in force if they are still at the version they were read at.
// Every page becomes stale.
func (s *Service) Save(ctx context.Context, by string, c Settings) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error { return s.SaveIn(tx, by, c) })
}

// SaveIn is Save within a transaction.
func (s *Service) SaveIn(tx *db.Tx, by string, c Settings) error {
	c.Name, c.Tagline = strings.TrimSpace(c.Name), strings.TrimSpace(c.Tagline)
	c.Accent = strings.ToLower(strings.TrimSpace(c.Accent))
	before, err := s.SettingsIn(tx)
	if err != nil {
		return err
	}
	c.RecordDays, c.BackupDays = cmp.Or(c.RecordDays, before.RecordDays), cmp.Or(c.BackupDays, before.BackupDays)
	if err := c.check(s.Languages); err != nil {
		return err
	}
	saved, err := upsertSettings(tx, c, s.Clock())
	if err != nil {
		return fmt.Errorf("save the community's settings: %w", err)
	}
	if !saved {
		return problem.New(problem.Conflict, "community.changed")
	}
	inForceIn(tx).settings = nil
	if before.TimeZone != c.TimeZone && s.ZoneMoved != nil {
		if err := s.ZoneMoved(tx, c.Location()); err != nil {
			return err
		}
	}
	if before.Language != c.Language && s.LanguageMoved != nil {
		if err := s.LanguageMoved(tx); err != nil {
			return err
		}
	}
	s.Keeper.Touch(tx, TagSite)
	return s.Record(tx, by, "community.saved", "community", "")
}
