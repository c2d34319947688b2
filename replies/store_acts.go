package replies

import (
	"encoding/json"
	"fmt"
	"time"

	"waypost/internal/db"
)

// checkOf reads what only moderators see of a reply.
func checkOf(tx *db.Tx, id string) (check, error) {
	var c check
	var onForm int64
	var reasons string
	err := tx.QueryRow(`SELECT email, network, agent, on_form, coalesce(same, ''), likeness, verdict, probability, reasons, held, reports, decided_at IS NOT NULL FROM reply_checks WHERE reply_id = $1`, id).
		Scan(&c.email, &c.network, &c.agent, &onForm, &c.same, &c.likeness, &c.verdict.Kind, &c.verdict.Probability, &reasons, &c.held, &c.reports, &c.decided)
	if err != nil {
		return c, fmt.Errorf("read the check of reply %s: %w", id, err)
	}
	c.onForm = time.Duration(onForm) * time.Millisecond
	return c, json.Unmarshal([]byte(reasons), &c.verdict.Reasons)
}

// act is a row of reply_acts.
type act struct {
	id, replyID string
	act         Act
	was         State
	held        Held
}

func insertAct(tx *db.Tx, id, batch, account string, a Act, r Reply, held Held, now time.Time) error {
	_, err := tx.Exec(`INSERT INTO reply_acts (id, batch, reply_id, account_id, act, was, held, at, moved_at, reports)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, (SELECT moved_at FROM reply_checks WHERE reply_id = $3), (SELECT reports FROM reply_checks WHERE reply_id = $3))`,
		id, batch, r.ID, db.OrNull(account), a, r.State, held, now.UnixMilli())
	if err != nil {
		return fmt.Errorf("note what a moderator did: %w", err)
	}
	return nil
}

func actsIn(tx *db.Tx, batch string) ([]act, error) {
	list, err := db.List(tx, func(r db.Row) (act, error) {
		var a act
		return a, r.Scan(&a.id, &a.replyID, &a.act, &a.was, &a.held)
	}, `SELECT id, reply_id, act, was, held FROM reply_acts WHERE batch = $1 AND undone_at IS NULL ORDER BY id DESC`, batch)
	if err != nil {
		return nil, fmt.Errorf("read what was decided: %w", err)
	}
	return list, nil
}

// latestActs finds the last decision on a reply that stands, and who made the one before
// it, if anybody.
func latestActs(tx *db.Tx, replyID string) (latest, before string, err error) {
	last, err := db.List(tx, func(r db.Row) ([2]string, error) {
		var a [2]string
		return a, r.Scan(&a[0], &a[1])
	}, `SELECT id, coalesce(account_id, '') FROM reply_acts WHERE reply_id = $1 AND undone_at IS NULL ORDER BY id DESC LIMIT 2`, replyID)
	if err != nil {
		return "", "", fmt.Errorf("find the last decision on reply %s: %w", replyID, err)
	}
	if len(last) > 0 {
		latest = last[0][0]
	}
	if len(last) > 1 {
		before = last[1][1]
	}
	return latest, before, nil
}

// outdated reports that all labels of a reply were made of an earlier text.
func outdated(tx *db.Tx, r Reply) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT coalesce((SELECT max(at) FROM spam_labels WHERE subject = $1 AND void_at IS NULL), 0) < $2`, r.ID, r.Edited.UnixMilli()))
}

func markUndone(tx *db.Tx, id string, now time.Time) error {
	_, err := tx.Exec(`UPDATE reply_acts SET undone_at = $1 WHERE id = $2`, now.UnixMilli(), id)
	return err
}
