//go:build linux

package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"time"

	"waypost/app"
	"waypost/internal/datadir"
	"waypost/web"
)

// Place says where a community lies.
type Place struct {
	Folder   string // its data folder
	Database string // URL of PostgreSQL; empty for SQLite in the folder
	Base     string // the address it is served at: texts are rendered for one
	Pages    int64  // memory for kept pages; 0: the default
	Conns    int    // connections to the database; 0: the default
}

// Site is a community open in this process.
type Site struct {
	*app.App
	dir *datadir.Dir
	log *os.File
}

// The program's defaults.
const (
	pagesMemory = 32 << 20
	connections = 4
)

// Open opens a community as the program would, with an access log in a file, and
// starts nothing behind it. The clock may be nil.
func Open(ctx context.Context, p Place, clock func() time.Time) (_ *Site, err error) {
	base, err := url.Parse(p.Base)
	if err != nil {
		return nil, fmt.Errorf("read the address: %w", err)
	}
	s := &Site{}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if s.dir, err = datadir.Open(p.Folder); err != nil {
		return nil, err
	}
	if s.log, err = os.Create(s.dir.Join("access.log")); err != nil {
		return nil, err
	}
	s.App, err = app.Open(ctx, app.Config{Dir: s.dir, DatabaseURL: p.Database, DBConns: cmp.Or(p.Conns, connections), Base: base,
		PagesMemory: cmp.Or(p.Pages, pagesMemory), Files: web.Files(), Clock: clock, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), AccessLog: s.log})
	return s, err
}

// Close lets go of the community.
func (s *Site) Close() error {
	var errs []error
	if s.App != nil {
		errs = append(errs, s.App.Close())
	}
	if s.dir != nil {
		errs = append(errs, s.dir.Close())
	}
	if s.log != nil {
		errs = append(errs, s.log.Close())
	}
	return errors.Join(errs...)
}
