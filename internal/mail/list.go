package mail

import (
	"context"
	"fmt"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
)

// Row is a letter as it is listed.
type Row struct {
	ID, Kind, To string
	Secret       bool
	State        State
	Reason       Reason
	Server       string // that it was last given to
	Attempt      int
	Written      time.Time
	Due          time.Time // when it is tried next
	Finished     time.Time
	Seen         bool   // somebody knows that it failed
	Subject      string // empty for a secret letter
}

// Content is what a letter says to its reader.
type Content struct{ Subject, Text, HTML string }

// Some chooses letters of a list.
type Some string

// The choices.
const (
	All      Some = ""
	ToSend   Some = "waiting"  // those that are being sent too
	NotSent  Some = "stuck"    // failed or unknown
	Received Some = "accepted" // by a server
)

var conditions = map[Some]string{
	All: "TRUE", ToSend: "l.state IN ('waiting', 'trying')", NotSent: "l.state IN ('failed', 'unknown')", Received: "l.state = 'accepted'",
}

const rowColumns = `SELECT l.id, l.kind, l.recipient, l.secret, l.state, l.reason, l.server, l.attempt, l.created_at, l.due_at, l.finished_at, l.seen_at, coalesce(t.subject, ''), l.filling
	FROM letters l LEFT JOIN letter_texts t ON t.id = l.text_id `

// List gives letters, newest first, those written before the one named; at most limit.
func (o *Outbox) List(tx *db.Tx, which Some, before string, limit int) ([]Row, error) {
	condition, ok := conditions[which]
	if !ok {
		return nil, problem.New(problem.NotFound, "problem.not_found")
	}
	if before == "" {
		before = "~" // above every identifier
	}
	list, err := db.List(tx, scanRow, rowColumns+`WHERE l.id IN (SELECT l.id FROM letters l WHERE `+condition+` AND l.id < $1 ORDER BY l.id DESC LIMIT $2)
		ORDER BY l.id DESC`, before, limit)
	if err != nil {
		return nil, fmt.Errorf("list letters: %w", err)
	}
	return list, nil
}

func scanRow(r db.Row) (Row, error) {
	var l Row
	var written, due int64
	var finished, seen *int64
	var reason, filling string
	err := r.Scan(&l.ID, &l.Kind, &l.To, &l.Secret, &l.State, &reason, &l.Server, &l.Attempt, &written, &due, &finished, &seen, &l.Subject, &filling)
	if err != nil {
		return l, err
	}
	l.Reason, l.Written, l.Due, l.Finished, l.Seen = readReason(reason), time.UnixMilli(written), time.UnixMilli(due), at(finished), seen != nil
	values, err := readFilling(filling)
	l.Subject = filled(l.Subject, values)
	return l, err
}

// ByID is one letter.
func (o *Outbox) ByID(tx *db.Tx, id string) (Row, error) {
	row, err := scanRow(tx.QueryRow(rowColumns+`WHERE l.id = $1`, id))
	if db.Missing(err) {
		return row, problem.New(problem.NotFound, "problem.not_found")
	}
	return row, err
}

// ContentOf is what a letter says, as its reader gets it; ok is false when it was wiped.
// Whoever shows it sees to it that a secret letter's is shown to nobody.
func (o *Outbox) ContentOf(tx *db.Tx, id string) (c Content, ok bool, err error) {
	var filling string
	var t textRow
	err = tx.QueryRow(`SELECT t.id, t.subject, t.text, t.html, t.sealed, t.shared, l.filling FROM letters l JOIN letter_texts t ON t.id = l.text_id WHERE l.id = $1`, id).
		Scan(&t.id, &t.Subject, &t.Text, &t.HTML, &t.sealed, &t.shared, &filling)
	switch {
	case db.Missing(err):
		return c, false, nil
	case err == nil && t.sealed != nil:
		t.content, err = o.openContent(id, t.sealed)
	}
	if err != nil {
		return c, false, err
	}
	values, err := readFilling(filling)
	return Content{filled(t.Subject, values), filled(t.Text, values), filled(t.HTML, escaped(values))}, true, err
}

func filled(text string, values map[string]string) string {
	if len(values) == 0 {
		return text
	}
	var b strings.Builder
	tokens := tokensOf(values)
	for text != "" {
		i, token := nextToken(text, tokens)
		b.WriteString(text[:i])
		b.WriteString(values[token])
		text = text[i+len(token):]
	}
	return b.String()
}

// Retry lets a letter be sent again that failed, or whose fate is unknown, and reports
// whether there was one.
func (o *Outbox) Retry(tx *db.Tx, id string) (bool, error) {
	n, err := tx.Exec(`UPDATE letters SET state = 'waiting', attempt = 0, due_at = $1, expires_at = NULL, lease = NULL, finished_at = NULL, seen_at = NULL
		WHERE id = $2 AND state IN ('failed', 'unknown') AND text_id IS NOT NULL`, o.clock().UnixMilli(), id)
	tx.AfterCommit(o.Wake)
	return n > 0, err
}

// RetryFailed does the same for all that failed; those whose fate is unknown are looked
// at one by one, since some may have arrived.
func (o *Outbox) RetryFailed(tx *db.Tx) (int64, error) {
	n, err := tx.Exec(`UPDATE letters SET state = 'waiting', attempt = 0, due_at = $1, lease = NULL, finished_at = NULL, seen_at = NULL
		WHERE state = 'failed' AND text_id IS NOT NULL AND (expires_at IS NULL OR expires_at > $1)`, o.clock().UnixMilli())
	tx.AfterCommit(o.Wake)
	return n, err
}

// SeeAll notes that somebody knows of all letters that were not sent.
func (o *Outbox) SeeAll(tx *db.Tx) error {
	_, err := tx.Exec(`UPDATE letters SET seen_at = $1 WHERE state IN ('failed', 'unknown') AND seen_at IS NULL`, o.clock().UnixMilli())
	return err
}

// Trouble is what an owner has to know of at once.
type Trouble struct {
	NoServer bool // letters wait and nothing is set up to send them
	Late     int  // letters that wait for longer than they should
	Stuck    int  // letters that were not sent, which nobody has seen yet
	Fault    Reason
	Server   string // whose fault it is
}

// Any reports that there is something to tell.
func (t Trouble) Any() bool { return t.Late > 0 || t.Stuck > 0 }

// How long a letter may wait before an owner is told: where a server may yet take it, and
// where none is known that does.
const (
	tooLate   = 10 * time.Minute
	knownLate = time.Minute
)

// TroubleIn looks for letters that wait too long or were not sent.
func (o *Outbox) TroubleIn(tx *db.Tx) (t Trouble, err error) {
	var known, many int
	now := o.clock()
	err = tx.QueryRow(`SELECT (SELECT count(*) FROM letters WHERE state = 'waiting' AND bulk = $1 AND due_at < $3),
		(SELECT count(*) FROM letters WHERE state = 'waiting' AND bulk = $1 AND due_at < $4),
		(SELECT count(*) FROM letters WHERE state = 'waiting' AND bulk = $2 AND due_at < $4),
		(SELECT count(*) FROM letters WHERE state IN ('failed', 'unknown') AND seen_at IS NULL)`,
		false, true, now.Add(-tooLate).UnixMilli(), now.Add(-knownLate).UnixMilli()).Scan(&t.Late, &known, &many, &t.Stuck)
	if err != nil {
		return t, fmt.Errorf("look for letters that wait: %w", err)
	}
	if !t.Any() && known == 0 && many == 0 {
		return t, nil
	}
	settings, err := o.SettingsIn(tx)
	t.NoServer = !settings.Named()
	some := false
	for _, s := range settings.Servers {
		if some = some || s.Fault == ""; s.Fault != "" && t.Server == "" {
			t.Fault, t.Server = readReason(s.Fault), s.Host
		}
	}
	if t.NoServer || !some { // else letters to many wait for the limits that are set
		if t.Late = known + many; t.Late > 0 { // and with them all the others that are listed
			if err := tx.QueryRow(`SELECT count(*) FROM letters l WHERE ` + conditions[ToSend]).Scan(&t.Late); err != nil {
				return t, fmt.Errorf("count the letters that wait: %w", err)
			}
		}
	}
	if t.Late == 0 {
		t.Fault, t.Server = Reason{}, ""
	}
	return t, err
}

// TroubleNow is TroubleIn in a View of its own.
func (o *Outbox) TroubleNow(ctx context.Context) (t Trouble, err error) {
	err = o.db.View(ctx, func(tx *db.Tx) (err error) {
		t, err = o.TroubleIn(tx)
		return err
	})
	return t, err
}
