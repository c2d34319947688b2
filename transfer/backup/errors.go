package backup

import (
	"errors"
	"fmt"
)

// ErrNotBackup says that a file is something else than a backup of this program.
var ErrNotBackup = errors.New("this file is not a Waypost backup")

// ErrNothing says that the database has no tables yet.
var ErrNothing = errors.New("there is nothing to back up: the database is empty")

// PartError says which part of an archive cannot be trusted, and why: damage, or
// something that no backup holds.
type PartError struct {
	Part  string // the name within the archive, or "archive" for what holds the parts together
	What  string
	Cause error // may be nil
}

// Error is the sentence an operator reads.
func (e *PartError) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("the backup cannot be used: %q %s: %v", e.Part, e.What, e.Cause)
	}
	return fmt.Sprintf("the backup cannot be used: %q %s", e.Part, e.What)
}

// Unwrap returns the cause.
func (e *PartError) Unwrap() error { return e.Cause }

// FormatError says that a later program wrote the archive in a format of its own.
type FormatError struct{ Format int }

// Error is the sentence an operator reads.
func (e *FormatError) Error() string {
	return fmt.Sprintf("this backup has format %d and this program reads format %d: restore it with the newer program", e.Format, format)
}

// NotEmptyError says that a restore would mix with what is already there.
type NotEmptyError struct{ What string }

// Error is the sentence an operator reads.
func (e *NotEmptyError) Error() string {
	return "a backup is restored into an empty place only: " + e.What
}

// MediaError names a file of the media folder that cannot go into a backup.
type MediaError struct {
	Name string
	What string
}

// Error is the sentence an operator reads.
func (e *MediaError) Error() string {
	return fmt.Sprintf("the picture file %s %s; `waypost check` lists every such file", e.Name, e.What)
}
