// Package tally counts what is in a part of the moderators' queue, story by story.
package tally

import (
	"fmt"
	"strings"

	"waypost/internal/db"
	"waypost/replies"
	"waypost/replies/reported"
)

// OfStory is a story with how many of its replies are in the part.
type OfStory struct {
	StoryID string
	Count   int
}

// mostCounted is how many replies of the part are counted, the latest of them.
const mostCounted = 10_000

// ByStory lists the stories that have replies in a state, or that somebody is to look at
// again, those with most first; none for replies of any state.
func ByStory(tx *db.Tx, f replies.Filter, limit int) ([]OfStory, error) {
	where := []string{`erased_at IS NULL`}
	if f.State != "" {
		where = append(where, `state = `+db.Literal(string(f.State)))
	}
	if f.Again {
		where = append(where, `id IN (`+reported.Again+`)`)
	}
	if len(where) == 1 {
		return nil, nil
	}
	list, err := db.List(tx, func(row db.Row) (OfStory, error) {
		var s OfStory
		return s, row.Scan(&s.StoryID, &s.Count)
	}, `SELECT story_id, count(*) FROM (SELECT story_id FROM replies WHERE `+strings.Join(where, ` AND `)+` ORDER BY id DESC LIMIT $1) AS latest
		GROUP BY story_id ORDER BY count(*) DESC, story_id LIMIT $2`, mostCounted, limit)
	if err != nil {
		return nil, fmt.Errorf("count replies by story: %w", err)
	}
	return list, nil
}
