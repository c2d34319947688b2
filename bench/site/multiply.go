//go:build linux

package site

import (
	"context"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/stories"
)

// Apart is the time between two stories that Multiply makes: a month of any
// community has about as many.
const Apart = 10 * time.Minute

// copies are the statements that make a story out of another: $1 is the new one's
// identifier and slug, $2 the other's identifier, $3 when the new one was published.
// Words that stories share, by which related ones are found, are not copied.
var copies = []string{
	`INSERT INTO stories (id, slug, state, title, standfirst, language, cover_id, cover_alt, cover_caption, note, version, words, has_trail,
		created_at, updated_at, published_at, public_since)
		SELECT CAST($1 AS TEXT), CAST($1 AS TEXT), state, title, standfirst, language, cover_id, cover_alt, cover_caption, note, version, words,
			has_trail, CAST($3 AS BIGINT), CAST($3 AS BIGINT), CAST($3 AS BIGINT), CAST($3 AS BIGINT) FROM stories WHERE id = $2`,
	`INSERT INTO story_texts (story_id, format, body, trail, rendered, outline, renderer)
		SELECT CAST($1 AS TEXT), format, body, trail, rendered, outline, renderer FROM story_texts WHERE story_id = $2 AND CAST($3 AS BIGINT) > 0`,
	`INSERT INTO story_authors (story_id, profile_id, position, published_at)
		SELECT CAST($1 AS TEXT), profile_id, position, CAST($3 AS BIGINT) FROM story_authors WHERE story_id = $2`,
	`INSERT INTO story_topics (story_id, topic_id, position, published_at)
		SELECT CAST($1 AS TEXT), topic_id, position, CAST($3 AS BIGINT) FROM story_topics WHERE story_id = $2`,
	`INSERT INTO story_figures (story_id, wide, tall, renderer)
		SELECT CAST($1 AS TEXT), wide, tall, renderer FROM story_figures WHERE story_id = $2 AND CAST($3 AS BIGINT) > 0`,
	`INSERT INTO story_resources (story_id, resource_id, score, topics, words)
		SELECT CAST($1 AS TEXT), resource_id, score, topics, words FROM story_resources WHERE story_id = $2 AND CAST($3 AS BIGINT) > 0`,
	`INSERT INTO story_related (story_id, related_id, score, topics, words)
		SELECT CAST($1 AS TEXT), related_id, score, topics, words FROM story_related WHERE story_id = $2 AND CAST($3 AS BIGINT) > 0`,
}

// Multiply copies the stories there are until there are as many as all, straight in
// the tables.
func (s *Site) Multiply(ctx context.Context, all int) error {
	var sample []stories.Story
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		sample, err = s.Stories.Newest(tx, stories.Key{}, 1000)
		return err
	})
	if err != nil {
		return err
	}
	oldest := sample[len(sample)-1].Published
	for from := len(sample); from < all; from += 10 * batch {
		err := s.DB.Update(ctx, func(tx *db.Tx) error {
			for n := from; n < min(from+10*batch, all); n++ {
				at := oldest.Add(-time.Duration(n) * Apart).UnixMilli()
				for _, statement := range copies {
					if _, err := tx.Exec(statement, fmt.Sprintf("%026d", n), sample[n%len(sample)].ID, at); err != nil {
						return fmt.Errorf("copy a story: %w", err)
					}
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return s.recount(ctx)
}

// recount brings the counts to what Multiply has made.
func (s *Site) recount(ctx context.Context) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		for _, statement := range []string{
			`UPDATE story_counts SET n = (SELECT count(*) FROM story_topics WHERE topic_id = name) WHERE kind = 'topic'`,
			`UPDATE story_counts SET n = (SELECT count(*) FROM story_authors WHERE profile_id = name) WHERE kind = 'author'`,
		} {
			if _, err := tx.Exec(statement); err != nil {
				return fmt.Errorf("count the copies: %w", err)
			}
		}
		if s.DB.Engine() == db.Postgres { // which does so by itself some time after so many changes
			if _, err := tx.Exec(`ANALYZE`); err != nil {
				return fmt.Errorf("let the server count: %w", err)
			}
		}
		settings, err := s.Community.SettingsIn(tx)
		if err != nil {
			return err
		}
		return s.Stories.Recount(tx, settings.Location())
	})
}
