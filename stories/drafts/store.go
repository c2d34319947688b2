package drafts

import (
	"fmt"
	"time"

	"waypost/internal/db"
)

const headColumns = `story_id, base_version, writer, sequence, title, saved_at, dropped`

func scanHead(r db.Row) (Draft, error) {
	var d Draft
	var saved int64
	err := r.Scan(&d.StoryID, &d.Base, &d.Writer, &d.Sequence, &d.Title, &saved, &d.Dropped)
	d.Saved = time.UnixMilli(saved)
	return d, err
}

// head reads a draft without its document.
func head(tx *db.Tx, accountID, storyID string) (Draft, error) {
	return scanHead(tx.QueryRow(`SELECT `+headColumns+` FROM story_drafts WHERE story_id = $1 AND account_id = $2`, storyID, accountID))
}

func whole(tx *db.Tx, accountID, storyID string) (Draft, error) {
	var d Draft
	var saved int64
	err := tx.QueryRow(`SELECT `+headColumns+`, document FROM story_drafts WHERE story_id = $1 AND account_id = $2`, storyID, accountID).
		Scan(&d.StoryID, &d.Base, &d.Writer, &d.Sequence, &d.Title, &saved, &d.Dropped, &d.Document)
	d.Saved = time.UnixMilli(saved)
	return d, err
}

func values(accountID string, d Draft) []any {
	return []any{d.StoryID, accountID, d.Base, d.Writer, d.Sequence, d.Title, d.Document, d.Saved.UnixMilli()}
}

// replace stores a draft over an older one of the same writer, or over one that its
// writer has seen.
func replace(tx *db.Tx, accountID string, d Draft, after int64) (bool, error) {
	n, err := tx.Exec(`UPDATE story_drafts SET base_version = $3, writer = $4, sequence = $5, title = $6, document = $7, saved_at = $8, dropped = FALSE
		WHERE story_id = $1 AND account_id = $2 AND sequence < $5 AND (writer = $4 OR sequence <= $9)`, append(values(accountID, d), after)...)
	if err != nil {
		return false, fmt.Errorf("keep what was typed of story %s: %w", d.StoryID, err)
	}
	return n == 1, nil
}

// insert stores the first draft of an account and a story, unless there is one.
func insert(tx *db.Tx, accountID string, d Draft) (bool, error) {
	n, err := tx.Exec(`INSERT INTO story_drafts (story_id, account_id, base_version, writer, sequence, title, document, saved_at, dropped)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE) ON CONFLICT (story_id, account_id) DO NOTHING`, values(accountID, d)...)
	if err != nil {
		return false, fmt.Errorf("keep what was typed first of story %s: %w", d.StoryID, err)
	}
	return n == 1, nil
}

func unsaved(tx *db.Tx, accountID string) ([]Draft, error) {
	list, err := db.List(tx, scanHead, `SELECT `+headColumns+` FROM story_drafts d WHERE account_id = $1 AND base_version = 0
		AND dropped = FALSE AND NOT EXISTS (SELECT 1 FROM stories s WHERE s.id = d.story_id) ORDER BY saved_at DESC, story_id DESC`, accountID)
	if err != nil {
		return nil, fmt.Errorf("read what was typed of new stories: %w", err)
	}
	return list, nil
}

func countUnsaved(tx *db.Tx, accountID string) (n int, err error) {
	err = tx.QueryRow(`SELECT count(*) FROM story_drafts WHERE account_id = $1 AND base_version = 0 AND dropped = FALSE`, accountID).Scan(&n)
	return n, err
}

// sweep removes what an account dropped before a time.
func sweep(tx *db.Tx, accountID string, before time.Time) error {
	if _, err := tx.Exec(`DELETE FROM story_drafts WHERE account_id = $1 AND dropped = TRUE AND saved_at < $2`, accountID, before.UnixMilli()); err != nil {
		return fmt.Errorf("remove what was dropped long ago: %w", err)
	}
	return nil
}

func setDropped(tx *db.Tx, accountID, storyID string, dropped bool) (bool, error) {
	n, err := tx.Exec(`UPDATE story_drafts SET dropped = $3 WHERE story_id = $1 AND account_id = $2`, storyID, accountID, dropped)
	if err != nil {
		return false, fmt.Errorf("drop what was typed of story %s: %w", storyID, err)
	}
	return n == 1, nil
}

func remove(tx *db.Tx, accountID, storyID string) error {
	if _, err := tx.Exec(`DELETE FROM story_drafts WHERE story_id = $1 AND account_id = $2`, storyID, accountID); err != nil {
		return fmt.Errorf("settle what was typed of story %s: %w", storyID, err)
	}
	return nil
}
