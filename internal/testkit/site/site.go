package site

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waypost/app"
	"waypost/internal/clock"
	"waypost/internal/datadir"
	"waypost/internal/testkit"
	"waypost/web"
)

// Start is the moment at which every site's clock stands at first: after the
// newest story of the sample community.
func Start() time.Time { return time.Date(2026, time.November, 2, 9, 30, 0, 0, time.UTC) }

// Site is a Waypost that answers on a loopback port until the test has ended.
type Site struct {
	*app.App
	URL    string      // scheme://host:port, without a slash
	Clock  *clock.Fake // nil with RealTime
	Folder string      // the data folder
	Place  testkit.Place

	t    testing.TB
	dir  *datadir.Dir
	stop func() error
}

// Option changes how a site is made.
type Option func(*options)

type options struct {
	engine  *testkit.Engine
	place   testkit.Place
	folder  string
	demo    bool
	real    bool
	running bool
	base    string

	localhost bool
	config    func(*app.Config)
}

// On puts the site on an engine; without it the engine is SQLite.
func On(e testkit.Engine) Option { return func(o *options) { o.engine = &e } }

// In opens a folder and a database that are there already, such as those of a site
// that was stopped.
func In(folder string, p testkit.Place) Option {
	return func(o *options) { o.folder, o.place = folder, p }
}

// Demo fills the site with the sample community.
func Demo(o *options) { o.demo = true }

// RealTime gives the site the machine's clock.
func RealTime(o *options) { o.real = true }

// Running serves as the program does, with its limits of time and size, and lets
// jobs, the keeper's other half and the following of other nodes go on behind the
// requests.
func Running(o *options) { o.running = true }

// Base is the address by which readers know the site, where it is not the one that
// it listens on.
func Base(address string) Option { return func(o *options) { o.base = address } }

// Localhost lets readers know the site by a name, which passkeys need.
func Localhost(o *options) { o.localhost = true }

// With changes the configuration before the site is opened.
func With(change func(*app.Config)) Option { return func(o *options) { o.config = change } }

// New makes a site. It is stopped when the test has ended.
func New(t testing.TB, list ...Option) *Site {
	t.Helper()
	s, o := prepared(t, list)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.URL = "http://" + listener.Addr().String()
	if o.localhost {
		s.URL = strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	}
	if err := s.open(o); err != nil {
		t.Fatal(errors.Join(err, listener.Close()))
	}
	if err := s.fill(o); err != nil {
		t.Fatal(errors.Join(err, listener.Close()))
	}
	s.serve(listener, o.running)
	t.Cleanup(s.Stop)
	return s
}

// Refused makes a site that must not start, and returns why it does not.
func Refused(t testing.TB, list ...Option) error {
	t.Helper()
	s, o := prepared(t, list)
	s.URL = "http://127.0.0.1:1"
	err := s.open(o)
	if err == nil {
		t.Errorf("the site starts, and should not")
		err = errors.Join(s.App.Close(), s.dir.Close())
	}
	return err
}

func prepared(t testing.TB, list []Option) (*Site, *options) {
	t.Helper()
	var o options
	for _, option := range list {
		option(&o)
	}
	s := &Site{t: t, Folder: o.folder, Place: o.place}
	s.prepare(&o)
	return s, &o
}

// prepare chooses the folder and the database: those of options, or copies.
func (s *Site) prepare(o *options) {
	s.t.Helper()
	if s.Folder == "" {
		s.Folder = filepath.Join(s.t.TempDir(), "data")
	}
	switch {
	case o.demo:
		s.copyDemo(o.engine)
	case o.engine != nil:
		s.Place = testkit.Migrated(s.t, *o.engine)
	}
	if s.Place.URL == "" {
		s.Place.Path = filepath.Join(s.Folder, app.DatabaseName)
	}
}

// fill ends what copyDemo began.
func (s *Site) fill(o *options) error {
	if !o.demo {
		return nil
	}
	return s.adopt()
}

func (s *Site) open(o *options) error {
	now := clock.Clock(clock.System)
	if !o.real {
		s.Clock = clock.NewFake(Start())
		now = s.Clock.Now
	}
	address := s.URL
	if o.base != "" {
		address = o.base
	}
	base, err := url.Parse(address)
	if err != nil {
		return err
	}
	if s.dir, err = datadir.Open(s.Folder); err != nil {
		return err
	}
	config := app.Config{Dir: s.dir, DatabaseURL: s.Place.URL, DBConns: 8, Base: base, PagesMemory: 64 << 20, UploadMax: 16 << 20,
		Files: web.Files(), Clock: now, Log: slog.New(slog.DiscardHandler)}
	if o.config != nil {
		o.config(&config)
	}
	if s.App, err = app.Open(context.Background(), config); err != nil {
		return errors.Join(err, s.dir.Close())
	}
	return nil
}

func (s *Site) serve(listener net.Listener, running bool) {
	if !running {
		server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: s.Handler(), ReadHeaderTimeout: time.Minute}}
		server.Start()
		s.stop = func() error { server.Close(); return nil }
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- s.Serve(ctx, app.Listening{Listener: listener, MaxConnections: 512, Shutdown: time.Minute, Announce: func() { close(ready) }})
	}()
	s.stop = func() error { cancel(); return <-ended }
	select {
	case <-ready:
	case err := <-ended:
		s.t.Fatalf("serve: %v", err)
	}
}

// Stop ends the site in good order and gives its folder free; the database and the
// folder stay. Stopping twice is stopping once.
func (s *Site) Stop() {
	s.t.Helper()
	if s.stop == nil {
		return
	}
	err := errors.Join(s.stop(), s.App.Close(), s.dir.Close())
	s.stop = nil
	if err != nil {
		s.t.Errorf("stop the site: %v", err)
	}
}

// Work does the jobs that are due, and those that follow from them, and returns how
// many there were. A job that goes wrong fails the test.
func (s *Site) Work() int {
	s.t.Helper()
	n, err := s.Jobs.Work(context.Background())
	if err != nil {
		s.t.Fatalf("do the jobs: %v", err)
	}
	for _, wrong := range Rows[string](s, `SELECT kind || ': ' || error FROM jobs WHERE state <> 'done' AND error <> ''`) {
		s.t.Errorf("a job went wrong: %s", wrong)
	}
	return n
}
