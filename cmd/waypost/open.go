package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
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
	return app.Config{Dir: dir, Key: s.InstanceKey.Bytes(), DatabaseURL: string(s.Database), DBConns: s.DBConns, Base: s.BaseURL.URL(),
		PagesMemory: int64(s.PagesMemory), UploadMax: int64(s.UploadMax), Files: web.Files(), Log: log, Program: program()}
}

// admin makes a call: to the server that has the data folder, or, when none runs,
// to an App opened for it.
func admin(ctx context.Context, s settings.Settings, name string, request, answer any, progress func(adminsock.Progress)) error {
	dir, err := datadir.Open(s.Data)
	var locked *datadir.LockedError
	if errors.As(err, &locked) {
		return adminsock.Call(ctx, s.Data, name, request, answer, progress)
	}
	if err != nil {
		return err
	}
	defer dir.Close()
	quiet := s
	if quiet.LogLevel == "info" {
		quiet.LogLevel = "warn"
	}
	a, err := app.Open(ctx, appConfig(quiet, dir, newLog(quiet)))
	if err != nil {
		return err
	}
	err = direct(ctx, a, name, request, answer, progress)
	return errors.Join(err, a.Close())
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
	if _, err := a.Jobs.Work(ctx); err != nil { // what follows, such as related stories, is done before the command ends
		return err
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
