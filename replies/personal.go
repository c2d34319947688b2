package replies

import (
	"fmt"
	"math"
	"time"

	"waypost/internal/db"
	"waypost/internal/personal"
)

// of finds the replies that somebody wrote.
const of = `r.account_id = $1 OR r.profile_id = $2 OR $3 <> '' AND c.email = $3`

// Held hands over what somebody wrote, with what is kept beside it.
func (s *Service) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	ids := `(SELECT r.id FROM replies r JOIN reply_checks c ON c.reply_id = r.id WHERE ` + of + `)`
	args := []any{orNone(p.Account), orNone(p.Profile), p.Address}
	for _, f := range []personal.Find{
		{Table: "replies", Where: `id IN ` + ids, Args: args, Omit: []string{"rendered", "renderer", "shown"}},
		{Table: "reply_checks", Where: `reply_id IN ` + ids, Args: args, Omit: []string{"same", "likeness", "decided_by"}},
		{Table: "reply_watches", Where: `reply_id IN ` + ids, Args: args},
		{Table: "reply_addresses", Where: `email = $1`, Args: []any{p.Address}},
		{Table: "reply_acts", Where: `account_id = $1`, Args: []any{orNone(p.Account)}},
		{Table: "reply_blocks", Where: `account_id = $1`, Args: []any{orNone(p.Account)}, Omit: []string{"value"}},
		{Table: "spam_labels", Where: `account_id = $1`, Args: []any{orNone(p.Account)}, Omit: []string{"features"}},
	} {
		if err := personal.Rows(tx, out, f); err != nil {
			return err
		}
	}
	return nil
}

// orNone matches nothing in place of "".
func orNone(id string) string {
	if id == "" {
		return "-"
	}
	return id
}

// Addresses lists the addresses that came with replies.
func (s *Service) Addresses(tx *db.Tx) ([]personal.Trace, error) {
	return personal.Traces(tx, `SELECT email, min(since) FROM (SELECT c.email AS email, r.written_at AS since FROM reply_checks c JOIN replies r ON r.id = c.reply_id WHERE c.email <> ''
		UNION ALL SELECT email, asked_at FROM reply_addresses WHERE email LIKE '%@%') AS known GROUP BY email`)
}

// Wrote reports whether somebody wrote replies here.
func (s *Service) Wrote(tx *db.Tx, p personal.Person) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM replies r JOIN reply_checks c ON c.reply_id = r.id WHERE `+of+`)`, orNone(p.Account), orNone(p.Profile), p.Address))
}

// Forget does with the replies of somebody what they wish: the name stays, goes, or the
// whole reply does. The address goes in any case, and a thread keeps its shape. What the
// filter learned from replies that go is unlearned.
func (s *Service) Forget(tx *db.Tx, p personal.Person, w personal.Wish) error {
	if _, err := s.Retract(tx, p, w.Replies, time.UnixMilli(math.MaxInt64)); err != nil {
		return err
	}
	return s.forgetActs(tx, p)
}

// Retract is Forget for somebody who stays: with the replies written until a moment, and
// nothing else of theirs. It counts those that were not deleted before.
func (s *Service) Retract(tx *db.Tx, p personal.Person, c personal.Choice, until time.Time) (n int, err error) {
	list, err := db.List(tx, scanReply, `SELECT `+columns+` FROM replies r JOIN reply_checks c ON c.reply_id = r.id WHERE (`+of+`) AND r.written_at <= $4 ORDER BY r.id DESC`,
		orNone(p.Account), orNone(p.Profile), p.Address, until.UnixMilli())
	if err != nil {
		return 0, fmt.Errorf("find the replies of a person: %w", err)
	}
	ids := make([]string, len(list))
	for i, r := range list {
		ids[i] = r.ID
		if r.State != Trash && !r.Erased {
			n++
		}
		s.Keeper.Forget(tx, Tag(r.StoryID), TagLatest)
		if c == personal.Nameless {
			if err := s.Unsay(tx, r); err != nil { // it says who wrote
				return 0, err
			}
		}
	}
	if c == personal.Removed {
		return n, s.forgetAll(tx, list, ids)
	}
	return n, s.detach(tx, ids, c)
}

func (s *Service) forgetAll(tx *db.Tx, list []Reply, ids []string) error {
	for _, r := range list {
		if r.State != Published || r.Erased {
			continue
		}
		if _, err := s.put(tx, r, Trash, ByWriter, ""); err != nil {
			return err
		}
	}
	if err := s.Drop(tx, ids); err != nil {
		return err
	}
	return s.remove(tx, ids, s.Clock())
}

// detach takes what leads to a person off their replies.
func (s *Service) detach(tx *db.Tx, ids []string, wish personal.Choice) error {
	name := `name`
	if wish == personal.Nameless {
		name = `''`
		if err := s.Drop(tx, ids); err != nil {
			return err
		}
	}
	for _, id := range ids {
		for _, st := range []string{
			`UPDATE replies SET name = ` + name + `, url = '', account_id = NULL, profile_id = NULL, version = version + 1 WHERE id = $1`,
			`UPDATE reply_checks SET email = '', network = '', agent = '', same = NULL, reasons = '[]' WHERE reply_id = $1`,
			`DELETE FROM reply_watches WHERE reply_id = $1`,
		} {
			if _, err := tx.Exec(st, id); err != nil {
				return fmt.Errorf("take a name off a reply: %w", err)
			}
		}
	}
	return nil
}

// forgetActs takes somebody's account off what they decided, and ends letters to them.
func (s *Service) forgetActs(tx *db.Tx, p personal.Person) error {
	if err := s.asked().Forget(tx, p.Address); err != nil {
		return err
	}
	if p.Account == "" {
		return nil
	}
	for _, st := range []string{
		`UPDATE reply_acts SET account_id = NULL WHERE account_id = $1`,
		`UPDATE reply_blocks SET account_id = NULL, reason = '' WHERE account_id = $1`,
		`UPDATE reply_checks SET decided_by = NULL WHERE decided_by = $1`,
		`UPDATE spam_labels SET account_id = NULL WHERE account_id = $1`,
	} {
		if _, err := tx.Exec(st, p.Account); err != nil {
			return fmt.Errorf("forget who decided: %w", err)
		}
	}
	return nil
}
