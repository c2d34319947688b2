package replies

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/replies/earlier"
	"waypost/replies/places"
	"waypost/spam"
)

const columns = `r.id, r.story_id, coalesce(r.parent_id, ''), r.place, r.depth, r.state, r.below, coalesce(r.account_id, ''), coalesce(r.profile_id, ''),
	r.name, r.url, r.body, r.rendered, r.renderer, r.version, r.written_at, coalesce(r.edited_at, 0), r.erased_at IS NOT NULL`

func fields(r *Reply, written, edited *int64) []any {
	return []any{&r.ID, &r.StoryID, &r.ParentID, &r.Place, &r.Depth, &r.State, &r.Below, &r.AccountID, &r.ProfileID,
		&r.Name, &r.URL, &r.Body, &r.Rendered.HTML, &r.Rendered.By, &r.Version, written, edited, &r.Erased}
}

func scanReply(row db.Row) (Reply, error) {
	var r Reply
	var written, edited int64
	err := row.Scan(fields(&r, &written, &edited)...)
	r.Written, r.Edited = time.UnixMilli(written), moment(edited)
	return r, err
}

// moment is a time of the database; 0 is the zero time.
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// check is a row of reply_checks: what only moderators see.
type check struct {
	email, network, agent string
	onForm                time.Duration
	same, likeness        string
	verdict               spam.Verdict
	held                  Held
	reports               int
	decided               bool // a moderator looked at the text
}

func insert(tx *db.Tx, r Reply, c check, answered string) error {
	_, err := tx.Exec(`INSERT INTO replies (id, story_id, parent_id, place, thread, depth, state, shown, below, answers, account_id, profile_id, name, url,
		body, rendered, renderer, version, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $10, $11, $12, $13, $14, $15, 1, $16)`,
		r.ID, r.StoryID, db.OrNull(r.ParentID), r.Place, thread(r.Place), r.Depth, r.State, r.State == Published, db.OrNull(r.AccountID), db.OrNull(r.ProfileID),
		r.Name, r.URL, r.Body, r.Rendered.HTML, r.Rendered.By, r.Written.UnixMilli())
	if err != nil {
		return fmt.Errorf("insert reply %s to %q: %w", r.ID, answered, err)
	}
	reasons, err := json.Marshal(c.verdict.Reasons)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO reply_checks (reply_id, email, network, agent, on_form, same, likeness, verdict, probability, reasons, held, reports, moved_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12)`,
		r.ID, c.email, c.network, c.agent, c.onForm.Milliseconds(), db.OrNull(c.same), c.likeness, c.verdict.Kind, c.verdict.Probability, string(reasons), c.held, r.Written.UnixMilli())
	if err != nil {
		return fmt.Errorf("insert the check of reply %s: %w", r.ID, err)
	}
	return nil
}

// thread is the place of the reply that a thread begins with.
func thread(place string) string { return places.Steps(place)[0] }

// byID finds a reply whatever its state.
func byID(tx *db.Tx, id string) (Reply, error) {
	return scanReply(tx.QueryRow(`SELECT `+columns+` FROM replies r WHERE r.id = $1`, id))
}

// locked is byID for who changes a reply: until the end, nobody else does.
func locked(tx *db.Tx, id string) (Reply, error) {
	return scanReply(tx.QueryRow(`SELECT `+columns+` FROM replies r WHERE r.id = $1`+tx.Locked(), id))
}

// known finds the reply that was sent before, if any.
func known(tx *db.Tx, same string) (id string, err error) {
	return db.Value[string](tx.QueryRow(`SELECT reply_id FROM reply_checks WHERE same = $1`, same))
}

// move changes a reply's state if it is still what it was, and reports whether it was.
func move(tx *db.Tx, r Reply, to State) (bool, error) {
	n, err := tx.Exec(`UPDATE replies SET state = $1, shown = ($1 = 'published' OR below > 0), version = version + 1 WHERE id = $2 AND state = $3 AND version = $4`,
		to, r.ID, r.State, r.Version)
	return n == 1, err
}

// note writes why a reply is where it is, and who decided so.
func note(tx *db.Tx, id string, held Held, by string, now time.Time) error {
	decided, reports := any(nil), `reports`
	if by != "" {
		decided, reports = now.UnixMilli(), `0` // what readers reported was looked at
	}
	_, err := tx.Exec(`UPDATE reply_checks SET held = $1, decided_by = $2, decided_at = $3, moved_at = $4, reports = `+reports+` WHERE reply_id = $5`,
		held, db.OrNull(by), decided, now.UnixMilli(), id)
	if err != nil {
		return fmt.Errorf("note what was decided: %w", err)
	}
	return nil
}

// rewrite puts another text into a reply that is still at its version.
func rewrite(tx *db.Tx, r Reply, c check, now time.Time) (bool, error) {
	n, err := tx.Exec(`UPDATE replies SET body = $1, rendered = $2, renderer = $3, edited_at = $4, version = version + 1 WHERE id = $5 AND version = $6`,
		r.Body, r.Rendered.HTML, r.Rendered.By, now.UnixMilli(), r.ID, r.Version)
	if err != nil || n == 0 {
		return false, err
	}
	reasons, err := json.Marshal(c.verdict.Reasons)
	if err != nil {
		return false, err
	}
	_, err = tx.Exec(`UPDATE reply_checks SET likeness = $1, verdict = $2, probability = $3, reasons = $4 WHERE reply_id = $5`,
		c.likeness, c.verdict.Kind, c.verdict.Probability, string(reasons), r.ID)
	return true, err
}

// judgedOf counts what moderators decided of one writer.
func judgedOf(tx *db.Tx, email, account string) (writer, error) {
	known, err := earlier.Writers(tx, []string{account}, []string{email})
	d := known[cmp.Or(account, email)]
	return writer{approved: d.Approved, refused: d.Refused}, err
}

// othersOf counts what moderators decided of a writer's other replies.
func othersOf(tx *db.Tx, r Reply, c check) (approved, refused int, err error) {
	w, err := judgedOf(tx, c.email, r.AccountID)
	if (c.held == ByDecision || c.held == ByEdit) && r.State == Published {
		w.approved--
	}
	if c.held == ByDecision && r.State == Spam {
		w.refused--
	}
	return max(w.approved, 0), max(w.refused, 0), err
}

func settings(tx *db.Tx) (Settings, error) {
	var c Settings
	err := tx.QueryRow(`SELECT mode, lost, leaked, newest, close_days, spam_days, email_days, network_days, digest, version FROM reply_settings WHERE id = 'replies'`).
		Scan(&c.Mode, &c.Lost, &c.Leaked, &c.Newest, &c.CloseDays, &c.SpamDays, &c.EmailDays, &c.NetworkDays, &c.Digest, &c.Version)
	return c, err
}

func saveSettings(tx *db.Tx, c Settings) (bool, error) {
	n, err := tx.Exec(`INSERT INTO reply_settings (id, mode, lost, leaked, newest, close_days, spam_days, email_days, network_days, digest, version)
		SELECT 'replies', $1, $2, $3, $4, $5, $6, $7, $8, $9, 1 WHERE $10 = 0
		ON CONFLICT (id) DO NOTHING`, c.Mode, c.Lost, c.Leaked, c.Newest, c.CloseDays, c.SpamDays, c.EmailDays, c.NetworkDays, c.Digest, c.Version)
	if err != nil || n == 1 || c.Version == 0 {
		return n == 1, err
	}
	n, err = tx.Exec(`UPDATE reply_settings SET mode = $1, lost = $2, leaked = $3, newest = $4, close_days = $5, spam_days = $6, email_days = $7,
		network_days = $8, digest = $9, version = version + 1 WHERE id = 'replies' AND version = $10`,
		c.Mode, c.Lost, c.Leaked, c.Newest, c.CloseDays, c.SpamDays, c.EmailDays, c.NetworkDays, c.Digest, c.Version)
	return n == 1, err
}
