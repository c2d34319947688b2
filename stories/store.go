package stories

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/stories/trails"
)

const columns = `id, slug, state, title, standfirst, language, cover_id, cover_alt, cover_caption, note,
	version, words, has_trail, created_at, updated_at, published_at, scheduled_for, public_since,
	account_id, submitted_at, private`

func scanStory(r db.Row) (Story, error) {
	var s Story
	var cover, account *string
	var created, updated int64
	var published, scheduled, since, submitted *int64
	var private bool
	err := r.Scan(&s.ID, &s.Slug, &s.State, &s.Title, &s.Standfirst, &s.Language, &cover, &s.Cover.Alt, &s.Cover.Caption, &s.Note,
		&s.Version, &s.Words, &s.HasTrail, &created, &updated, &published, &scheduled, &since,
		&account, &submitted, &private)
	if cover != nil {
		s.Cover.PictureID = *cover
	}
	if account != nil {
		s.AccountID = *account
	}
	s.Created, s.Updated = time.UnixMilli(created), time.UnixMilli(updated)
	s.Published, s.Scheduled, s.Since, s.Submitted = moment(published), moment(scheduled), moment(since), moment(submitted)
	return s, err
}

func moment(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return time.UnixMilli(*ms)
}

func storyValues(s Story) []any {
	return []any{s.ID, s.Slug, s.State, s.Title, s.Standfirst, s.Language, db.OrNull(s.Cover.PictureID), s.Cover.Alt, s.Cover.Caption, s.Note,
		s.Version, s.Words, s.HasTrail, s.Created.UnixMilli(), s.Updated.UnixMilli(), db.TimeOrNull(s.Published), db.TimeOrNull(s.Scheduled), db.TimeOrNull(s.Since),
		db.OrNull(s.AccountID), db.TimeOrNull(s.Submitted), s.Private()}
}

func insertStory(tx *db.Tx, s Story, t Text) error {
	_, err := tx.Exec(`INSERT INTO stories (`+columns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`, storyValues(s)...)
	if err != nil {
		return err
	}
	return upsertText(tx, s.ID, t)
}

// updateStory writes a story whose Version is one above the stored one.
func updateStory(tx *db.Tx, s Story, t Text) (bool, error) {
	n, err := tx.Exec(`UPDATE stories SET slug = $2, state = $3, title = $4, standfirst = $5, language = $6, cover_id = $7, cover_alt = $8,
		cover_caption = $9, note = $10, version = $11, words = $12, has_trail = $13, created_at = $14, updated_at = $15, published_at = $16,
		scheduled_for = $17, public_since = $18, account_id = $19, submitted_at = $20, private = $21 WHERE id = $1 AND version = $11 - 1`, storyValues(s)...)
	if err != nil || n == 0 {
		return false, err
	}
	return true, upsertText(tx, s.ID, t)
}

// updateState writes the state and dates of a story whose Version is one above the
// stored one.
func updateState(tx *db.Tx, s Story) (bool, error) {
	n, err := tx.Exec(`UPDATE stories SET state = $1, updated_at = $2, published_at = $3, scheduled_for = $4, public_since = $5, version = $6,
		submitted_at = $8, private = $9 WHERE id = $7 AND version = $6 - 1`, s.State, s.Updated.UnixMilli(), db.TimeOrNull(s.Published), db.TimeOrNull(s.Scheduled), db.TimeOrNull(s.Since), s.Version, s.ID,
		db.TimeOrNull(s.Submitted), s.Private())
	return n == 1, err
}

func upsertText(tx *db.Tx, id string, t Text) error {
	trail := ""
	if len(t.Trail.Steps) > 0 {
		document, err := t.Trail.Document()
		if err != nil {
			return err
		}
		trail = string(document)
	}
	outline, err := json.Marshal(t.Rendered.Outline)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO story_texts (story_id, format, body, trail, rendered, outline, renderer) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (story_id) DO UPDATE SET format = excluded.format, body = excluded.body, trail = excluded.trail,
			rendered = excluded.rendered, outline = excluded.outline, renderer = excluded.renderer`,
		id, t.Format, t.Body, trail, t.Rendered.HTML, string(outline), t.Rendered.By)
	if err != nil {
		return err
	}
	if err := replacePictures(tx, id, t.Rendered.Pictures); err != nil {
		return err
	}
	return replaceDrawing(tx, id, t.Drawing)
}

func replaceDrawing(tx *db.Tx, id string, d Drawing) error {
	if d.Wide == "" {
		_, err := tx.Exec(`DELETE FROM story_figures WHERE story_id = $1`, id)
		return err
	}
	_, err := tx.Exec(`INSERT INTO story_figures (story_id, wide, tall, renderer) VALUES ($1, $2, $3, $4)
		ON CONFLICT (story_id) DO UPDATE SET wide = excluded.wide, tall = excluded.tall, renderer = excluded.renderer`,
		id, d.Wide, d.Tall, d.By)
	return err
}

// textColumns are read by scanText from story_texts t with its figure f, if any.
const textColumns = `t.format, t.body, t.trail, t.rendered, t.outline, t.renderer,
	coalesce(f.wide, ''), coalesce(f.tall, ''), coalesce(f.renderer, 0),
	coalesce((SELECT string_agg(p.picture_id, ' ') FROM story_pictures p WHERE p.story_id = t.story_id), '')`

func scanText(r db.Row) (Text, error) {
	var t Text
	var trail, outline, pictures string
	err := r.Scan(&t.Format, &t.Body, &trail, &t.Rendered.HTML, &outline, &t.Rendered.By, &t.Drawing.Wide, &t.Drawing.Tall, &t.Drawing.By,
		&pictures)
	if err != nil {
		return t, err
	}
	t.Rendered.Pictures = strings.Fields(pictures)
	slices.Sort(t.Rendered.Pictures)
	if trail != "" {
		if t.Trail, err = trails.ParseTrail([]byte(trail)); err != nil {
			return t, err
		}
	}
	return t, json.Unmarshal([]byte(outline), &t.Rendered.Outline)
}

func slugTaken(tx *db.Tx, slug, own string) (bool, error) {
	var taken bool
	err := tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM stories WHERE slug = $1 AND id <> $2)`, slug, own).Scan(&taken)
	return taken, err
}

// replaceLinks writes the byline and the topics. Their list keys are set by setListKeys.
func replaceLinks(tx *db.Tx, s Story) error {
	if _, err := tx.Exec(`DELETE FROM story_authors WHERE story_id = $1`, s.ID); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM story_topics WHERE story_id = $1`, s.ID); err != nil {
		return err
	}
	for i, author := range s.Authors {
		if _, err := tx.Exec(`INSERT INTO story_authors (story_id, profile_id, position, published_at) VALUES ($1, $2, $3, $4)`,
			s.ID, author, i, listKey(s)); err != nil {
			return dangling(err, "authors")
		}
	}
	for i, topic := range s.Topics {
		if _, err := tx.Exec(`INSERT INTO story_topics (story_id, topic_id, position, published_at, submitted_at) VALUES ($1, $2, $3, $4, $5)`,
			s.ID, topic, i, listKey(s), waitKey(s)); err != nil {
			return dangling(err, "topics")
		}
	}
	return nil
}

// dangling makes a row that is not there a fault of the field that names it.
func dangling(err error, field string) error {
	if db.Dangling(err) {
		return unknownFault(field)
	}
	return err
}

// listKey is the time by which lists order a story, while it is in lists.
func listKey(s Story) any {
	if s.State != Published {
		return nil
	}
	return db.TimeOrNull(s.Published)
}

// waitKey is the time by which the queue of the editors orders a story, while it is in it.
func waitKey(s Story) any {
	if s.State != InReview {
		return nil
	}
	return db.TimeOrNull(s.Submitted)
}

func setListKeys(tx *db.Tx, s Story) error {
	if _, err := tx.Exec(`UPDATE story_authors SET published_at = $1 WHERE story_id = $2`, listKey(s), s.ID); err != nil {
		return err
	}
	_, err := tx.Exec(`UPDATE story_topics SET published_at = $1, submitted_at = $2 WHERE story_id = $3`, listKey(s), waitKey(s), s.ID)
	return err
}

func insertRevision(tx *db.Tx, s Story, by, document string) error {
	_, err := tx.Exec(`INSERT INTO story_revisions (story_id, version, saved_at, account_id, document, private) VALUES ($1, $2, $3, $4, $5, $6)`,
		s.ID, s.Version, s.Updated.UnixMilli(), db.OrNull(by), document, s.Private())
	return err
}

// What story_counts counts.
const (
	countTopic  = "topic"
	countAuthor = "author"
	countMonth  = "month"
)

func addCount(tx *db.Tx, kind, name string, by int) error {
	_, err := tx.Exec(`INSERT INTO story_counts (kind, name, n) VALUES ($1, $2, $3)
		ON CONFLICT (kind, name) DO UPDATE SET n = story_counts.n + excluded.n`, kind, name, by)
	if err != nil {
		return fmt.Errorf("count stories of %s %s: %w", kind, name, err)
	}
	return nil
}

func notFound() error { return problem.New(problem.NotFound, "problem.not_found") }
