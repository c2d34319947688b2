package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

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
	if !by.May(members.RunCommunity) {
		return problem.New(problem.Forbidden, "problem.forbidden")
	}
	t := taken{File: e.IDs.New(), Name: printable(filepath.Base(name)), DryRun: dryRun, AccountID: by.AccountID}
	if err := e.keep(t.File, file); err != nil {
		return &problem.Problem{Kind: problem.Unavailable, Message: problem.Message{Key: "problem.storage"}, Cause: err}
	}
	err := e.DB.Update(ctx, func(tx *db.Tx) error { return e.Jobs.Enqueue(tx, jobImport, t) })
	if err != nil {
		return errors.Join(err, e.Config.Dir.Media().Remove(importFile+t.File))
	}
	return nil
}

// printable is a file's name as it can be shown and stored: of bounded length, without
// NUL and its like.
func printable(name string) string {
	const longest = 200
	r := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "")))
	return string(r[:min(len(r), longest)])
}

// keep writes a file and its name to the disk, or leaves nothing.
func (e exports) keep(name string, file io.Reader) error {
	media := e.Config.Dir.Media()
	out, err := media.OpenFile(importFile+name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, file)
	err = errors.Join(err, out.Sync(), out.Close())
	if err == nil {
		err = syncFolder(media)
	}
	if err != nil {
		return errors.Join(err, media.Remove(importFile+name))
	}
	return nil
}

func syncFolder(root *os.Root) error {
	folder, err := root.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
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

// errGone is the fate of an export whose job came here in a backup, which leaves the
// file out.
var errGone = errors.New("the file is not here any more; send it again")

// bringOver handles jobImport. A file that is refused is not tried again: its
// report says why.
func (e exports) bringOver(ctx context.Context, j *jobs.Job) error {
	var t taken
	if err := j.Payload(&t); err != nil {
		return err
	}
	source, err := wxr.Open(e.Config.Dir.Join("media", importFile+t.File), wxr.Limits{})
	if errors.Is(err, fs.ErrNotExist) {
		err = errGone
	}
	if err == nil {
		_, err = e.Imports.Import(ctx, source, wordpress.Options{By: members.Actor{AccountID: t.AccountID, Roles: []members.Role{members.Owner}},
			DryRun: t.DryRun, List: true, FileName: t.Name})
		err = errors.Join(err, source.Close())
	}
	if err != nil && !errors.Is(err, errGone) && !wxr.Refused(err) {
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
	if err := e.Config.Dir.Media().Remove(importFile + t.File); err != nil {
		e.Config.Log.Warn("an export that was brought over cannot be removed", "file", importFile+t.File, "error", err)
	}
	return nil
}

// orphanAge is how long an export that no job is for may lie: its job is written
// after it.
const orphanAge = 24 * time.Hour

// sweep removes the exports that a process left behind: old ones that no job wants,
// or may want again.
func (e exports) sweep(ctx context.Context) error {
	media := e.Config.Dir.Media()
	old, err := e.old(media)
	if err != nil || len(old) == 0 {
		return err
	}
	var wanted [][]byte
	err = e.DB.View(ctx, func(tx *db.Tx) (err error) {
		wanted, err = e.Jobs.Undone(tx, jobImport)
		return err
	})
	if err != nil {
		return err
	}
	for _, payload := range wanted {
		var t taken
		if err := json.Unmarshal(payload, &t); err != nil {
			return fmt.Errorf("read what export a job is for: %w", err)
		}
		delete(old, importFile+t.File)
	}
	var errs []error
	for name := range old {
		if err := media.Remove(name); !errors.Is(err, fs.ErrNotExist) { // another node may have been faster
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// old is the set of the exports older than orphanAge, by name of file.
func (e exports) old(media *os.Root) (map[string]bool, error) {
	names, err := fs.Glob(media.FS(), importFile+"*")
	if err != nil {
		return nil, fmt.Errorf("look for exports left behind: %w", err)
	}
	old := map[string]bool{}
	for _, name := range names {
		if info, err := media.Lstat(name); err == nil && e.Config.Clock().Sub(info.ModTime()) > orphanAge {
			old[name] = true
		}
	}
	return old, nil
}
