package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/transfer/wordpress"
	"waypost/transfer/wxr"
)

// jobImport says that an export was sent to the desk.
const jobImport = "app.export-taken"

// importFile begins the names of exports that wait in the media folder, which all
// nodes share and backups leave out.
const importFile = ".import-"

// exports keeps the files sent to the desk and brings them over by jobs.
type exports struct{ *App }

// taken is the payload of jobImport.
type taken struct {
	File      string `json:"file"`
	Name      string `json:"name"` // as its sender calls it
	DryRun    bool   `json:"dry_run"`
	AccountID string `json:"account_id"`
}

// Take keeps a file and asks for its import.
func (e exports) Take(ctx context.Context, by members.Actor, name string, file io.Reader, dryRun bool) error {
	if !by.Has(members.Owner) {
		return problem.New(problem.Forbidden, "problem.forbidden")
	}
	t := taken{File: e.IDs.New(), Name: filepath.Base(name), DryRun: dryRun, AccountID: by.AccountID}
	if err := e.keep(t.File, file); err != nil {
		return &problem.Problem{Kind: problem.Unavailable, Message: problem.Message{Key: "problem.storage"}, Cause: err}
	}
	return e.DB.Update(ctx, func(tx *db.Tx) error { return e.Jobs.Enqueue(tx, jobImport, t) })
}

func (e exports) keep(name string, file io.Reader) error {
	out, err := e.Config.Dir.Media().OpenFile(importFile+name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, file)
	return errors.Join(err, out.Sync(), out.Close())
}

const listedImports = 20

// Runs lists the newest imports and counts those that have not begun.
func (e exports) Runs(tx *db.Tx) ([]wordpress.Run, int, error) {
	waiting, err := e.Jobs.Waiting(tx, jobImport)
	if err != nil {
		return nil, 0, err
	}
	runs, err := e.Imports.Runs(tx, listedImports)
	return runs, waiting, err
}

// bringOver handles jobImport. A file that is refused is not tried again: its
// report says why.
func (e exports) bringOver(ctx context.Context, j *jobs.Job) error {
	var t taken
	if err := j.Payload(&t); err != nil {
		return err
	}
	source, err := wxr.Open(e.Config.Dir.Join("media", importFile+t.File), wxr.Limits{})
	if err == nil {
		_, err = e.Imports.Import(ctx, source, wordpress.Options{By: members.Actor{AccountID: t.AccountID, Roles: []members.Role{members.Owner}},
			DryRun: t.DryRun, List: true, FileName: t.Name})
		err = errors.Join(err, source.Close())
	}
	if err != nil && !wxr.Refused(err) {
		return fmt.Errorf("import %s: %w", t.Name, err)
	}
	if err != nil {
		if err := e.Imports.Refuse(ctx, t.Name, err); err != nil {
			return err
		}
	}
	if err := e.DB.Update(ctx, j.Done); err != nil {
		return err
	}
	return e.Config.Dir.Media().Remove(importFile + t.File)
}
