package stories

import (
	"encoding/json"

	"waypost/internal/db"
)

const selectOutdated = `SELECT ` + columns + ` FROM stories WHERE id IN (
	SELECT story_id FROM story_texts WHERE (renderer < $1 OR renderer > $1) AND story_id > $2 ORDER BY story_id LIMIT $3)
	ORDER BY id`

// markShowing makes a text's renderer one that never was, each time another: so a
// rendering that was begun before the mark is not taken for one of after it.
func markShowing(tx *db.Tx, pictureID string) (int64, error) {
	return tx.Exec(`UPDATE story_texts SET renderer = CASE WHEN renderer > 0 THEN 0 ELSE renderer - 1 END
		WHERE story_id IN (SELECT story_id FROM story_pictures WHERE picture_id = $1)`, pictureID)
}

// holdStory keeps a story from being saved until the transaction ends, if it is still
// at its version.
func holdStory(tx *db.Tx, st Story) (bool, error) {
	n, err := tx.Exec(`UPDATE stories SET version = version WHERE id = $1 AND version = $2`, st.ID, st.Version)
	return n == 1, err
}

// updateRendered writes what was made of a text whose stored rendering is still by was.
func updateRendered(tx *db.Tx, id string, was int64, t Text) (bool, error) {
	outline, err := json.Marshal(t.Rendered.Outline)
	if err != nil {
		return false, err
	}
	n, err := tx.Exec(`UPDATE story_texts SET rendered = $1, outline = $2, renderer = $3 WHERE story_id = $4 AND renderer = $5`,
		t.Rendered.HTML, string(outline), t.Rendered.By, id, was)
	if err != nil || n == 0 {
		return false, err
	}
	if err := replacePictures(tx, id, t.Rendered.Pictures); err != nil {
		return false, err
	}
	return true, replaceDrawing(tx, id, t.Drawing)
}

func replacePictures(tx *db.Tx, id string, pictures []string) error {
	if _, err := tx.Exec(`DELETE FROM story_pictures WHERE story_id = $1`, id); err != nil {
		return err
	}
	for _, picture := range pictures {
		if _, err := tx.Exec(`INSERT INTO story_pictures (story_id, picture_id) VALUES ($1, $2)`, id, picture); err != nil {
			return err
		}
	}
	return nil
}
