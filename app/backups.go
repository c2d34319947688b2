package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/transfer/backup"
	"waypost/web/desk"
)

// jobBackup says that somebody at the desk wants a backup.
const jobBackup = "app.backup-asked"

// backups are those in the data folder: made by jobs, downloaded and deleted at the desk,
// and deleted after their term.
type backups struct{ *App }

// wanted is the payload of jobBackup.
type wanted struct {
	Name      string `json:"name"`
	AccountID string `json:"account_id"`
}

// steps is how far this process is with a backup.
type steps struct{ done, total atomic.Int64 }

func (b backups) shelf() backup.Shelf { return backup.Shelf(b.Config.Dir.Backups()) }

// restoredBackups ends the job that made the backup which has just been read: a backup
// holds its own, and another file under its name and date would be made. Backups of
// schemas without jobs are left alone.
func restoredBackups(tx *db.Tx) error {
	if has, err := tx.Has("jobs"); err != nil || !has {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM jobs WHERE kind = $1`, jobBackup); err != nil {
		return fmt.Errorf("end the backup that was being made: %w", err)
	}
	return nil
}

// List is what lies in the folder.
func (b backups) List() ([]backup.Kept, error) {
	list, err := b.shelf().List()
	return list, noShelf(err)
}

// noShelf gives a folder that cannot be read the words for it.
func noShelf(err error) error {
	if err == nil {
		return nil
	}
	return &problem.Problem{Kind: problem.Unavailable, Message: problem.Message{Key: "desk.backups.fault_folder"}, Cause: err}
}

// Make asks for a backup and tells the name that it will have. One is made at a time.
func (b backups) Make(ctx context.Context, by members.Actor) (string, error) {
	w := wanted{Name: backup.NameAt(b.Config.Clock()), AccountID: by.AccountID}
	err := b.DB.Update(ctx, func(tx *db.Tx) error {
		making, err := b.Jobs.Pending(tx, jobBackup)
		if err != nil {
			return err
		}
		if making > 0 {
			return problem.New(problem.Conflict, "desk.backups.fault_running")
		}
		if err := b.Community.BackupAsked(tx); err != nil {
			return err
		}
		return b.Jobs.Enqueue(tx, jobBackup, w, jobs.Once(jobBackup))
	})
	return w.Name, err
}

// State tells how far the backup is that is being made, and how the last one went.
func (b backups) State(tx *db.Tx) (desk.BackupState, error) {
	last, err := b.Community.LastBackup(tx)
	if err != nil {
		return desk.BackupState{}, err
	}
	state := desk.BackupState{Done: b.making.done.Load(), Total: b.making.total.Load()}
	if last.Fault != "" {
		state.Fault = &problem.Message{Key: last.Fault, Args: []any{"file", last.About}}
	}
	n, err := b.Jobs.Pending(tx, jobBackup)
	state.Making = n > 0
	return state, err
}

// make handles jobBackup. What goes wrong is told at the desk and not tried again by
// itself: a disk that is full stays so.
func (b backups) make(ctx context.Context, j *jobs.Job) error {
	var w wanted
	if err := j.Payload(&w); err != nil {
		return err
	}
	defer func() { b.making.done.Store(0); b.making.total.Store(0) }()
	err := b.write(ctx, w.Name)
	if ctx.Err() != nil {
		return ctx.Err() // the program stops; the next start takes it up
	}
	if err != nil {
		b.Config.Log.Error("a backup was not made", "file", w.Name, "error", err)
	}
	return b.DB.Update(ctx, func(tx *db.Tx) error {
		note := func() error { return b.Community.BackedUp(tx, w.AccountID, w.Name) }
		if err != nil {
			fault, about := backupFault(err)
			note = func() error { return b.Community.BackupFailed(tx, w.AccountID, fault, about) }
		}
		return errors.Join(note(), j.Done(tx))
	})
}

func (b backups) write(ctx context.Context, name string) error {
	if err := b.shelf().Tidy(); err != nil {
		return err
	}
	_, err := backup.Write(ctx, b.DB, b.Config.Dir.Media(), b.shelf().Path(name), backup.Options{Program: b.Config.Program, Clock: b.Config.Clock,
		Progress: func(done, total int64) { b.making.done.Store(done); b.making.total.Store(total) }})
	if errors.Is(err, fs.ErrExist) {
		return nil // an earlier run of this job came as far as that
	}
	return err
}

// backupFault says in words what to do about a backup that was not made.
func backupFault(err error) (key, about string) {
	var media *backup.MediaError
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "desk.backups.fault_full", ""
	case errors.As(err, &media):
		return "desk.backups.fault_picture", media.Name
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrNotExist):
		return "desk.backups.fault_folder", ""
	}
	return "desk.backups.fault_failed", ""
}

// Open opens a backup for whoever downloads it, which is noted.
func (b backups) Open(ctx context.Context, by members.Actor, name string) (*os.File, backup.Kept, error) {
	file, k, err := b.shelf().Open(name)
	if err != nil {
		return nil, k, noBackup(err)
	}
	err = b.DB.Update(ctx, func(tx *db.Tx) error {
		return b.Community.Record(tx, by.AccountID, "backup.downloaded", "backup", name)
	})
	if err != nil {
		return nil, k, errors.Join(err, file.Close())
	}
	return file, k, nil
}

// Find tells of a backup by its name.
func (b backups) Find(name string) (backup.Kept, error) {
	file, k, err := b.shelf().Open(name)
	if err != nil {
		return k, noBackup(err)
	}
	return k, file.Close()
}

// Delete deletes a backup.
func (b backups) Delete(ctx context.Context, by members.Actor, name string) error {
	if err := b.shelf().Remove(name); err != nil {
		return noBackup(err)
	}
	return b.DB.Update(ctx, func(tx *db.Tx) error {
		return b.Community.Record(tx, by.AccountID, "backup.deleted", "backup", name)
	})
}

func noBackup(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return problem.New(problem.NotFound, "problem.not_found")
	}
	return noShelf(err)
}

// sweep deletes the backups whose term is over.
func (b backups) sweep(ctx context.Context) error {
	settings, err := b.Community.Settings(ctx)
	if err != nil {
		return err
	}
	gone, err := b.shelf().Sweep(b.Config.Clock().Add(-time.Duration(settings.BackupDays) * 24 * time.Hour))
	if len(gone) == 0 {
		return err
	}
	return errors.Join(err, b.DB.Update(ctx, func(tx *db.Tx) error {
		for _, name := range gone {
			if err := b.Community.Record(tx, "", "backup.deleted", "backup", name); err != nil {
				return fmt.Errorf("record that %s is deleted: %w", name, err)
			}
		}
		return nil
	}))
}
