package mail

import (
	"crypto/x509"
	"log/slog"
	"sync/atomic"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/mail/talk"
)

// Config is what an Outbox is made with.
type Config struct {
	DB     *db.DB
	IDs    *id.Source
	Clock  clock.Clock
	Log    *slog.Logger
	Host   string                           // of the site, for the names of lists
	Derive func(label string, n int) []byte // of the instance key
	Roots  *x509.CertPool                   // whose certificates are trusted; nil: the system's
	Times  Times                            // zero: the usual ones
}

// Outbox writes letters and sends them.
type Outbox struct {
	db    *db.DB
	ids   *id.Source
	clock clock.Clock
	log   *slog.Logger
	host  string

	secrets, passwords, keys sealer
	roots                    *x509.CertPool
	times                    Times
	wake                     chan struct{}
	changed                  atomic.Bool // the settings were, in this process
}

// New is an outbox that sends nothing before Run.
func New(c Config) *Outbox {
	if c.Times == (Times{}) {
		c.Times = talk.UsualTimes
	}
	return &Outbox{db: c.DB, ids: c.IDs, clock: c.Clock, log: c.Log, host: c.Host, wake: make(chan struct{}, 1), roots: c.Roots, times: c.Times,
		secrets: newSealer(c.Derive(labelSecret, 32)), passwords: newSealer(c.Derive(labelPassword, 32)), keys: newSealer(c.Derive(labelKey, 32))}
}

// Wake lets the outbox look at once whether there is something to send.
func (o *Outbox) Wake() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// settingsChanged lets the outbox read them before it sends anything more.
func (o *Outbox) settingsChanged() {
	o.changed.Store(true)
	o.Wake()
}
