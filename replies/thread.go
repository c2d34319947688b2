package replies

import (
	"fmt"

	"waypost/internal/db"
	"waypost/replies/places"
)

// Key is where a page of a story's replies goes on: behind this reply.
type Key struct{ Thread, Place string }

// KeyAfter is the key behind a reply.
func KeyAfter(r Reply) Key { return Key{thread(r.Place), r.Place} }

// Valid reports that a key could be one of ours.
func (k Key) Valid() bool {
	return places.Valid(k.Thread) && places.Valid(k.Place) && thread(k.Place) == k.Thread
}

// Talk is what a story's page says of its replies.
type Talk struct {
	Published int
	Closed    bool // by hand
}

// TalkOf reads it.
func (s *Service) TalkOf(tx *db.Tx, storyID string) (Talk, error) {
	var t Talk
	err := tx.QueryRow(`SELECT published, closed FROM story_replies WHERE story_id = $1`, storyID).Scan(&t.Published, &t.Closed)
	if db.Missing(err) {
		return t, nil
	}
	if err != nil {
		return t, fmt.Errorf("count the replies to a story: %w", err)
	}
	return t, nil
}

// Thread lists replies to a story as readers see them, threads in order, each answer
// beneath what it answers: published ones, and empty places that something published
// answers. There is one more than limit if it goes on.
func (s *Service) Thread(tx *db.Tx, storyID string, newest bool, from Key, limit int) ([]Reply, error) {
	where, order := `TRUE`, `r.thread, r.place`
	args := []any{storyID, limit + 1}
	switch {
	case newest:
		order = `r.thread DESC, r.place`
		if from.Place != "" {
			where = `r.thread <= $3 AND (r.thread < $3 OR r.place > $4)`
			args = append(args, from.Thread, from.Place)
		}
	case from.Place != "":
		where = `(r.thread, r.place) > ($3, $4)`
		args = append(args, from.Thread, from.Place)
	}
	return s.list(tx, `r.story_id = $1 AND r.shown AND `+where+` ORDER BY `+order+` LIMIT $2`, args...)
}

// Beneath lists a reply and what answers it, as Thread does.
func (s *Service) Beneath(tx *db.Tx, r Reply, from string, limit int) ([]Reply, error) {
	if from == "" {
		return s.list(tx, `r.story_id = $1 AND r.shown AND r.thread = $3 AND r.place >= $4 AND r.place < $5 ORDER BY r.place LIMIT $2`,
			r.StoryID, limit+1, thread(r.Place), r.Place, places.After(r.Place))
	}
	return s.list(tx, `r.story_id = $1 AND r.shown AND r.thread = $3 AND r.place > $4 AND r.place < $5 ORDER BY r.place LIMIT $2`,
		r.StoryID, limit+1, thread(r.Place), from, places.After(r.Place))
}

// Over lists what a reply answers, the thread's first reply first.
func (s *Service) Over(tx *db.Tx, r Reply) ([]Reply, error) {
	over := places.Above(r.Place)
	if len(over) == 0 {
		return nil, nil
	}
	in, args := db.In(2, over)
	return s.list(tx, `r.story_id = $1 AND r.place IN `+in+` ORDER BY r.place`, append([]any{r.StoryID}, args...)...)
}

// Latest lists the newest published replies to a story, "" for all, for feeds.
func (s *Service) Latest(tx *db.Tx, storyID string, limit int) ([]Reply, error) {
	if storyID == "" {
		return s.list(tx, `r.state = 'published' AND r.erased_at IS NULL ORDER BY r.written_at DESC, r.id DESC LIMIT $1`, limit)
	}
	return s.list(tx, `r.state = 'published' AND r.erased_at IS NULL AND r.story_id = $2 ORDER BY r.written_at DESC, r.id DESC LIMIT $1`, limit, storyID)
}

// ByID finds a reply that readers see, with its place in the thread; NotFound otherwise.
func (s *Service) ByID(tx *db.Tx, id string) (Reply, error) {
	r, err := byID(tx, id)
	if db.Missing(err) || err == nil && (r.State != Published || r.Erased) {
		return Reply{}, notFound()
	}
	return r, err
}

// Any finds a reply whatever became of it, for its writer and for moderators.
func (s *Service) Any(tx *db.Tx, id string) (Reply, error) {
	r, err := byID(tx, id)
	if db.Missing(err) {
		return Reply{}, notFound()
	}
	return r, err
}

func (s *Service) list(tx *db.Tx, where string, args ...any) ([]Reply, error) {
	list, err := db.List(tx, scanReply, `SELECT `+columns+` FROM replies r WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list replies: %w", err)
	}
	for i := range list {
		if list[i].State != Published || list[i].Erased {
			list[i] = list[i].hollow()
		}
	}
	return list, nil
}

// hollow is the empty place of a reply that readers may not see.
func (r Reply) hollow() Reply {
	return Reply{ID: r.ID, StoryID: r.StoryID, ParentID: r.ParentID, Place: r.Place, Depth: r.Depth, State: r.State, Below: r.Below, Erased: true}
}
