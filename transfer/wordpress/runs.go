package wordpress

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"waypost/internal/db"
)

// State is how far an import came.
type State string

// The states of an import. One whose process died stays Running until Recover or
// the next import of the site says otherwise.
const (
	Running     State = "running"
	Done        State = "done"
	Interrupted State = "interrupted" // what it had taken over stays; the next one goes on
	Failed      State = "failed"      // likewise, after an error of the database
	Tried       State = "tried"       // a dry run
	Refused     State = "refused"     // the file was no export, or not a safe one
)

// Run is one import, as the desk lists it.
type Run struct {
	ID       string
	Site     string // host and path of the old site, "?" where not known
	FileName string
	State    State
	Started  time.Time
	Finished time.Time // zero while running
	Report   string    // JSON of a Report; empty while running
}

// Runs lists the newest imports.
func (s *Service) Runs(tx *db.Tx, limit int) ([]Run, error) {
	return db.List(tx, func(r db.Row) (Run, error) {
		var x Run
		var started int64
		var finished *int64
		err := r.Scan(&x.ID, &x.Site, &x.FileName, &x.State, &started, &finished, &x.Report)
		x.Started = time.UnixMilli(started)
		if finished != nil {
			x.Finished = time.UnixMilli(*finished)
		}
		return x, err
	}, `SELECT id, site, file_name, state, started_at, finished_at, report FROM imports
		WHERE format = 'wordpress' ORDER BY started_at DESC, id DESC LIMIT $1`, limit)
}

// Recover marks the imports that an earlier process left running. It is called when
// the program starts.
func (s *Service) Recover(tx *db.Tx) error {
	_, err := tx.Exec(`UPDATE imports SET state = $1, finished_at = $2 WHERE format = 'wordpress' AND state = $3`,
		Interrupted, s.Clock().UnixMilli(), Running)
	return err
}

// begin notes that the import runs, and whether an earlier one of the site was cut off.
func (r *run) begin(ctx context.Context) error {
	id, continued := r.IDs.New(), false
	now := r.Clock().UnixMilli()
	err := r.within(ctx, func(s *step) error {
		if err := s.queue(); err != nil {
			return err
		}
		var last State
		err := s.tx.QueryRow(`SELECT state FROM imports WHERE format = 'wordpress' AND site = $1 AND state <> 'tried' ORDER BY started_at DESC, id DESC LIMIT 1`, r.site).Scan(&last)
		if err != nil && !db.Missing(err) {
			return err
		}
		continued = last != "" && last != Done
		if s.dry() {
			return nil
		}
		_, err = s.tx.Exec(`UPDATE imports SET state = $1, finished_at = $2 WHERE format = 'wordpress' AND site = $3 AND state = $4`,
			Interrupted, now, r.site, Running)
		if err != nil {
			return err
		}
		_, err = s.tx.Exec(`INSERT INTO imports (id, format, site, file_name, state, started_at, report) VALUES ($1, 'wordpress', $2, $3, $4, $5, '')`,
			id, r.site, r.options.FileName, Running, now)
		return err
	})
	if err != nil {
		return fmt.Errorf("begin the import: %w", err)
	}
	r.report.Continued = continued
	if !r.options.DryRun {
		r.id = id
	}
	return nil
}

// queue lets one import after the other begin: of two at the same moment neither would
// see the other.
func (s *step) queue() error {
	if s.dry() {
		return nil
	}
	_, err := s.tx.Exec(`INSERT INTO instance (name, value) VALUES ('importing', '') ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
	return err
}

// end notes how the import went; cause is what ended it early, if anything did. It
// does so even when ctx has ended.
func (r *run) end(ctx context.Context, cause error) error {
	switch {
	case r.options.DryRun:
		return r.tried(ctx, cause)
	case errors.Is(cause, errOvertaken):
		return nil // who overtook it has noted so
	}
	state := Done
	switch {
	case cause != nil && ctx.Err() != nil:
		state = Interrupted
	case cause != nil:
		state = Failed
	}
	document, err := json.Marshal(r.report)
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	const enough = 10 * time.Second
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), enough)
	defer cancel()
	err = r.within(last, func(s *step) error {
		_, err := s.tx.Exec(`UPDATE imports SET state = $1, finished_at = $2, report = $3 WHERE id = $4`,
			state, s.Clock().UnixMilli(), string(document), s.id)
		if err != nil {
			return err
		}
		return s.Community.Record(s.tx, s.account(), "import."+string(state), "import:"+s.id, s.site)
	})
	if err != nil {
		return fmt.Errorf("end the import: %w", err)
	}
	return nil
}

// tried lists the report of a dry run, for who asked at the desk.
func (r *run) tried(ctx context.Context, cause error) error {
	if cause != nil || !r.options.List {
		return nil
	}
	document, err := json.Marshal(r.report)
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	now := r.Clock().UnixMilli()
	return r.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO imports (id, format, site, file_name, state, started_at, finished_at, report)
			VALUES ($1, 'wordpress', $2, $3, $4, $5, $5, $6)`, r.IDs.New(), r.site, r.options.FileName, Tried, now, string(document))
		return err
	})
}

// Refuse lists a file that could not be imported, with the reason as a note.
func (s *Service) Refuse(ctx context.Context, fileName string, reason error) error {
	report := newReport(false)
	report.note(Entry{Kind: File, What: fileName, Why: reason.Error()})
	document, err := json.Marshal(report)
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	now := s.Clock().UnixMilli()
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO imports (id, format, site, file_name, state, started_at, finished_at, report)
			VALUES ($1, 'wordpress', '', $2, $3, $4, $4, $5)`, s.IDs.New(), fileName, Refused, now, string(document))
		return err
	})
}

// Brought reports that a story came with an import.
func (s *Service) Brought(tx *db.Tx, storyID string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM imported WHERE kind = $1 AND subject_id = $2)`, kindStory, storyID))
}
