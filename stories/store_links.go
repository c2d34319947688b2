package stories

import (
	"encoding/json"
	"time"

	"waypost/internal/db"
	"waypost/stories/terms"
)

// unchanged reports that a story is still at the version and in the state it was read in.
func unchanged(tx *db.Tx, st Story) (bool, error) {
	var same bool
	err := tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM stories WHERE id = $1 AND version = $2 AND state = $3)`, st.ID, st.Version, st.State).Scan(&same)
	return same, err
}

func replaceTerms(tx *db.Tx, id string, published time.Time, words []terms.Term) error {
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

// upsertRelated writes an entry of a list; trimRelated then drops what does not fit.
func upsertRelated(tx *db.Tx, l link) error {
	topics, words, err := l.documents()
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO story_related (story_id, related_id, score, topics, words) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (story_id, related_id) DO UPDATE SET score = excluded.score, topics = excluded.topics, words = excluded.words`,
		l.of, l.to, l.score, topics, words)
	return err
}

// trimRelated keeps the best of a list.
func trimRelated(tx *db.Tx, id string) error {
	_, err := tx.Exec(`DELETE FROM story_related WHERE story_id = $1 AND related_id NOT IN (
		SELECT related_id FROM story_related WHERE story_id = $1 ORDER BY score DESC, related_id DESC LIMIT $2)`, id, mostShown)
	return err
}

func deleteRelated(tx *db.Tx, of, to string) error {
	_, err := tx.Exec(`DELETE FROM story_related WHERE story_id = $1 AND related_id = $2`, of, to)
	return err
}

func replaceResources(tx *db.Tx, id string, list []link) error {
	if _, err := tx.Exec(`DELETE FROM story_resources WHERE story_id = $1`, id); err != nil {
		return err
	}
	for _, l := range list {
		topics, words, err := l.documents()
		if err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO story_resources (story_id, resource_id, score, topics, words) VALUES ($1, $2, $3, $4, $5)`,
			l.of, l.to, l.score, topics, words)
		if err != nil {
			return err
		}
	}
	return nil
}

// deleteRelations takes a story out of related reading, on both sides.
func deleteRelations(tx *db.Tx, id string) error {
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
func (l link) documents() (topics, words string, err error) {
	t, err := json.Marshal(append([]string{}, l.topics...))
	if err != nil {
		return "", "", err
	}
	w, err := json.Marshal(append([]string{}, l.words...))
	return string(t), string(w), err
}
