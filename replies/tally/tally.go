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

// mostCounted is how many replies of the part are counted, the latest of them where it is
// that of all stories.
const mostCounted = 10_000

// In counts the replies to a story that are not published, by their states, and under
// another name those that somebody is to look at again.
func In(tx *db.Tx, storyID string, again replies.State) (map[replies.State]int, error) {
	counts := map[replies.State]int{}
	count := func(as replies.State, where string) error {
		n, err := db.Value[int](tx.QueryRow(`SELECT count(*) FROM (SELECT 1 FROM replies WHERE story_id = $1 AND erased_at IS NULL AND `+where+` LIMIT $2) AS counted`, storyID, mostCounted))
		if err != nil {
			return fmt.Errorf("count replies to a story: %w", err)
		}
		counts[as] = n
		return nil
	}
	for _, state := range replies.States() {
		if state == replies.Published {
			continue
		}
		if err := count(state, `state = `+db.Literal(string(state))); err != nil {
			return nil, err
		}
	}
	return counts, count(again, `id IN (`+reported.Again+`)`)
}

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
