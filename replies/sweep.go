package replies

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/replies/reported"
)

// sweepSome is how many replies are deleted for good in one go: more than a site takes in
// between two sweeps.
const sweepSome = 12_000

// sweepPause is how long the next sweep may take to come: no network is here longer than
// its days.
const sweepPause = 6 * time.Hour

// Sweep deletes what has ended: spam and trash for good, networks, addresses and ended
// blocks.
func (s *Service) Sweep(tx *db.Tx) error {
	c, err := s.SettingsIn(tx)
	if err != nil {
		return err
	}
	now := s.Clock()
	before := func(days int) int64 { return now.AddDate(0, 0, -days).UnixMilli() }
	if err := s.purge(tx, before(c.SpamDays), now); err != nil {
		return err
	}
	addresses := int64(0) // they go with the reply
	if c.EmailDays > 0 {
		addresses = before(c.EmailDays)
	}
	const old = `reply_id IN (SELECT id FROM replies WHERE written_at < $1)`
	for _, st := range []struct {
		text   string
		before int64 // what is older than this has ended
	}{
		{`UPDATE reply_checks SET network = '' WHERE network <> '' AND ` + old, now.AddDate(0, 0, -c.NetworkDays).Add(sweepPause).UnixMilli()},
		{`UPDATE reply_checks SET email = '', agent = '' WHERE (email <> '' OR agent <> '') AND ` + old, addresses},
		{`DELETE FROM reply_watches WHERE ` + old, addresses},
		{`DELETE FROM reply_blocks WHERE ends_at < $1`, before(blockDays)},
		{`DELETE FROM reply_acts WHERE at < $1`, before(actDays)},
	} {
		if _, err := tx.Exec(st.text, st.before); err != nil {
			return fmt.Errorf("delete what has ended of replies: %w", err)
		}
	}
	if err := s.asked().Sweep(tx, sweepSome); err != nil {
		return err
	}
	return reported.Sweep(tx, now.Add(sweepPause), s.IDs.New, sweepSome)
}

const (
	actDays   = 365
	blockDays = 1 // for which a block that was ended can be taken up again
)

// purge deletes for good what has been spam or trash since a moment. A reply that
// something answers leaves an empty place.
func (s *Service) purge(tx *db.Tx, since int64, now time.Time) error {
	ids, err := db.List(tx, db.Value[string], `SELECT r.id FROM replies r JOIN reply_checks c ON c.reply_id = r.id
		WHERE r.state IN ('spam', 'trash') AND c.moved_at < $1 AND r.erased_at IS NULL ORDER BY r.id DESC LIMIT $2`, since, sweepSome)
	if err != nil {
		return fmt.Errorf("find what has been spam for long: %w", err)
	}
	return s.remove(tx, ids, now)
}

// remove takes replies away for good. The newest come first: an answer before what it
// answers.
func (s *Service) remove(tx *db.Tx, ids []string, now time.Time) error {
	for _, id := range ids {
		answered, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM replies WHERE parent_id = $1)`, id))
		if err != nil {
			return err
		}
		statements := []string{`DELETE FROM reply_watches WHERE reply_id = $1`, `DELETE FROM reply_reports WHERE reply_id = $1`}
		if answered {
			if err := s.hollowOut(tx, id, now); err != nil {
				return err
			}
		} else {
			statements = append(statements, `DELETE FROM reply_checks WHERE reply_id = $1`, `DELETE FROM replies WHERE id = $1`)
		}
		for _, st := range statements {
			if _, err := tx.Exec(st, id); err != nil {
				return fmt.Errorf("remove reply %s: %w", id, err)
			}
		}
	}
	return nil
}

// hollowOut leaves of a reply its place alone.
func (s *Service) hollowOut(tx *db.Tx, id string, now time.Time) error {
	_, err := tx.Exec(`UPDATE replies SET name = '', url = '', body = '', rendered = '', account_id = NULL, profile_id = NULL, erased_at = $1, version = version + 1 WHERE id = $2`,
		now.UnixMilli(), id)
	if err == nil {
		_, err = tx.Exec(`UPDATE reply_checks SET email = '', network = '', agent = '', likeness = '', same = NULL, reasons = '[]' WHERE reply_id = $1`, id)
	}
	if err != nil {
		return fmt.Errorf("empty reply %s: %w", id, err)
	}
	return nil
}
