package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"waypost/app/pathing"
	"waypost/app/replying"
	"waypost/internal/adminsock"
	"waypost/internal/clock"
	"waypost/internal/datadir"
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/personal"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/joining"
	"waypost/transfer/backup"
	"waypost/transfer/wordpress"
	"waypost/transfer/wxr"
)

// The calls that commands make, to the running server or to an App of their own.
const (
	CallOwnerLink  = "owner-link"
	CallSignInLink = "sign-in-link"
	CallBackup     = "backup"
	CallCheck      = "check"
	CallImport     = "import-wordpress"

	CallSpamExplain                = replying.CallExplain
	CallSpamRebuild, CallSpamStats = replying.CallRebuild, replying.CallStats
	CallSpamUnlearn                = replying.CallUnlearn

	CallRotateKey         = pathing.CallRotate
	CallAddOccupations    = pathing.CallAdd
	CallRemoveOccupations = pathing.CallRemove
)

// UnlearnRequest names whose decisions the filter is to forget.
type UnlearnRequest = replying.UnlearnRequest

// FileRequest names a file by its absolute path.
type FileRequest struct {
	Path   string `json:"path"`
	DryRun bool   `json:"dry_run,omitempty"`
}

// EmailRequest names somebody by their address.
type EmailRequest struct {
	Email string `json:"email"`
	Join  bool   `json:"join,omitempty"` // they have no account yet
}

// Admin is what commands may ask, by the name of the call.
func (a *App) Admin() map[string]adminsock.Handler {
	calls := a.replying().Calls(a.Replies)
	maps.Copy(calls, map[string]adminsock.Handler{
		CallOwnerLink: func(ctx context.Context, _ json.RawMessage, _ func(adminsock.Progress)) (any, error) {
			return a.OwnerLink(ctx)
		},
		CallSignInLink: func(ctx context.Context, request json.RawMessage, _ func(adminsock.Progress)) (any, error) {
			var r EmailRequest
			if err := json.Unmarshal(request, &r); err != nil {
				return nil, fmt.Errorf("read the request: %w", err)
			}
			if r.Join {
				return a.JoinLink(ctx, r.Email)
			}
			return a.SignInLink(ctx, r.Email)
		},
		CallCheck: func(ctx context.Context, _ json.RawMessage, _ func(adminsock.Progress)) (any, error) {
			return backup.Check(ctx, a.DB, a.Config.Dir.Media())
		},
		CallBackup: withFile(a.backup),
		CallImport: withFile(a.importWordPress),
	})
	maps.Copy(calls, a.pathing().Calls(a.Occupations))
	return calls
}

// withFile reads the request of a call that names a file.
func withFile(call func(context.Context, FileRequest, func(adminsock.Progress)) (any, error)) adminsock.Handler {
	return func(ctx context.Context, request json.RawMessage, progress func(adminsock.Progress)) (any, error) {
		var r FileRequest
		if err := json.Unmarshal(request, &r); err != nil {
			return nil, fmt.Errorf("read the request: %w", err)
		}
		if !filepath.IsAbs(r.Path) {
			return nil, fmt.Errorf("%q is no absolute path", r.Path)
		}
		return call(ctx, r, progress)
	}
}

// backup writes a file. Once that is there and whole, a note which could not be written
// is no failure of it, and stands in the log.
func (a *App) backup(ctx context.Context, r FileRequest, progress func(adminsock.Progress)) (any, error) {
	m, err := backup.Write(ctx, a.DB, a.Config.Dir.Media(), r.Path, backup.Options{Program: a.Config.Program, Clock: a.Config.Clock,
		Progress: func(done, total int64) { progress(adminsock.Progress{What: "back up", Done: done, Total: total}) }})
	if err != nil {
		return nil, err
	}
	name := filepath.Base(r.Path)
	if err := a.DB.Update(ctx, func(tx *db.Tx) error { return a.Community.BackedUp(tx, "", name) }); err != nil {
		a.Config.Log.Warn("the backup is whole, but no note of it was written, and the desk does not know of it", "file", name, "error", err)
	}
	return m, nil
}

func (a *App) importWordPress(ctx context.Context, r FileRequest, progress func(adminsock.Progress)) (_ any, err error) {
	source, err := wxr.Open(r.Path, wxr.Limits{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	return a.Imports.Import(ctx, source, wordpress.Options{By: members.Console(), DryRun: r.DryRun, FileName: filepath.Base(r.Path),
		Progress: func(read, total int64) { progress(adminsock.Progress{What: "import", Done: read, Total: total}) }})
}

// ServeAdmin answers commands on the socket of the data folder until ctx ends.
func (a *App) ServeAdmin(ctx context.Context) error {
	return adminsock.Server{Handlers: a.Admin(), Words: a.Words, Log: a.Config.Log}.Serve(ctx, a.Config.Dir)
}

// Words is an error as the console shows it: a problem's sentence and the fields to
// mend, any other error as it is.
func (a *App) Words(err error) string {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return err.Error()
	}
	words := a.words["en"].T(p.Message.Key, p.Message.Args...)
	for _, f := range p.Fields {
		words += "\n  " + f.Name + ": " + a.words["en"].T(f.Message.Key, f.Message.Args...)
	}
	return words
}

// Erased is the list of those who were removed, in a data folder.
func Erased(dir *datadir.Dir) string { return dir.Join("media", personal.ErasedName) }

// Restore fills an empty data folder and database from a backup. All sessions, links and
// invitations end, letters that waited are not sent without being asked for, and the media
// folder is marked in the act that brings the rows; cut off before, it is taken up by
// restoring the same backup again. The list of those who were removed may lie in the media
// folder already; the next start heeds it.
func Restore(ctx context.Context, c Config, path string, progress func(done, total int64)) (m backup.Manifest, err error) {
	if _, err := os.Stat(path); err != nil {
		return m, fmt.Errorf("open the backup: %w", err)
	}
	d, err := OpenDatabase(ctx, c.Dir, c.DatabaseURL, c.DBConns)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return backup.Restore(ctx, path, d, c.Dir.Media(), backup.RestoreOptions{Progress: progress, Beside: []string{personal.ErasedName}, Loaded: func(tx *db.Tx) error {
		now := clock.System()
		if err := errors.Join(members.EndAll(tx), joining.EndAll(tx, now), mail.Restored(tx, now), restoredBackups(tx)); err != nil {
			return err
		}
		known, err := instance(tx)
		if err != nil {
			return err
		}
		return c.Dir.MarkRestored(known[instanceID])
	}})
}
