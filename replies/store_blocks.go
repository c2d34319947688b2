package replies

import (
	"fmt"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/replies/marks"
	"waypost/replies/sources"
)

// insertBlock blocks something, or changes the block that is there, and returns its
// identifier.
func insertBlock(tx *db.Tx, b Block, value string) (string, error) {
	id, err := db.Value[string](tx.QueryRow(`INSERT INTO reply_blocks (id, kind, value, label, reason, account_id, made_at, ends_at, hits) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
		ON CONFLICT (kind, value) DO UPDATE SET reason = excluded.reason, account_id = excluded.account_id, ends_at = excluded.ends_at RETURNING id`,
		b.ID, b.Kind, value, b.Label, b.Reason, db.OrNull(b.AccountID), b.Made.UnixMilli(), db.TimeOrNull(b.Ends)))
	if err != nil {
		return "", fmt.Errorf("block %s: %w", b.Label, err)
	}
	return id, nil
}

const blockColumns = `id, kind, label, reason, coalesce(account_id, ''), made_at, coalesce(ends_at, 0), hits`

func scanBlock(r db.Row) (b Block, err error) {
	var made, ends int64
	err = r.Scan(&b.ID, &b.Kind, &b.Label, &b.Reason, &b.AccountID, &made, &ends, &b.Hits)
	b.Made, b.Ends = moment(made), moment(ends)
	if b.Kind == BlockAddress || b.Kind == BlockNetwork {
		b.Label = sources.Renewed(b.Label)
	}
	return b, err
}

// Blocks lists what is blocked now, the newest first.
func (s *Service) Blocks(tx *db.Tx, by members.Actor, limit int) ([]Block, error) {
	if !s.moderator(by) {
		return nil, problem.New(problem.Forbidden, "problem.forbidden")
	}
	return db.List(tx, scanBlock, `SELECT `+blockColumns+` FROM reply_blocks
		WHERE ends_at IS NULL OR ends_at > $1 ORDER BY made_at DESC, id DESC LIMIT $2`, s.Clock().UnixMilli(), limit)
}

// BlockByID finds a block, one too that has ended of late.
func (s *Service) BlockByID(tx *db.Tx, by members.Actor, id string) (Block, error) {
	if !s.moderator(by) {
		return Block{}, problem.New(problem.Forbidden, "problem.forbidden")
	}
	b, err := scanBlock(tx.QueryRow(`SELECT `+blockColumns+` FROM reply_blocks WHERE id = $1`, id))
	if db.Missing(err) {
		return b, problem.New(problem.NotFound, "reply.no_block")
	}
	return b, err
}

func setEnd(tx *db.Tx, id string, ends time.Time) error {
	_, err := tx.Exec(`UPDATE reply_blocks SET ends_at = $1 WHERE id = $2`, db.TimeOrNull(ends), id)
	if err != nil {
		return fmt.Errorf("change when a block ends: %w", err)
	}
	return nil
}

// blockOf finds a block in force that goes by one of the values, or by words in the text.
func blockOf(tx *db.Tx, values []string, text string, now time.Time) (string, error) {
	query, args := blocksBy(values, now)
	list, err := db.List(tx, func(r db.Row) (candidate, error) {
		var c candidate
		return c, r.Scan(&c.id, &c.kind, &c.value)
	}, query, args...)
	if err != nil {
		return "", fmt.Errorf("look for blocks: %w", err)
	}
	words := ""
	for _, c := range list {
		if c.kind != BlockPhrase {
			return c.id, nil
		}
		if words == "" {
			words = marks.Words(text)
		}
		if strings.Contains(words, marks.Spelt(c.value)) {
			return c.id, nil
		}
	}
	return "", nil
}

// candidate is a block that a reply may run into.
type candidate struct {
	id    string
	kind  BlockKind
	value string
}

// blocksBy asks for those that go by one of the values, and for all that go by words.
func blocksBy(values []string, now time.Time) (string, []any) {
	in, args := db.In(2, values)
	return `SELECT id, kind, value FROM reply_blocks WHERE kind IN ('address', 'network', 'email', 'domain') AND value IN ` + in + ` AND (ends_at IS NULL OR ends_at > $1)
		UNION ALL SELECT id, kind, value FROM reply_blocks WHERE kind = 'phrase' AND (ends_at IS NULL OR ends_at > $1)`, append([]any{now.UnixMilli()}, args...)
}

func hit(tx *db.Tx, block string) error {
	_, err := tx.Exec(`UPDATE reply_blocks SET hits = hits + 1 WHERE id = $1`, block)
	return err
}
