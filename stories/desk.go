package stories

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"waypost/internal/db"
	"waypost/members"
)

// Place is a place in a list by last change, from new to old. The zero value is its start.
type Place struct {
	Changed time.Time
	ID      string
}

func (p Place) values() (int64, string) {
	if p.Changed.IsZero() {
		return 1 << 62, lastID
	}
	return p.Changed.UnixMilli(), p.ID
}

// Recent lists the stories that somebody may read behind their sign-in, by their last
// change, behind a place: for editors all but what is others' alone, for members their
// own. The empty state is any.
func (s *Service) Recent(tx *db.Tx, by members.Actor, state State, after Place, limit int) ([]Story, error) {
	list, err := s.own(tx, by, state, after, limit)
	if err != nil || !by.May(members.ReviewStories) {
		return list, err
	}
	shared, err := s.shared(tx, by, state, after, limit)
	if err != nil {
		return nil, err
	}
	return newest(append(list, shared...), limit), nil
}

// shared lists what editors see.
func (s *Service) shared(tx *db.Tx, by members.Actor, state State, after Place, limit int) ([]Story, error) {
	at, id := after.values()
	if state != "" {
		return s.listed(tx, `SELECT `+columns+` FROM stories WHERE state = $1 AND private = FALSE AND (updated_at, id) < ($2, $3)
			ORDER BY updated_at DESC, id DESC LIMIT $4`, state, at, id, limit)
	}
	return s.listed(tx, `SELECT `+columns+` FROM stories WHERE private = FALSE AND (updated_at, id) < ($1, $2)
		ORDER BY updated_at DESC, id DESC LIMIT $3`, at, id, limit)
}

// own lists what somebody began or stands in the byline of. What is private is looked
// for by itself for an editor, whose other stories are in the shared list.
func (s *Service) own(tx *db.Tx, by members.Actor, state State, after Place, limit int) ([]Story, error) {
	at, id := after.values()
	narrow, args := "", []any{at, id, limit, by.AccountID}
	if state != "" {
		narrow, args = ` AND state = $5`, append(args, state)
	}
	if by.May(members.ReviewStories) {
		narrow += ` AND private`
	}
	began, err := s.listed(tx, `SELECT `+columns+` FROM stories WHERE account_id = $4 AND (updated_at, id) < ($1, $2)`+narrow+`
		ORDER BY updated_at DESC, id DESC LIMIT $3`, args...)
	if err != nil || by.ProfileID == "" {
		return began, err
	}
	args[3] = by.ProfileID
	unlisted := ""
	if by.May(members.ReviewStories) {
		unlisted = ` AND published_at IS NULL` // what is private is in no list
	}
	wrote, err := s.listed(tx, `SELECT `+columns+` FROM stories WHERE id IN (SELECT story_id FROM story_authors WHERE profile_id = $4`+unlisted+`)
		AND (updated_at, id) < ($1, $2)`+narrow+` ORDER BY updated_at DESC, id DESC LIMIT $3`, args...)
	return newest(append(began, wrote...), limit), err
}

// newest are the first of several lists by last change, each story once.
func newest(list []Story, limit int) []Story {
	slices.SortFunc(list, func(a, b Story) int { return cmp.Or(b.Updated.Compare(a.Updated), cmp.Compare(b.ID, a.ID)) })
	list = slices.CompactFunc(list, func(a, b Story) bool { return a.ID == b.ID })
	return list[:min(len(list), limit)]
}

// CountStates counts the stories in each state that editors see. The published are many,
// and counted already, by month.
func (s *Service) CountStates(tx *db.Tx) (map[State]int, error) {
	counts := map[State]int{}
	for _, state := range States() {
		query, arg := `SELECT count(*) FROM stories WHERE state = $1 AND private = FALSE`, string(state)
		if state == Published {
			query, arg = `SELECT CAST(COALESCE(sum(n), 0) AS BIGINT) FROM story_counts WHERE kind = $1`, countMonth
		}
		n, err := db.Value[int](tx.QueryRow(query, arg))
		if err != nil {
			return nil, fmt.Errorf("count stories: %w", err)
		}
		counts[state] = n
	}
	return counts, nil
}

// Waiting narrows the queue of stories in review. Empty values are any.
type Waiting struct {
	Topic    string // a topic's ID
	Language string
}

// WaitingKey is a place in the queue, from old to new. The zero value is its start.
type WaitingKey struct {
	Submitted time.Time
	ID        string
}

// Queue lists the stories that wait for review, those that wait longest first, from
// after a key on.
func (s *Service) Queue(tx *db.Tx, w Waiting, after WaitingKey, limit int) ([]Story, error) {
	var at int64
	if !after.Submitted.IsZero() {
		at = after.Submitted.UnixMilli()
	}
	if w.Topic != "" {
		return s.queueOf(tx, w, at, after.ID, limit)
	}
	args, only := []any{at, after.ID, limit}, ""
	if w.Language != "" {
		args, only = append(args, w.Language), ` AND language = $4`
	}
	return s.listed(tx, `SELECT `+columns+` FROM stories WHERE state = 'in_review'`+only+` AND (submitted_at, id) > ($1, $2)
		ORDER BY submitted_at, id LIMIT $3`, args...)
}

// queueOf is the queue under a topic. The limit is inside, on the index alone, unless a
// language is asked for as well.
func (s *Service) queueOf(tx *db.Tx, w Waiting, at int64, id string, limit int) ([]Story, error) {
	inner := `SELECT t.story_id FROM story_topics t WHERE t.topic_id = $1 AND t.submitted_at IS NOT NULL AND (t.submitted_at, t.story_id) > ($2, $3)`
	args := []any{w.Topic, at, id, limit}
	if w.Language != "" {
		inner += ` AND EXISTS (SELECT 1 FROM stories l WHERE l.id = t.story_id AND l.language = $5)`
		args = append(args, w.Language)
	}
	return s.listed(tx, `SELECT `+columns+` FROM stories WHERE id IN (`+inner+` ORDER BY t.submitted_at, t.story_id LIMIT $4) ORDER BY submitted_at, id`, args...)
}

// mostCounted is how far the queue is counted: beyond, it is simply long.
const mostCounted = 100

// CountWaiting counts the stories in review, up to a hundred.
func (s *Service) CountWaiting(tx *db.Tx) (int, error) {
	var n int
	err := tx.QueryRow(`SELECT count(*) FROM (SELECT 1 FROM stories WHERE state = 'in_review' LIMIT $1) AS waiting`, mostCounted).Scan(&n)
	return n, err
}
