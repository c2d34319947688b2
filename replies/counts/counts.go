// Package counts keeps what is counted of the replies to a story and to a reply: those that
// readers see, and the places that were given away. It knows which stories are closed, too.
package counts

import (
	"fmt"

	"waypost/internal/db"
	"waypost/replies/places"
)

// NextThread counts another thread under a story.
func NextThread(tx *db.Tx, storyID string) (int64, error) {
	return db.Value[int64](tx.QueryRow(`INSERT INTO story_replies (story_id, published, threads, closed) VALUES ($1, 0, 1, FALSE)
		ON CONFLICT (story_id) DO UPDATE SET threads = story_replies.threads + 1 RETURNING threads`, storyID))
}

// NextAnswer counts another answer to a reply.
func NextAnswer(tx *db.Tx, id string) (int64, error) {
	return db.Value[int64](tx.QueryRow(`UPDATE replies SET answers = answers + 1 WHERE id = $1 RETURNING answers`, id))
}

// Seen takes a reply that came into readers' sight (1) or went out of it (-1) into the
// counts of its story and of those above it.
func Seen(tx *db.Tx, storyID, place string, by int) error {
	_, err := tx.Exec(`INSERT INTO story_replies (story_id, published, threads, closed) VALUES ($1, $2, 0, FALSE)
		ON CONFLICT (story_id) DO UPDATE SET published = story_replies.published + $2`, storyID, by)
	if err != nil {
		return fmt.Errorf("count the replies to a story: %w", err)
	}
	over := places.Above(place)
	if len(over) == 0 {
		return nil
	}
	in, args := db.In(3, over)
	_, err = tx.Exec(`UPDATE replies SET below = below + $1, shown = (state = 'published' OR below + $1 > 0) WHERE story_id = $2 AND place IN `+in,
		append([]any{by, storyID}, args...)...)
	if err != nil {
		return fmt.Errorf("count the answers to a reply: %w", err)
	}
	return nil
}

// Closed reports that a story was closed to replies by hand.
func Closed(tx *db.Tx, storyID string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT coalesce((SELECT closed FROM story_replies WHERE story_id = $1), FALSE)`, storyID))
}

// Close stops or takes up replies to a story; false if that was done before.
func Close(tx *db.Tx, storyID string, shut bool) (bool, error) {
	n, err := tx.Exec(`INSERT INTO story_replies (story_id, published, threads, closed) VALUES ($1, 0, 0, $2)
		ON CONFLICT (story_id) DO UPDATE SET closed = $2 WHERE story_replies.closed <> $2`, storyID, shut)
	if err != nil {
		return false, fmt.Errorf("close a story to replies: %w", err)
	}
	return n > 0, nil
}
