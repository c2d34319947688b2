package desk

import (
	"context"
	"net/http"
	"os"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/transfer/backup"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Backups makes backups in the background, and keeps them.
type Backups interface {
	// Make asks for one and tells the name that it will have.
	Make(ctx context.Context, by members.Actor) (name string, err error)
	State(tx *db.Tx) (BackupState, error)
	// List is what there is, the newest first.
	List() ([]backup.Kept, error)
	Find(name string) (backup.Kept, error)
	// Open opens one to be downloaded, which is put on record.
	Open(ctx context.Context, by members.Actor, name string) (*os.File, backup.Kept, error)
	Delete(ctx context.Context, by members.Actor, name string) error
}

// BackupState is how far a backup is that is being made.
type BackupState struct {
	Making      bool
	Done, Total int64            // steps; 0 where another process makes it, or it has not begun
	Fault       *problem.Message // why the last one was not made
}

// BackupsView lists the backups, makes another, and hands one over.
type BackupsView struct {
	BackupState
	List   []BackupRow
	Ready  *BackupRow // what was asked for to be downloaded
	Key    bool       // an owner is to put a copy of the key away
	Term   string     // a message key: how long they are kept
	Faulty *problem.Message
}

// BackupRow is a backup as it is listed.
type BackupRow struct {
	backup.Kept
	Label string // a message key for its kind
	Size  problem.Message
}

// backupLabels are the kinds in words, backupTerms the times for which backups are kept.
var (
	backupLabels = map[backup.Kind]string{backup.Asked: "desk.backups.asked", backup.Upgrade: "desk.backups.upgrade", backup.Other: "desk.backups.other"}
	backupTerms  = map[int]string{30: "desk.backups.days_30", 90: "desk.backups.days_90", 180: "desk.backups.days_180", 365: "desk.backups.days_365"}
)

// NewBackupRow is a backup with its words, its time in a zone.
func NewBackupRow(k backup.Kept, zone *time.Location) BackupRow {
	k.At = k.At.In(zone)
	return BackupRow{k, backupLabels[k.Kind], size(k.Bytes)}
}

// size is a number of bytes in words, rounded up.
func size(bytes int64) problem.Message {
	const kilo, mega = 1000, 1000 * 1000
	if bytes < mega {
		return problem.Message{Key: "desk.backups.kilobytes", Args: []any{"count", int((bytes + kilo - 1) / kilo)}}
	}
	return problem.Message{Key: "desk.backups.megabytes", Args: []any{"count", int((bytes + mega - 1) / mega)}}
}

const backupsPath = "/desk/backups"

// backupList answers GET /desk/backups.
func (d *Desk) backupList(w http.ResponseWriter, r *http.Request) error {
	return d.showBackups(w, r, http.StatusOK, nil)
}

// makeBackup answers POST /desk/backups: one is made in the background.
func (d *Desk) makeBackup(w http.ResponseWriter, r *http.Request) error {
	return d.beginBackup(w, r, func(string) string { return backupsPath })
}

// everything answers POST /desk/backups/everything: a backup is made, and then offered.
func (d *Desk) everything(w http.ResponseWriter, r *http.Request) error {
	return d.beginBackup(w, r, func(name string) string { return backupsPath + "?ready=" + name })
}

func (d *Desk) beginBackup(w http.ResponseWriter, r *http.Request, to func(name string) string) error {
	name, err := d.Backups.Make(r.Context(), shell.ActorOf(r))
	if problem.Is(err, problem.Conflict) {
		return d.showBackups(w, r, http.StatusConflict, shell.Sentence(err))
	}
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, to(name))
}

func (d *Desk) showBackups(w http.ResponseWriter, r *http.Request, status int, fault *problem.Message) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	view := BackupsView{Term: backupTerms[settings.BackupDays], Faulty: fault}
	list, err := d.Backups.List()
	if problem.Is(err, problem.Unavailable) {
		view.Faulty, err = shell.Sentence(err), nil
	}
	if err != nil {
		return err
	}
	for _, k := range list {
		row := NewBackupRow(k, settings.Location())
		if k.Name == r.URL.Query().Get("ready") {
			view.Ready = &row
		}
		view.List = append(view.List, row)
	}
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if view.BackupState, err = d.Backups.State(tx); err != nil {
			return err
		}
		kept, err := d.Community.KeyKept(tx)
		view.Key = !kept
		return err
	})
	if err != nil {
		return err
	}
	if view.Making {
		w.Header().Set("Refresh", "3")
	}
	return d.ShowIn(w, r, settings, status, "desk/backups", backupsPath, view)
}

// downloadBackup answers POST /desk/backups/{name}/download: who took it is put on
// record, which a GET does not do.
func (d *Desk) downloadBackup(w http.ResponseWriter, r *http.Request) error {
	file, k, err := d.Backups.Open(r.Context(), shell.ActorOf(r), r.PathValue("name"))
	if err != nil {
		return err
	}
	defer file.Close()
	return kit.Download(w, r, k.Name, k.Bytes, file)
}

// askDeleteBackup answers GET /desk/backups/{name}/delete.
func (d *Desk) askDeleteBackup(w http.ResponseWriter, r *http.Request) error {
	k, err := d.Backups.Find(r.PathValue("name"))
	if err != nil {
		return err
	}
	view := shell.DeleteView{Title: k.Name, Note: "desk.backups.delete", May: true, Back: backupsPath}
	return d.Show(w, r, http.StatusOK, "desk/delete", backupsPath, view)
}

// deleteBackup answers POST /desk/backups/{name}/delete.
func (d *Desk) deleteBackup(w http.ResponseWriter, r *http.Request) error {
	if err := d.Backups.Delete(r.Context(), shell.ActorOf(r), r.PathValue("name")); err != nil {
		return err
	}
	return kit.SeeOther(w, r, backupsPath+"?done=deleted")
}
