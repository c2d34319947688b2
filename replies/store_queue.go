package replies

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/replies/earlier"
	"waypost/replies/reported"
)

const checkColumns = `c.email, c.network, c.agent, c.on_form, c.verdict, c.probability, c.reasons, c.held, c.reports, coalesce(c.appealed_at, 0), coalesce(c.decided_at, 0),
	coalesce(c.decided_by, '')`

// waiting scans rows of columns and checkColumns, into the same variables each.
func waiting() func(row db.Row) (Waiting, error) {
	var w Waiting
	var written, edited, onForm, appealed, decided int64
	var reasons []byte
	into := append(fields(&w.Reply, &written, &edited),
		&w.Email, &w.Network, &w.Agent, &onForm, &w.Verdict.Kind, &w.Verdict.Probability, &reasons, &w.Held, &w.Reports, &appealed, &decided, &w.DecidedBy)
	return func(row db.Row) (Waiting, error) {
		w.Verdict.Reasons = nil
		if err := row.Scan(into...); err != nil {
			return w, err
		}
		w.Written, w.Edited, w.OnForm = time.UnixMilli(written), moment(edited), time.Duration(onForm)*time.Millisecond
		w.Appealed, w.Decided = moment(appealed), moment(decided)
		return w, json.Unmarshal(reasons, &w.Verdict.Reasons)
	}
}

func queue(tx *db.Tx, f Filter, limit int) ([]Waiting, error) {
	where := []string{`r.erased_at IS NULL`}
	args := []any{limit}
	also := func(condition string, value any) {
		args = append(args, value)
		where = append(where, strings.ReplaceAll(condition, "?", "$"+strconv.Itoa(len(args))))
	}
	if f.ID != "" {
		also(`r.id = ?`, f.ID)
	}
	if f.State != "" {
		where = append(where, `r.state = `+db.Literal(string(f.State)))
	}
	if f.Again {
		where = append(where, `r.id IN (`+reported.Again+`)`)
	}
	if f.StoryID != "" {
		also(`r.story_id = ?`, f.StoryID)
	}
	if f.Before != "" {
		also(`r.id < ?`, f.Before)
	}
	if f.Writer != "" {
		condition, value, err := writtenBy(tx, f.Writer)
		if err != nil {
			return nil, err
		}
		also(condition, value)
	}
	list, err := db.List(tx, waiting(), `SELECT `+columns+`, `+checkColumns+` FROM replies r JOIN reply_checks c ON c.reply_id = r.id
		WHERE `+strings.Join(where, " AND ")+` ORDER BY r.id DESC LIMIT $1`, args...)
	if err != nil {
		return nil, fmt.Errorf("list the queue: %w", err)
	}
	return list, reckon(tx, list)
}

// reckon says of each reply what was decided on others by its writer.
func reckon(tx *db.Tx, list []Waiting) error {
	accounts, emails := make([]string, len(list)), make([]string, len(list))
	for i, w := range list {
		accounts[i], emails[i] = w.AccountID, w.Email
	}
	known, err := earlier.Writers(tx, accounts, emails)
	if err != nil {
		return err
	}
	for i := range list {
		w := &list[i]
		of := known[cmp.Or(w.AccountID, w.Email)]
		own := map[State]int{w.State: 1}
		if w.Decided.IsZero() && (w.State != Published || w.Held != ByEdit) || w.Email+w.AccountID == "" {
			own = nil
		}
		w.Approved, w.Refused = of.Approved-own[Published], of.Refused-own[Spam]
	}
	return nil
}

// writtenBy is the condition for all that came from who wrote a reply.
func writtenBy(tx *db.Tx, replyID string) (condition string, value any, err error) {
	r, err := byID(tx, replyID)
	if db.Missing(err) {
		return "", nil, notFound()
	}
	if err != nil {
		return "", nil, err
	}
	if r.AccountID != "" {
		return `r.account_id = ?`, r.AccountID, nil
	}
	c, err := checkOf(tx, replyID)
	if err != nil {
		return "", nil, err
	}
	if c.email == "" {
		return `r.id = ?`, r.ID, nil
	}
	return `c.email = ?`, c.email, nil
}
