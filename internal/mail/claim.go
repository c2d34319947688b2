package mail

import (
	"fmt"
	"slices"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail/sign"
)

// letter is a claimed letter.
type letter struct {
	draft
	textID  string
	secret  bool
	bulk    bool
	attempt int
	expires time.Time
	content content // of a letter with a text of its own, until it is encoded
	broken  error   // why it cannot be sent at all
}

// claim takes letters that are due: those to one person before those to many, and what
// waited longest first. Whoever claims owns them until the lease ends.
func (o *Outbox) claim(tx *db.Tx, lease string, server Server, n int, now time.Time) ([]*letter, error) {
	var list []*letter
	for _, bulk := range []bool{false, true} {
		if len(list) == n {
			break
		}
		some, err := o.claimSome(tx, lease, server, bulk, n-len(list), now)
		if err != nil {
			return nil, fmt.Errorf("claim letters: %w", err)
		}
		list = append(list, some...)
	}
	return list, nil
}

// claimSome repeats the guard in the statement that takes the letters, so that of two
// nodes that chose the same one gets each.
func (o *Outbox) claimSome(tx *db.Tx, lease string, server Server, bulk bool, n int, now time.Time) ([]*letter, error) {
	ids, err := db.List(tx, db.Value[string], `SELECT id FROM letters WHERE state = 'waiting' AND bulk = $1 AND due_at <= $2 ORDER BY due_at, id LIMIT $3`+tx.SkipLocked(),
		bulk, now.UnixMilli(), n)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	in, args := db.In(5, ids)
	list, err := db.List(tx, scanClaimed, `UPDATE letters SET state = 'trying', attempt = attempt + 1, lease = $1, leased_until = $2, tried_at = $3, server = $4
		WHERE state = 'waiting' AND id IN `+in+` RETURNING id, recipient, text_id, filling, list, unsubscribe, secret, bulk, attempt, created_at, expires_at`,
		append([]any{lease, now.Add(leaseTime).UnixMilli(), now.UnixMilli(), server.Host}, args...)...)
	slices.SortFunc(list, func(a, b *letter) int { return slices.Index(ids, a.id) - slices.Index(ids, b.id) })
	return list, err
}

func scanClaimed(r db.Row) (*letter, error) {
	var l letter
	var recipient, filling string
	var text *string
	var written int64
	var expires *int64
	err := r.Scan(&l.id, &recipient, &text, &filling, &l.list, &l.unsubscribe, &l.secret, &l.bulk, &l.attempt, &written, &expires)
	if err != nil {
		return nil, err
	}
	l.written, l.expires = time.UnixMilli(written), at(expires)
	if text != nil {
		l.textID = *text
	}
	if l.to, l.broken = ParseAddress(recipient); l.broken == nil {
		l.filling, l.broken = readFilling(filling)
	}
	return &l, nil
}

// texts keeps the bodies that letters share, encoded.
type texts map[string]*body

// mostTexts are kept at a time.
const mostTexts = 8

// load gives letters their texts.
func (o *Outbox) load(tx *db.Tx, known texts, list []*letter) error {
	waiting := map[string][]*letter{}
	var ids []string
	for _, l := range list {
		if l.body = known[l.shareKey()]; l.body == nil && l.broken == nil {
			if waiting[l.textID] == nil {
				ids = append(ids, l.textID)
			}
			waiting[l.textID] = append(waiting[l.textID], l)
		}
	}
	for some := range slices.Chunk(ids, 64) {
		in, args := db.In(1, some)
		rows, err := db.List(tx, scanText, `SELECT id, subject, text, html, sealed, shared FROM letter_texts WHERE id IN `+in, args...)
		if err != nil {
			return fmt.Errorf("read the texts of letters: %w", err)
		}
		for _, row := range rows {
			o.give(known, row, waiting[row.id])
		}
	}
	for _, l := range list {
		if l.body == nil && l.content == (content{}) && l.broken == nil {
			l.broken = fmt.Errorf("the letter %s has no text any more", l.id)
		}
	}
	return nil
}

// shareKey names a shared text with the tokens that are filled in it.
func (l *letter) shareKey() string { return fmt.Sprint(l.textID, tokensOf(l.filling)) }

type textRow struct {
	id string
	content
	sealed []byte
	shared bool
}

func scanText(r db.Row) (textRow, error) {
	var t textRow
	return t, r.Scan(&t.id, &t.Subject, &t.Text, &t.HTML, &t.sealed, &t.shared)
}

// give hands a text to its letters; a shared one is encoded now, any other by whoever
// sends it.
func (o *Outbox) give(known texts, row textRow, list []*letter) {
	for _, l := range list {
		switch {
		case row.sealed != nil:
			l.content, l.broken = o.openContent(l.id, row.sealed)
		case !row.shared:
			l.content = row.content
		default:
			key := l.shareKey()
			if known[key] == nil {
				if len(known) >= mostTexts {
					clear(known)
				}
				known[key] = newBody(row.id, row.content, tokensOf(l.filling))
			}
			l.body = known[key]
		}
	}
}

// signed is message with the header of a signature before it.
func (l *letter) signed(b []byte, from Sender, host string, by *sign.Signer) ([]byte, error) {
	b, err := l.message(b, from, host)
	if err != nil || by == nil {
		return b, err
	}
	header, err := by.Header(b)
	return slices.Insert(b, 0, []byte(header)...), err
}

// message writes a letter into bytes, after those in b.
func (l *letter) message(b []byte, from Sender, host string) ([]byte, error) {
	if l.broken != nil {
		return b, l.broken
	}
	if l.body == nil {
		l.body = newBody(l.id, l.content, nil)
	}
	return appendMessage(b, from, host, l.draft)
}
