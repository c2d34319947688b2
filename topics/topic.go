package topics

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/keeper"
	"waypost/internal/problem"
	"waypost/internal/slug"
)

// Topic is a tag with a page of its own.
type Topic struct {
	ID          string
	Slug        string
	Name        string
	Description string
	Version     int64
	Created     time.Time
	Updated     time.Time
}

// TagTopic is carried by pages that show a topic's name.
func TagTopic(id string) string { return "topic:" + id }

// TagTopics is carried by lists of all topics.
const TagTopics = "topics"

const (
	maxName        = 60
	maxDescription = 300
)

func (t Topic) check() error {
	var f problem.Fields
	switch n := utf8.RuneCountInString(t.Name); {
	case n == 0:
		f.Add("name", "topic.name_missing")
	case n > maxName:
		f.Add("name", "field.too_long", "max", maxName)
	}
	if utf8.RuneCountInString(t.Description) > maxDescription {
		f.Add("description", "field.too_long", "max", maxDescription)
	}
	if !slug.Valid(t.Slug) {
		f.Add("slug", "slug.form")
	}
	return f.Err()
}

// Service keeps the topics.
type Service struct {
	DB     *db.DB
	IDs    *id.Source
	Clock  clock.Clock
	Keeper *keeper.Keeper
	// Redirect lets an old address of a topic lead to it.
	Redirect func(tx *db.Tx, path, topicID string) error
	// Used reports that something is filed under a topic.
	Used func(tx *db.Tx, topicID string) (bool, error)
	// Record notes who did what to what.
	Record func(tx *db.Tx, by, act, subject, detail string) error
}

const columns = `id, slug, name, description, version, created_at, updated_at`

func scan(r db.Row) (Topic, error) {
	var t Topic
	var created, updated int64
	err := r.Scan(&t.ID, &t.Slug, &t.Name, &t.Description, &t.Version, &created, &updated)
	t.Created, t.Updated = time.UnixMilli(created), time.UnixMilli(updated)
	return t, err
}

// All lists the topics by name.
func (s *Service) All(tx *db.Tx) ([]Topic, error) {
	return db.List(tx, scan, `SELECT `+columns+` FROM topics ORDER BY name, id`)
}

// BySlug finds a topic by its address; NotFound if there is none.
func (s *Service) BySlug(tx *db.Tx, slug string) (Topic, error) {
	return one(tx, `SELECT `+columns+` FROM topics WHERE slug = $1`, slug)
}

// ByID finds a topic; NotFound if there is none.
func (s *Service) ByID(tx *db.Tx, id string) (Topic, error) {
	return one(tx, `SELECT `+columns+` FROM topics WHERE id = $1`, id)
}

func one(tx *db.Tx, query, key string) (Topic, error) {
	t, err := scan(tx.QueryRow(query, key))
	if db.Missing(err) {
		return t, problem.New(problem.NotFound, "problem.not_found")
	}
	if err != nil {
		return t, fmt.Errorf("read topic %s: %w", key, err)
	}
	return t, nil
}

// ByIDs finds several topics at once, by ID.
func (s *Service) ByIDs(tx *db.Tx, ids []string) (map[string]Topic, error) {
	in, args := db.In(1, ids)
	list, err := db.List(tx, scan, `SELECT `+columns+` FROM topics WHERE id IN `+in, args...)
	if err != nil {
		return nil, fmt.Errorf("read topics: %w", err)
	}
	byID := make(map[string]Topic, len(list))
	for _, t := range list {
		byID[t.ID] = t
	}
	return byID, nil
}

// Save writes a topic: a new one if it has no ID, otherwise over the version it
// was read at. A changed slug leaves a redirect.
func (s *Service) Save(ctx context.Context, by string, t Topic) (Topic, error) {
	var saved Topic
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		saved, err = s.SaveIn(tx, by, t)
		return err
	})
	return saved, err
}

// SaveIn is Save within a transaction.
func (s *Service) SaveIn(tx *db.Tx, by string, t Topic) (Topic, error) {
	t.Name, t.Slug = strings.TrimSpace(t.Name), strings.TrimSpace(t.Slug)
	if t.Slug == "" {
		t.Slug = slug.Make(t.Name)
	}
	if err := t.check(); err != nil {
		return t, err
	}
	t.Updated = s.Clock()
	t.Version++
	var err error
	if t.ID == "" {
		t.ID, t.Created = s.IDs.New(), t.Updated
		_, err = tx.Exec(`INSERT INTO topics (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			t.ID, t.Slug, t.Name, t.Description, t.Version, t.Created.UnixMilli(), t.Updated.UnixMilli())
	} else {
		err = s.replace(tx, &t)
	}
	if db.Duplicate(err) {
		var f problem.Fields
		f.Add("slug", "slug.taken", "slug", t.Slug)
		return t, f.Err()
	}
	if err != nil {
		return t, fmt.Errorf("save topic %s: %w", t.Slug, err)
	}
	s.Keeper.Touch(tx, TagTopic(t.ID), TagTopics)
	return t, s.Record(tx, by, "topic.saved", TagTopic(t.ID), t.Slug)
}

func (s *Service) replace(tx *db.Tx, t *Topic) error {
	before, err := s.ByID(tx, t.ID)
	if err != nil {
		return err
	}
	t.Created = before.Created
	n, err := tx.Exec(`UPDATE topics SET slug = $1, name = $2, description = $3, version = $4, updated_at = $5 WHERE id = $6 AND version = $4 - 1`,
		t.Slug, t.Name, t.Description, t.Version, t.Updated.UnixMilli(), t.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		return problem.New(problem.Conflict, "topic.changed")
	}
	if before.Slug == t.Slug {
		return nil
	}
	return s.Redirect(tx, "/topics/"+before.Slug, t.ID)
}

// Delete removes a topic under which nothing is filed.
func (s *Service) Delete(ctx context.Context, by, id string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		before, err := s.ByID(tx, id)
		if err != nil {
			return err
		}
		used, err := s.Used(tx, id)
		if err != nil {
			return err
		}
		if used {
			return problem.New(problem.Conflict, "topic.used")
		}
		// Whoever files something under it in this moment is kept from that, or keeps this
		// from happening, by the foreign key.
		if _, err := tx.Exec(`DELETE FROM topics WHERE id = $1`, id); err != nil {
			return fmt.Errorf("delete topic %s: %w", before.Slug, err)
		}
		s.Keeper.Forget(tx, TagTopic(id), TagTopics)
		return s.Record(tx, by, "topic.deleted", TagTopic(id), before.Slug)
	})
}
