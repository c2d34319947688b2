package mail

import (
	"fmt"
	"strings"
	"time"

	"waypost/internal/db"
)

// row is a letter as it is inserted.
type row struct {
	Letter
	id, toKey, filling string
	now                int64
}

func (o *Outbox) row(l Letter) (row, error) {
	to, err := l.check()
	if err != nil {
		return row{}, err
	}
	filling, err := l.fillingText()
	return row{l, o.ids.New(), to.Key(), filling, o.clock().UnixMilli()}, err
}

const insertColumns = `INSERT INTO letters (id, kind, unique_key, recipient, recipient_key, text_id, filling, list, unsubscribe, secret, bulk, state, attempt,
	due_at, expires_at, server, reason, created_at) VALUES `

// values are a letter's, as insertValues numbers them.
func (r row) values(text string) []any {
	return []any{r.id, r.Kind, db.OrNull(r.Key), r.To, r.toKey, text, r.filling, r.List, r.Unsubscribe, r.Secret, r.List != "", r.now, db.TimeOrNull(r.Expires)}
}

// insertValues names the values of so many letters.
func insertValues(letters int) string {
	var b strings.Builder
	for i := range letters {
		if i > 0 {
			b.WriteString(", ")
		}
		n := 13 * i
		fmt.Fprintf(&b, "($%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d, 'waiting', 0, $%d, $%d, '', '', $%[12]d)",
			n+1, n+2, n+3, n+4, n+5, n+6, n+7, n+8, n+9, n+10, n+11, n+12, n+13)
	}
	return b.String()
}

// atOnce is how many letters one statement inserts: always so many or one, so that
// there are two texts of it.
const atOnce = 50

// insertSharing writes letters that share a text, but those whose keys there are.
func insertSharing(tx *db.Tx, list []row) error {
	for len(list) > 0 {
		n := 1
		if len(list) >= atOnce {
			n = atOnce
		}
		var args []any
		for _, r := range list[:n] {
			args = append(args, r.values(r.Shared)...)
		}
		if _, err := tx.Exec(insertColumns+insertValues(n)+` ON CONFLICT (unique_key) DO NOTHING`, args...); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

// insert writes a letter with a text of its own unless there is one with its key.
func (o *Outbox) insert(tx *db.Tx, r row) error {
	if r.Key != "" {
		taken, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM letters WHERE unique_key = $1)`, r.Key))
		if err != nil || taken {
			return err
		}
	}
	if err := o.insertText(tx, r.id, r.Letter, r.now); err != nil {
		return err
	}
	n, err := tx.Exec(insertColumns+insertValues(1)+` ON CONFLICT (unique_key) DO NOTHING`, r.values(r.id)...)
	if err != nil || n > 0 {
		return err
	}
	_, err = tx.Exec(`DELETE FROM letter_texts WHERE id = $1`, r.id) // another transaction was first
	return err
}

func (o *Outbox) insertText(tx *db.Tx, id string, l Letter, now int64) error {
	c := content{l.Subject, l.Text, l.HTML}
	var sealed []byte
	if l.Secret {
		var err error
		if sealed, err = o.sealContent(id, c); err != nil {
			return err
		}
		c = content{}
	}
	_, err := tx.Exec(`INSERT INTO letter_texts (id, subject, text, html, sealed, shared, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		id, c.Subject, c.Text, c.HTML, sealed, false, now)
	return err
}

// at is a moment read from the database; the zero time for NULL.
func at(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return time.UnixMilli(*ms)
}

// KeysTo are the keys of the letters of a kind that were written to some addresses, given
// by their keys, from a moment on.
func (o *Outbox) KeysTo(tx *db.Tx, addressKeys []string, kind string, since time.Time) ([]string, error) {
	in, args := db.In(3, addressKeys)
	return db.List(tx, db.Value[string], `SELECT unique_key FROM letters WHERE kind = $1 AND created_at >= $2 AND unique_key IS NOT NULL
		AND recipient_key IN `+in, append([]any{kind, since.UnixMilli()}, args...)...)
}
