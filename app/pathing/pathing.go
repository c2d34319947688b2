package pathing

import (
	"log/slog"
	"net/url"

	"waypost/community"
	"waypost/internal/clock"
	"waypost/internal/datadir"
	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/mail"
	"waypost/members"
	"waypost/paths"
	"waypost/paths/feeds"
	"waypost/paths/quarters"
	"waypost/web/render"
)

// Pathing is what paths meet.
type Pathing struct {
	Dir       *datadir.Dir
	Given     [][]byte // keys as a setting, the newest first
	Instance  datadir.Key
	DB        *db.DB
	Clock     clock.Clock
	Jobs      *jobs.Queue
	Paths     *paths.Service
	Members   *members.Service
	Community *community.Service
	Mail      *mail.Outbox
	Base      *url.URL
	Renderer  func() *render.Renderer
	Scrub     func(tx *db.Tx) error // has the database's files rid of what was deleted
	Log       *slog.Logger
}

// Feeds keep the secrets of calendars.
func (p *Pathing) Feeds() *feeds.Service { return &feeds.Service{DB: p.DB} }

// Quarters make the quarterly figure.
func (p *Pathing) Quarters() *quarters.Service {
	return &quarters.Service{DB: p.DB, Clock: p.Clock, Paths: p.Paths, Record: p.Community.Record}
}
