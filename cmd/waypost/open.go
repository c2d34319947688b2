package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"waypost/app"
	"waypost/internal/adminsock"
	"waypost/internal/datadir"
	"waypost/internal/settings"
	"waypost/web"
)

// program is this program's name and version, as far as its build knows it.
func program() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "waypost"
	}
	return "waypost " + info.Main.Version
}

func newLog(s settings.Settings) *slog.Logger {
	options := &slog.HandlerOptions{Level: s.Level()}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}

// appConfig is what the settings say of the program itself.
func appConfig(s settings.Settings, dir *datadir.Dir, log *slog.Logger) app.Config {
	return app.Config{Dir: dir, DataNamed: s.DataNamed(), Key: s.InstanceKey.Bytes(), PathsKeys: s.PathsKeys.Bytes(), DatabaseURL: string(s.Database), DBConns: s.DBConns, Base: s.BaseURL.URL(),
		PagesMemory: int64(s.PagesMemory), UploadMax: int64(s.UploadMax), Files: web.Files(), Log: log, Program: program(),
		Proxies:   s.TrustedProxies.Prefixes(),
		Providers: s.OIDC.List()}
}

// admin makes a call: to the server that has the data folder, or, when none runs,
// to an App opened for it. Only an import makes a community where there is none.
func admin(ctx context.Context, s settings.Settings, name string, request, answer any, progress func(adminsock.Progress)) error {
	fresh := s.Database == "" && !exists(filepath.Join(s.Data, app.DatabaseName))
	if fresh && name != app.CallImport {
		// A server may have been told of its database when it was started.
		err := adminsock.Call(ctx, s.Data, name, request, answer, progress)
		if errors.Is(err, adminsock.ErrNoServer) {
			return fmt.Errorf("there is no community in %s: it has no %s; name its folder with --data, or its database with --database", s.Data, app.DatabaseName)
		}
		return err
	}
	dir, err := datadir.Open(s.Data)
	var locked *datadir.LockedError
	if errors.As(err, &locked) {
		err = adminsock.Call(ctx, s.Data, name, request, answer, progress)
		if errors.Is(err, adminsock.ErrNoServer) { // another command has it, or a server that is still starting
			return locked
		}
		return err
	}
	if err != nil {
		return err
	}
	defer dir.Close()
	if fresh {
		fmt.Fprintf(os.Stderr, "There was no community in %s: a new one is made.\n", dir.Path())
	}
	return open(ctx, s, dir, func(a *app.App) error { return direct(ctx, a, name, request, answer, progress) })
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist) // what cannot be looked at is told of by who opens it
}

// open opens an App that a command needs for a moment.
func open(ctx context.Context, s settings.Settings, dir *datadir.Dir, use func(*app.App) error) error {
	if s.LogLevel == "info" {
		s.LogLevel = "warn"
	}
	a, err := app.Open(ctx, appConfig(s, dir, newLog(s)))
	if err != nil {
		return err
	}
	return errors.Join(use(a), a.Close())
}

func direct(ctx context.Context, a *app.App, name string, request, answer any, progress func(adminsock.Progress)) error {
	body, err := json.Marshal(request)
	if err != nil {
		return err
	}
	if progress == nil {
		progress = func(adminsock.Progress) {}
	}
	result, err := a.Admin()[name](ctx, body, progress)
	if err != nil {
		return errors.New(a.Words(err))
	}
	if r, ok := request.(app.FileRequest); ok && name == app.CallImport && !r.DryRun {
		if _, err := a.Jobs.Work(ctx); err != nil { // what follows, such as related stories, is done before the command ends
			return err
		}
	}
	if body, err = json.Marshal(result); err != nil || answer == nil {
		return err
	}
	return json.Unmarshal(body, answer)
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}
