package community

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"waypost/internal/db"
)

// BackupDays are the times for which backups may be kept, in days.
func BackupDays() []int { return []int{30, 90, 180, 365} }

// keepBackups is how many days backups are kept until an owner decides otherwise.
const keepBackups = 90

// backupMade is the name under which the database remembers when the last backup was
// made; backupFault why the last one that was asked for was not.
const (
	backupMade  = "backup-made"
	backupFault = "backup-fault"
)

// LastBackup is what is remembered of backups.
type LastBackup struct {
	Made  time.Time // zero: there was none
	Fault string    // a message key, if the last that was asked for failed
	About string    // what the message is about, such as a file
}

// LastBackup reads it.
func (s *Service) LastBackup(tx *db.Tx) (LastBackup, error) {
	var last LastBackup
	_, err := db.List(tx, func(r db.Row) (struct{}, error) {
		var name, value string
		if err := r.Scan(&name, &value); err != nil {
			return struct{}{}, err
		}
		if name == backupFault {
			last.Fault, last.About, _ = strings.Cut(value, " ")
			return struct{}{}, nil
		}
		ms, err := strconv.ParseInt(value, 10, 64)
		last.Made = time.UnixMilli(ms)
		return struct{}{}, err
	}, `SELECT name, value FROM instance WHERE name IN ($1, $2)`, backupMade, backupFault)
	if err != nil {
		return last, fmt.Errorf("read when the last backup was made: %w", err)
	}
	return last, nil
}

// BackedUp notes that a backup was made, under its name.
func (s *Service) BackedUp(tx *db.Tx, by, name string) error {
	if err := noteBackup(tx, backupMade, strconv.FormatInt(s.Clock().UnixMilli(), 10)); err != nil {
		return err
	}
	if err := s.BackupAsked(tx); err != nil {
		return err
	}
	return s.Record(tx, by, "backup.made", "backup", name)
}

// BackupFailed notes why a backup was not made: a message key, and what it is about.
func (s *Service) BackupFailed(tx *db.Tx, by, fault, about string) error {
	if err := noteBackup(tx, backupFault, strings.TrimSpace(fault+" "+about)); err != nil {
		return err
	}
	return s.Record(tx, by, "backup.failed", "backup", about)
}

// BackupAsked forgets why the one before was not made.
func (s *Service) BackupAsked(tx *db.Tx) error {
	if _, err := tx.Exec(`DELETE FROM instance WHERE name = $1`, backupFault); err != nil {
		return fmt.Errorf("forget why a backup failed: %w", err)
	}
	return nil
}

func noteBackup(tx *db.Tx, name, value string) error {
	_, err := tx.Exec(`INSERT INTO instance (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	if err != nil {
		return fmt.Errorf("note what became of a backup: %w", err)
	}
	return nil
}
