package stories

import (
	"fmt"

	"waypost/internal/db"
	"waypost/internal/jobs"
)

const selectNeighbours = `SELECT 0, id FROM (SELECT id FROM stories WHERE state = 'published' AND (published_at, id) < ($1, $2)
			ORDER BY published_at DESC, id DESC LIMIT 1) AS older
		UNION ALL SELECT 1, id FROM (SELECT id FROM stories WHERE state = 'published' AND (published_at, id) > ($1, $2)
			ORDER BY published_at, id LIMIT 1) AS newer`

// Neighbours are the IDs of the published stories just before and just after one in
// time, "" at the ends.
func Neighbours(tx *db.Tx, st Story) (previous, next string, err error) {
	at, id := KeyOf(st).values()
	_, err = db.List(tx, func(r db.Row) (struct{}, error) {
		var side int
		var found string
		err := r.Scan(&side, &found)
		if side == 0 {
			previous = found
		} else {
			next = found
		}
		return struct{}{}, err
	}, selectNeighbours, at, id)
	if err != nil {
		return "", "", fmt.Errorf("find the neighbours of story %s: %w", st.ID, err)
	}
	return previous, next, nil
}

// Unchanged reports that a story is still at the version and in the state it was read in.
func Unchanged(tx *db.Tx, st Story) (bool, error) {
	var same bool
	err := tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM stories WHERE id = $1 AND version = $2 AND state = $3)`, st.ID, st.Version, st.State).Scan(&same)
	return same, err
}

// Source reads a story's text as somebody wrote it.
func Source(tx *db.Tx, id string) (f Format, body string, err error) {
	err = tx.QueryRow(`SELECT format, body FROM story_texts WHERE story_id = $1`, id).Scan(&f, &body)
	return f, body, err
}

// Recompute asks for the lists of stories to be made anew. Only their own lists:
// otherwise one change could run through all
func (s *Service) Recompute(tx *db.Tx, ids []string) error {
	for _, id := range ids {
		if err := s.Jobs.Enqueue(tx, JobChanged, Changed{ID: id, Lost: true}, jobs.Once("related:"+id)); err != nil {
			return err
		}
	}
	return nil
}
