package wxr

import (
	"errors"
	"fmt"

	"waypost/transfer/wxr/loosexml"
)

// ErrNotExport refuses a file in which nothing of a WordPress export was found.
var ErrNotExport = errors.New("this is not a WordPress export")

// ArchiveError refuses an archive for what one of its entries is.
type ArchiveError struct {
	Entry string // its name as written
	What  string // such as "leads out of the archive"
}

// Error is a sentence fit for the person who brought the file.
func (e *ArchiveError) Error() string {
	return fmt.Sprintf("the archive is refused: its entry %.100q %s", e.Entry, e.What)
}

// damaged is the end of a compressed file before its time: what was read until
// then stands.
type damaged struct {
	err error
}

func (e *damaged) Error() string { return "the compressed file is damaged: " + e.err.Error() }

func (e *damaged) Unwrap() error { return e.err }

// Refused says whether err is the file's own fault (a document type, a limit, an
// archive that is not safe, no export at all) and its text is fit to be shown.
func Refused(err error) bool {
	_, doctype := errors.AsType[*loosexml.DoctypeError](err)
	_, markup := errors.AsType[*loosexml.LimitError](err)
	_, limit := errors.AsType[*LimitError](err)
	_, archive := errors.AsType[*ArchiveError](err)
	return doctype || markup || limit || archive || errors.Is(err, ErrNotExport)
}
