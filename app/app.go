package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"waypost/community"
	"waypost/internal/clock"
	"waypost/internal/datadir"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/jobs"
	"waypost/internal/keeper"
	"waypost/internal/mail"
	"waypost/internal/mail/preflight"
	"waypost/internal/outbound"
	"waypost/internal/settings"
	"waypost/members"
	"waypost/members/joining"
	"waypost/members/oidc"
	"waypost/members/passkeys"
	"waypost/members/proofs"
	"waypost/news"
	"waypost/paths"
	"waypost/paths/offered"
	"waypost/pictures"
	"waypost/replies"
	"waypost/resources"
	"waypost/spam/labels"
	"waypost/stories"
	"waypost/stories/beside"
	"waypost/stories/drafts"
	"waypost/topics"
	"waypost/transfer/backup"
	"waypost/transfer/wordpress"
	"waypost/web/kit"
	"waypost/web/messages"
	"waypost/web/public"
	"waypost/web/wire"
)

// Config is what a Waypost is opened with.
type Config struct {
	Dir         *datadir.Dir
	DataNamed   bool     // commands find the folder only where it is named
	Key         []byte   // of the instance; empty: the one in the folder
	PathsKeys   [][]byte // the newest first; empty: those in the folder
	DatabaseURL string   // empty: SQLite in the folder
	DBConns     int
	Base        *url.URL
	PagesMemory int64
	UploadMax   int64
	Files       fs.FS              // templates and static files
	Live        bool               // templates are read at each use, for development
	Dev         bool               // the pages under /_dev are there, and the clock can be moved
	Demo        bool               // a sample community: what secret letters say may be shown
	DNS         preflight.Resolver // asked for the records of the sender's domain; nil: the system's
	MoreHosts   []string
	Providers   []settings.SignInProvider
	Outbound    outbound.Options // of the one client; the zero value is the real network
	Proxies     kit.Proxies      // whose word on where a request comes from is taken
	Program     string           // name and version, for backups
	Clock       clock.Clock
	Log         *slog.Logger
	AccessLog   io.Writer // nil: none
}

// App is a whole Waypost.
type App struct {
	Config      Config
	DB          *db.DB
	IDs         *id.Source
	Keeper      *keeper.Keeper
	Jobs        *jobs.Queue
	Mail        *mail.Outbox
	Community   *community.Service
	Members     *members.Service
	Passkeys    *passkeys.Service
	OIDC        *oidc.Service
	Proofs      *proofs.Service
	Joining     *joining.Service
	Topics      *topics.Service
	Stories     *stories.Service
	Beside      *beside.Service
	Drafts      *drafts.Service
	Resources   *resources.Service
	Replies     *replies.Service
	Labels      *labels.Service
	Pictures    *pictures.Service
	News        *news.Service
	Paths       *paths.Service
	Occupations *offered.Service
	Imports     *wordpress.Service
	Public      *public.Public
	Health      *wire.Health

	Routes    []kit.Route
	key       datadir.Key    // of the instance, once it is known to be the right one
	shifted   *clock.Shifted // nil but in development
	refusals  kit.Few        // that are written down
	making    steps          // of a backup
	accessLog *kit.Log
	handler   http.Handler
	words     map[string]*messages.Catalog
}

// DatabaseName is the SQLite file in the data folder.
const DatabaseName = "waypost.db"

// Open opens the database of a data folder, brings it up to date after a backup,
// proves that the key and the media folder belong to it, and wires the program.
func Open(ctx context.Context, c Config) (*App, error) {
	if c.Clock == nil {
		c.Clock = clock.System
	}
	if c.DNS == nil {
		c.DNS = net.DefaultResolver
	}
	var shifted *clock.Shifted
	if c.Dev {
		shifted = clock.NewShifted(c.Clock)
		c.Clock = shifted.Now
	}
	d, err := OpenDatabase(ctx, c.Dir, c.DatabaseURL, c.DBConns)
	if err != nil {
		return nil, err
	}
	a := &App{Config: c, DB: d, IDs: id.NewSource(c.Clock), shifted: shifted}
	if err := a.prepare(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return a, nil
}

// OpenDatabase opens the database of a data folder as it is.
func OpenDatabase(ctx context.Context, dir *datadir.Dir, databaseURL string, conns int) (*db.DB, error) {
	return db.Open(ctx, db.Config{URL: databaseURL, Path: dir.Join(DatabaseName), Conns: conns})
}

func (a *App) prepare(ctx context.Context) error {
	if err := a.migrate(ctx); err != nil {
		return err
	}
	if err := a.identify(ctx); err != nil {
		return err
	}
	if err := a.wire(); err != nil {
		return err
	}
	// At each start: what an upgrade leaves to do may have been cut off, and a restored
	// backup may be of an older schema.
	if err := errors.Join(a.Members.IndexMissing(ctx), a.Members.LookMissing(ctx), a.Imports.Settle(ctx), a.pathing().Settle(ctx)); err != nil {
		return err
	}
	return leaving{a}.eraseAgain(ctx)
}

// migrate brings the schema up to date; a database that has something in it is
// backed up first.
func (a *App) migrate(ctx context.Context) error {
	schema, err := a.DB.Schema(ctx)
	if err != nil || !schema.Pending() {
		return err
	}
	if schema.Current > 0 {
		path, err := backup.BeforeUpgrade(ctx, a.DB, a.Config.Dir.Path(), schema.Latest, backup.Options{Program: a.Config.Program, Clock: a.Config.Clock})
		if err != nil {
			return fmt.Errorf("back up before the upgrade: %w", err)
		}
		a.Config.Log.Info("backed up before the upgrade", "file", path)
	}
	if err := a.DB.Migrate(ctx, 0); err != nil {
		return err
	}
	a.Config.Log.Info("database is up to date", "engine", a.DB.Engine(), "schema", schema.Latest)
	return nil
}

// Names of what a database remembers of its installation.
const (
	instanceID  = "id"
	fingerprint = "key-fingerprint"
)

// identify proves that key, database and media belong together. A database that
// belongs to nobody yet is given to this key and folder.
func (a *App) identify(ctx context.Context) error {
	known, err := a.instance(ctx)
	if err != nil {
		return err
	}
	key, err := a.Config.Dir.Key(a.Config.Key)
	if errors.Is(err, datadir.ErrNoKey) && known[fingerprint] == "" {
		key, err = a.Config.Dir.NewKey()
	}
	if errors.Is(err, datadir.ErrNoKey) {
		return fmt.Errorf("%w: put the key this database was made with into %s or WAYPOST_INSTANCE_KEY", err, a.Config.Dir.Join("instance.key"))
	}
	if err != nil {
		return err
	}
	if known[fingerprint] == "" {
		if known, err = a.claim(ctx, key); err != nil {
			return err
		}
	}
	if known[fingerprint] != key.Fingerprint() {
		return fmt.Errorf("the instance key is not the one this database was made with (%s, not %s): put the right key into %s or WAYPOST_INSTANCE_KEY",
			key.Fingerprint(), known[fingerprint], a.Config.Dir.Join("instance.key"))
	}
	a.key = key
	return a.Config.Dir.CheckShared(known[instanceID])
}

func (a *App) instance(ctx context.Context) (known map[string]string, err error) {
	err = a.DB.View(ctx, func(tx *db.Tx) error {
		known, err = instance(tx)
		return err
	})
	return known, err
}

// instance reads what a database remembers of the installation it belongs to.
func instance(tx *db.Tx) (map[string]string, error) {
	known := map[string]string{}
	_, err := db.List(tx, func(r db.Row) (struct{}, error) {
		var name, value string
		err := r.Scan(&name, &value)
		known[name] = value
		return struct{}{}, err
	}, `SELECT name, value FROM instance`)
	if err != nil {
		return nil, fmt.Errorf("read whose database this is: %w", err)
	}
	return known, nil
}

// claim makes database and media folder this key's. The fingerprint comes last: a
// start that finds none goes on where an earlier one was cut off. Of several nodes
// that start at once, one is the first to note each.
func (a *App) claim(ctx context.Context, key datadir.Key) (map[string]string, error) {
	if err := a.note(ctx, instanceID, a.IDs.New()); err != nil {
		return nil, err
	}
	known, err := a.instance(ctx)
	if err != nil {
		return nil, err
	}
	if err := a.Config.Dir.MarkMedia(known[instanceID]); err != nil {
		return nil, err
	}
	if err := a.note(ctx, fingerprint, key.Fingerprint()); err != nil {
		return nil, err
	}
	return a.instance(ctx)
}

// note remembers a value unless one is known.
func (a *App) note(ctx context.Context, name, value string) error {
	return a.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(`INSERT INTO instance (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING`, name, value); err != nil {
			return fmt.Errorf("note whose database this is: %w", err)
		}
		return nil
	})
}

// Handler answers every request.
func (a *App) Handler() http.Handler { return a.handler }

// workers is how many jobs run at a time.
const workers = 2

// Run does what goes on behind the requests, until ctx ends.
func (a *App) Run(ctx context.Context) {
	done := make(chan struct{}, 4)
	for _, f := range []func(){
		func() { a.Jobs.Run(ctx, workers) },
		func() { a.Mail.Run(ctx) },
		func() { a.Keeper.Run(ctx) },
		func() { a.accessLog.Run(ctx) },
	} {
		go func() { f(); done <- struct{}{} }()
	}
	for range cap(done) {
		<-done
	}
}

// Close lets go of everything; the handler must not be used any more.
func (a *App) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if !a.alone() {
		if err := a.Keeper.Leave(ctx); err != nil {
			a.Config.Log.Warn("the other nodes were not told that this one stops", "error", err)
		}
	}
	return a.DB.Close()
}

// alone reports that no other process can share the database: SQLite's folder is locked.
func (a *App) alone() bool { return a.DB.Engine() == db.SQLite }
