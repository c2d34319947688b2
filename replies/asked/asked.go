// Package asked keeps which addresses were asked whether they want letters on answers:
// each is once, and of those that do not say yes, or that no reply carries any more, a mark
// is left and nothing else.
package asked

import (
	"fmt"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/limits"
)

// Book keeps them.
type Book struct {
	IDs   *id.Source
	Clock clock.Clock
	Keyed func(parts ...string) string // makes a hash that nobody outside can make
}

// Once notes that an address is asked; ok is false if it was before.
func (b Book) Once(tx *db.Tx, email string) (id string, ok bool, err error) {
	if known, err := b.Known(tx, email); err != nil || known {
		return "", false, err
	}
	id = b.IDs.New()
	n, err := tx.Exec(`INSERT INTO reply_addresses (id, email, asked_at) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING`, id, email, b.Clock().UnixMilli())
	if err != nil {
		return "", false, fmt.Errorf("note who was asked: %w", err)
	}
	return id, n == 1, nil
}

// Free reports that letters for an address may be wanted by whoever types it: it was
// never asked, or the browser proves that it sent a reply whose writer wants some there.
func (b Book) Free(tx *db.Tx, email string, sent []string) (bool, error) {
	if known, err := b.Known(tx, email); err != nil || !known {
		return !known, err
	}
	in, args := db.In(2, sent)
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM reply_watches WHERE email = $1 AND reply_id IN `+in+`)`, append([]any{email}, args...)...))
}

// Known reports that an address was asked.
func (b Book) Known(tx *db.Tx, email string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM reply_addresses WHERE email = $1 OR email = $2)`, email, b.mark(email)))
}

// mark stands in the place of an address of which nothing else is kept.
func (b Book) mark(email string) string { return b.Keyed("asked", email) }

// mostTold is how many letters on answers an address gets on one day.
const mostTold = 10

// MayTell counts a letter to an address; false is too many for one day.
func (b Book) MayTell(tx *db.Tx, email string) (bool, error) {
	now := b.Clock().UTC()
	wait, err := limits.Take(tx, now, "reply:told:"+now.Format(time.DateOnly)+":"+b.Keyed("told", email), limits.Rate{Burst: mostTold, Every: 24 * time.Hour})
	return wait == 0, err
}

// unconfirmedDays is for how long an address is kept that has not said yes.
const unconfirmedDays = 30

// Sweep leaves marks of addresses that have not said yes in time, and of those that have
// answered but that no reply carries any more; so many at once.
func (b Book) Sweep(tx *db.Tx, most int) error {
	list, err := db.List(tx, db.Value[string], `SELECT email FROM reply_addresses a WHERE email LIKE '%@%' AND (confirmed_at IS NULL AND asked_at < $1
		OR (confirmed_at IS NOT NULL OR refused_at IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM reply_watches w WHERE w.email = a.email)
			AND NOT EXISTS (SELECT 1 FROM reply_checks c WHERE c.email = a.email AND c.email <> '')) LIMIT $2`,
		b.Clock().AddDate(0, 0, -unconfirmedDays).UnixMilli(), most)
	if err != nil {
		return fmt.Errorf("find addresses that letters have no use for: %w", err)
	}
	for _, email := range list {
		if err := b.Forget(tx, email); err != nil {
			return err
		}
	}
	return nil
}

// Forget leaves the mark of an address, so that nobody makes it be asked again.
func (b Book) Forget(tx *db.Tx, email string) error {
	if email == "" { // members' watches have none
		return nil
	}
	_, err := tx.Exec(`UPDATE reply_addresses SET email = $1, confirmed_at = NULL, refused_at = NULL WHERE email = $2`, b.mark(email), email)
	if err == nil {
		_, err = tx.Exec(`DELETE FROM reply_watches WHERE email = $1`, email)
	}
	if err != nil {
		return fmt.Errorf("forget an address: %w", err)
	}
	return nil
}
