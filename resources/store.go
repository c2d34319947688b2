package resources

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
)

const columns = `id, url, title, note, version, created_at, updated_at`

func scan(row db.Row) (Resource, error) {
	var r Resource
	var created, updated int64
	err := row.Scan(&r.ID, &r.URL, &r.Title, &r.Note, &r.Version, &created, &updated)
	r.Created, r.Updated = time.UnixMilli(created), time.UnixMilli(updated)
	return r, err
}

// ByID finds a resource; NotFound if there is none.
func (s *Service) ByID(tx *db.Tx, id string) (Resource, error) {
	r, err := scan(tx.QueryRow(`SELECT `+columns+` FROM resources WHERE id = $1`, id))
	if db.Missing(err) {
		return r, problem.New(problem.NotFound, "problem.not_found")
	}
	if err != nil {
		return r, fmt.Errorf("read resource: %w", err)
	}
	one := []Resource{r}
	err = addTopics(tx, one)
	return one[0], err
}

// All lists the library by title.
func (s *Service) All(tx *db.Tx) ([]Resource, error) {
	return listed(tx, `SELECT `+columns+` FROM resources ORDER BY title, id`)
}

// ByIDs finds several resources by ID, without their topics.
func (s *Service) ByIDs(tx *db.Tx, ids []string) (map[string]Resource, error) {
	in, args := db.In(1, ids)
	list, err := db.List(tx, scan, `SELECT `+columns+` FROM resources WHERE id IN `+in, args...)
	if err != nil {
		return nil, fmt.Errorf("read resources: %w", err)
	}
	byID := make(map[string]Resource, len(list))
	for _, r := range list {
		byID[r.ID] = r
	}
	return byID, nil
}

// UnderTopics lists resources filed under any of the topics, at most limit.
func (s *Service) UnderTopics(tx *db.Tx, topicIDs []string, limit int) ([]Resource, error) {
	in, args := db.In(2, topicIDs)
	return listed(tx, `SELECT `+columns+` FROM resources
		WHERE id IN (SELECT resource_id FROM resource_topics WHERE topic_id IN `+in+`) ORDER BY title, id LIMIT $1`,
		append([]any{limit}, args...)...)
}

// listed runs a query of resources and adds the topics of all in a second one.
func listed(tx *db.Tx, query string, args ...any) ([]Resource, error) {
	list, err := db.List(tx, scan, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read resources: %w", err)
	}
	return list, addTopics(tx, list)
}

func insert(tx *db.Tx, r Resource) error {
	_, err := tx.Exec(`INSERT INTO resources (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		r.ID, r.URL, r.Title, r.Note, r.Version, r.Created.UnixMilli(), r.Updated.UnixMilli())
	return err
}

func update(tx *db.Tx, r Resource) error {
	n, err := tx.Exec(`UPDATE resources SET url = $1, title = $2, note = $3, version = $4, updated_at = $5 WHERE id = $6 AND version = $4 - 1`,
		r.URL, r.Title, r.Note, r.Version, r.Updated.UnixMilli(), r.ID)
	if err == nil && n == 0 {
		return problem.New(problem.Conflict, "resource.changed")
	}
	return err
}

func replaceTopics(tx *db.Tx, r Resource) error {
	if _, err := tx.Exec(`DELETE FROM resource_topics WHERE resource_id = $1`, r.ID); err != nil {
		return err
	}
	for i, topic := range r.Topics {
		_, err := tx.Exec(`INSERT INTO resource_topics (resource_id, topic_id, position) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, r.ID, topic, i)
		if err != nil {
			return err
		}
	}
	return nil
}

func addTopics(tx *db.Tx, list []Resource) error {
	ids := make([]string, len(list))
	at := make(map[string]int, len(list))
	for i, r := range list {
		ids[i], at[r.ID] = r.ID, i
	}
	in, args := db.In(1, ids)
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var resource, topic string
		err := row.Scan(&resource, &topic)
		if err == nil {
			r := &list[at[resource]]
			r.Topics = append(r.Topics, topic)
		}
		return struct{}{}, err
	}, `SELECT resource_id, topic_id FROM resource_topics WHERE resource_id IN `+in+` ORDER BY resource_id, position`, args...)
	return err
}
