package gallery

import (
	"time"

	"waypost/internal/problem"
	"waypost/transfer/backup"
	"waypost/web/desk"
)

// backups is the page of backups: none yet, being made, failed, offered, and many.
func backups() []Scene {
	row := func(kind backup.Kind, name string, bytes int64) desk.BackupRow {
		return desk.NewBackupRow(backup.Kept{Name: name, Kind: kind, At: today, Bytes: bytes}, time.UTC)
	}
	asked := row(backup.Asked, "backup-20261102T093000.000Z.zip", 48_123_456)
	all := []desk.BackupRow{asked, row(backup.Upgrade, "before-schema-13-20261101T080000.000Z.zip", 812_345), row(backup.Other, endless+endless+".zip", 4_812_345_678)}
	show := func(state string, view desk.BackupsView) Scene {
		view.Term = "desk.backups.days_90"
		return scene("backups", state, "/desk/backups", func(cast) any { return view })
	}
	return []Scene{
		show("empty", desk.BackupsView{Key: true}),
		show("usual", desk.BackupsView{List: all}),
		show("making", desk.BackupsView{List: all, BackupState: desk.BackupState{Making: true, Done: 3000, Total: 8000}}),
		show("begun", desk.BackupsView{BackupState: desk.BackupState{Making: true}}),
		show("ready", desk.BackupsView{List: all, Ready: &asked}),
		show("failed", desk.BackupsView{List: all, BackupState: desk.BackupState{Fault: &problem.Message{Key: "desk.backups.fault_full"}}}),
		show("running", desk.BackupsView{Faulty: &problem.Message{Key: "desk.backups.fault_running"}, BackupState: desk.BackupState{Making: true, Total: 1}}),
	}
}
