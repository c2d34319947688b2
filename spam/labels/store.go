package labels

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/spam"
)

// stored is a row of spam_labels as the fold reads it.
type stored struct {
	seq       int64
	subject   string
	spam      bool
	features  []byte
	extractor int64
}

// next numbers a change. Whoever changes next waits until this one is committed, so the
// numbers stand in the order of commits.
func next(tx *db.Tx) (int64, error) {
	return db.Value[int64](tx.QueryRow(`INSERT INTO spam_head (id, seq) VALUES ('labels', 1)
		ON CONFLICT (id) DO UPDATE SET seq = spam_head.seq + 1 RETURNING seq`))
}

// wait lets changes that are not committed yet be so, and those after this one wait.
func wait(tx *db.Tx) error {
	_, err := tx.Exec(`UPDATE spam_head SET seq = seq WHERE id = 'labels'`)
	return err
}

func headOf(tx *db.Tx) (int64, error) {
	seq, err := db.Value[int64](tx.QueryRow(`SELECT seq FROM spam_head WHERE id = 'labels'`))
	if db.Missing(err) {
		return 0, nil
	}
	return seq, err
}

func noteChange(tx *db.Tx, seq, since int64) error {
	_, err := tx.Exec(`INSERT INTO spam_changes (seq, since) VALUES ($1, $2)`, seq, since)
	if err != nil {
		return fmt.Errorf("note that labels changed: %w", err)
	}
	return nil
}

// changedSince is the first label that a change after seq altered, 0 if none did.
func changedSince(tx *db.Tx, seq int64) (int64, error) {
	return db.Value[int64](tx.QueryRow(`SELECT coalesce(min(since), 0) FROM spam_changes WHERE seq > $1`, seq))
}

func insert(tx *db.Tx, seq int64, l Label, features []byte, now time.Time) error {
	_, err := tx.Exec(`INSERT INTO spam_labels (seq, subject, batch, source, account_id, spam, verdict, features, extractor, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		seq, l.Subject, l.Batch, l.Source, db.OrNull(l.AccountID), l.Spam, l.Verdict, features, spam.Version, now.UnixMilli())
	if err != nil {
		return fmt.Errorf("write a label: %w", err)
	}
	return nil
}

// firstOf is the first label of some subjects, 0 if they have none.
func firstOf(tx *db.Tx, subjects []string) (int64, error) {
	list, args := db.In(1, subjects)
	first, err := db.Value[int64](tx.QueryRow(`SELECT coalesce(min(seq), 0) FROM spam_labels WHERE subject IN `+list, args...))
	if err != nil {
		return 0, fmt.Errorf("find earlier labels: %w", err)
	}
	return first, nil
}

func void(tx *db.Tx, batch string, subjects []string, now time.Time) error {
	list, args := db.In(3, subjects)
	if _, err := tx.Exec(`UPDATE spam_labels SET void_at = $1 WHERE batch = $2 AND void_at IS NULL AND subject IN `+list, append([]any{now.UnixMilli(), batch}, args...)...); err != nil {
		return fmt.Errorf("take labels back: %w", err)
	}
	return nil
}

// firstOfAccount is the first label of what an account judged since a moment, 0 for none.
func firstOfAccount(tx *db.Tx, accountID string, since time.Time) (int64, error) {
	first, err := db.Value[int64](tx.QueryRow(`SELECT coalesce(min(seq), 0) FROM spam_labels WHERE subject IN
		(SELECT subject FROM spam_labels WHERE account_id = $1 AND at >= $2 AND void_at IS NULL)`, accountID, since.UnixMilli()))
	if err != nil {
		return 0, fmt.Errorf("find the labels of an account: %w", err)
	}
	return first, nil
}

// CountOf is how many decisions of one account since a moment may be taken back.
func CountOf(tx *db.Tx, accountID string, since time.Time) (int64, error) {
	n, err := db.Value[int64](tx.QueryRow(`SELECT count(*) FROM spam_labels WHERE account_id = $1 AND at >= $2 AND void_at IS NULL`, accountID, since.UnixMilli()))
	if err != nil {
		return 0, fmt.Errorf("count the labels of an account: %w", err)
	}
	return n, nil
}

func voidOf(tx *db.Tx, accountID string, since, now time.Time) (int64, error) {
	n, err := tx.Exec(`UPDATE spam_labels SET void_at = $1 WHERE account_id = $2 AND at >= $3 AND void_at IS NULL`,
		now.UnixMilli(), accountID, since.UnixMilli())
	if err != nil {
		return 0, fmt.Errorf("take the labels of an account back: %w", err)
	}
	return n, nil
}

func remove(tx *db.Tx, subjects []string) error {
	list, args := db.In(1, subjects)
	if _, err := tx.Exec(`DELETE FROM spam_labels WHERE subject IN `+list, args...); err != nil {
		return fmt.Errorf("forget labels: %w", err)
	}
	return nil
}

// live are the labels that count: the last of each subject that is not void.
const live = `l.void_at IS NULL AND NOT EXISTS (SELECT 1 FROM spam_labels newer
	WHERE newer.subject = l.subject AND newer.seq > l.seq AND newer.void_at IS NULL)`

func scan(r db.Row) (stored, error) {
	var l stored
	return l, r.Scan(&l.seq, &l.subject, &l.spam, &l.features, &l.extractor)
}

func liveAfter(tx *db.Tx, seq int64, most int) ([]stored, error) {
	return db.List(tx, scan, `SELECT l.seq, l.subject, l.spam, l.features, l.extractor FROM spam_labels l
		WHERE l.seq > $1 AND `+live+` ORDER BY l.seq LIMIT $2`, seq, most)
}

func ofOtherVersions(tx *db.Tx, version int64) ([]stored, error) {
	return db.List(tx, scan, `SELECT l.seq, l.subject, l.spam, l.features, l.extractor FROM spam_labels l
		WHERE l.extractor <> $1 AND l.void_at IS NULL ORDER BY l.seq`, version)
}

// Unread counts the labels that stand and were read by another version of the filter, so
// that the model cannot know of them: those that Rebuild of this one could still find the
// texts of.
func Unread(tx *db.Tx) (int, error) {
	n, err := db.Value[int](tx.QueryRow(`SELECT count(*) FROM spam_labels l WHERE l.extractor <> $1
		AND l.seq > coalesce((SELECT seq FROM spam_head WHERE id = $2), 0) AND `+live, spam.Version, readBy()))
	if err != nil {
		return 0, fmt.Errorf("count labels of other versions: %w", err)
	}
	return n, nil
}

// readBy is where spam_head has the last label that this version has looked for the text of.
func readBy() string { return fmt.Sprint("read by version ", spam.Version) }

func noteRead(tx *db.Tx, seq int64) error {
	_, err := tx.Exec(`INSERT INTO spam_head (id, seq) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq`, readBy(), seq)
	return err
}

func replaceFeatures(tx *db.Tx, seq int64, features []byte, version int64) error {
	_, err := tx.Exec(`UPDATE spam_labels SET features = $1, extractor = $2 WHERE seq = $3`, features, version, seq)
	return err
}
