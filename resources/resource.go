package resources

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/jobs"
	"waypost/internal/keeper"
	"waypost/internal/problem"
)

// Resource is one outside link.
type Resource struct {
	ID      string
	URL     string
	Title   string
	Note    string // Markdown, the small subset
	Topics  []string
	Version int64
	Created time.Time
	Updated time.Time
}

// TagResources is carried by pages that list resources: the library's, and topics'.
const TagResources = "resources"

// TagResource is carried by pages that name a resource.
func TagResource(id string) string { return "resource:" + id }

// JobChanged says that a resource was saved or deleted.
const JobChanged = "resources.changed"

// Changed is the payload of JobChanged.
type Changed struct {
	ID     string   `json:"id"`
	Topics []string `json:"topics"` // before and after
}

const (
	maxTitle  = 160
	maxNote   = 1000
	maxURL    = 2000
	maxTopics = 8
)

func (r Resource) check() error {
	var f problem.Fields
	u, err := url.Parse(r.URL)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || len(r.URL) > maxURL || u.User != nil {
		f.Add("url", "field.not_a_link", "value", r.URL)
	}
	switch n := utf8.RuneCountInString(r.Title); {
	case n == 0:
		f.Add("title", "resource.title_missing")
	case n > maxTitle:
		f.Add("title", "field.too_long", "max", maxTitle)
	}
	if utf8.RuneCountInString(r.Note) > maxNote {
		f.Add("note", "field.too_long", "max", maxNote)
	}
	if len(r.Topics) > maxTopics {
		f.Add("topics", "field.too_many", "max", maxTopics)
	}
	return f.Err()
}

// Service keeps the library.
type Service struct {
	DB     *db.DB
	IDs    *id.Source
	Clock  clock.Clock
	Keeper *keeper.Keeper
	Jobs   *jobs.Queue
	// Record notes who did what to what.
	Record func(tx *db.Tx, by, act, subject, detail string) error
}

// Save writes a resource: a new one if it has no ID, otherwise over the version it
// was read at.
func (s *Service) Save(ctx context.Context, by string, r Resource) (Resource, error) {
	var saved Resource
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		saved, err = s.SaveIn(tx, by, r)
		return err
	})
	return saved, err
}

// SaveIn is Save within a transaction.
func (s *Service) SaveIn(tx *db.Tx, by string, r Resource) (Resource, error) {
	r.URL, r.Title, r.Note = strings.TrimSpace(r.URL), strings.TrimSpace(r.Title), strings.TrimSpace(r.Note)
	if err := r.check(); err != nil {
		return r, err
	}
	r.Updated = s.Clock()
	r.Version++
	changed := Changed{Topics: r.Topics}
	var err error
	if r.ID == "" {
		r.ID, r.Created = s.IDs.New(), r.Updated
		err = insert(tx, r)
	} else {
		var before Resource
		if before, err = s.ByID(tx, r.ID); err != nil {
			return r, err
		}
		changed.Topics = append(changed.Topics[:len(changed.Topics):len(changed.Topics)], before.Topics...)
		r.Created = before.Created
		err = update(tx, r)
	}
	if db.Duplicate(err) {
		var f problem.Fields
		f.Add("url", "resource.url_taken")
		return r, f.Err()
	}
	if err != nil {
		return r, fmt.Errorf("save resource %s: %w", r.URL, err)
	}
	if err := replaceTopics(tx, r); db.Dangling(err) {
		var f problem.Fields
		f.Add("topics", "field.unknown")
		return r, f.Err()
	} else if err != nil {
		return r, fmt.Errorf("file resource %s: %w", r.URL, err)
	}
	changed.ID = r.ID
	s.Keeper.Touch(tx, TagResources, TagResource(r.ID))
	if err := s.Jobs.Enqueue(tx, JobChanged, changed); err != nil {
		return r, err
	}
	return r, s.Record(tx, by, "resource.saved", TagResource(r.ID), r.URL)
}

// Delete removes a resource from the library and from every story's page.
func (s *Service) Delete(ctx context.Context, by, id string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		before, err := s.ByID(tx, id)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM resources WHERE id = $1`, id); err != nil {
			return fmt.Errorf("delete resource: %w", err)
		}
		s.Keeper.Forget(tx, TagResource(id), TagResources)
		if err := s.Jobs.Enqueue(tx, JobChanged, Changed{ID: id, Topics: before.Topics}); err != nil {
			return err
		}
		return s.Record(tx, by, "resource.deleted", TagResource(id), before.URL)
	})
}

// UsesTopic reports that the library has something under a topic.
func (s *Service) UsesTopic(tx *db.Tx, topicID string) (bool, error) {
	var n int
	if err := tx.QueryRow(`SELECT count(*) FROM resource_topics WHERE topic_id = $1`, topicID).Scan(&n); err != nil {
		return false, fmt.Errorf("look for resources of a topic: %w", err)
	}
	return n > 0, nil
}
