package related

import (
	"encoding/json"
	"time"

	"waypost/internal/db"
	"waypost/stories/terms"
)

// ReplaceTerms writes the words of a story.
func ReplaceTerms(tx *db.Tx, id string, published time.Time, words []terms.Term) error {
	if _, err := tx.Exec(`DELETE FROM story_terms WHERE story_id = $1`, id); err != nil {
		return err
	}
	for _, t := range words {
		_, err := tx.Exec(`INSERT INTO story_terms (story_id, term, weight, shown, published_at) VALUES ($1, $2, $3, $4, $5)`,
			id, t.Word, t.Weight, t.Shown, published.UnixMilli())
		if err != nil {
			return err
		}
	}
	return nil
}

// Put writes an entry of a list; Trim then drops what does not fit.
func Put(tx *db.Tx, l Link) error {
	topics, words, err := l.documents()
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO story_related (story_id, related_id, score, topics, words) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (story_id, related_id) DO UPDATE SET score = excluded.score, topics = excluded.topics, words = excluded.words`,
		l.Of, l.To, l.Score, topics, words)
	return err
}

// Trim keeps the best of a list.
func Trim(tx *db.Tx, id string) error {
	_, err := tx.Exec(`DELETE FROM story_related WHERE story_id = $1 AND related_id NOT IN (
		SELECT related_id FROM story_related WHERE story_id = $1 ORDER BY score DESC, related_id DESC LIMIT $2)`, id, MostShown)
	return err
}

// Drop takes an entry out of a list.
func Drop(tx *db.Tx, of, to string) error {
	_, err := tx.Exec(`DELETE FROM story_related WHERE story_id = $1 AND related_id = $2`, of, to)
	return err
}

// ReplaceResources writes the resources beside a story, one transaction after the other:
// two could find none there and both write the same.
func ReplaceResources(tx *db.Tx, id string, list []Link) error {
	if _, err := db.List(tx, db.Value[string], `SELECT id FROM stories WHERE id = $1`+tx.Locked(), id); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM story_resources WHERE story_id = $1`, id); err != nil {
		return err
	}
	for _, l := range list {
		topics, words, err := l.documents()
		if err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO story_resources (story_id, resource_id, score, topics, words) VALUES ($1, $2, $3, $4, $5)`,
			l.Of, l.To, l.Score, topics, words)
		if err != nil {
			return err
		}
	}
	return nil
}

// DropAll takes a story out of related reading, on both sides.
func DropAll(tx *db.Tx, id string) error {
	for _, statement := range []string{
		`DELETE FROM story_terms WHERE story_id = $1`,
		`DELETE FROM story_related WHERE story_id = $1`,
		`DELETE FROM story_related WHERE related_id = $1`,
		`DELETE FROM story_resources WHERE story_id = $1`,
	} {
		if _, err := tx.Exec(statement, id); err != nil {
			return err
		}
	}
	return nil
}

// documents are the reasons as the tables hold them.
func (l Link) documents() (topics, words string, err error) {
	t, err := json.Marshal(append([]string{}, l.Topics...))
	if err != nil {
		return "", "", err
	}
	w, err := json.Marshal(append([]string{}, l.Words...))
	return string(t), string(w), err
}
