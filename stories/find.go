package stories

import (
	"fmt"
	"slices"
	"time"

	"waypost/internal/db"
)

// Key is a place in a list ordered from new to old. The zero value is its start.
type Key struct {
	Published time.Time
	ID        string
}

// KeyOf is the place right at a story.
func KeyOf(s Story) Key { return Key{s.Published, s.ID} }

// lastID sorts after every identifier.
const lastID = "~"

func (k Key) values() (int64, string) {
	if k.Published.IsZero() {
		return 1 << 62, lastID
	}
	return k.Published.UnixMilli(), k.ID
}

// ByID finds a story with its byline and topics; NotFound if there is none.
func (s *Service) ByID(tx *db.Tx, id string) (Story, error) {
	return s.one(tx, `SELECT `+columns+` FROM stories WHERE id = $1`, id)
}

// BySlug finds a story by its address; NotFound if there is none.
func (s *Service) BySlug(tx *db.Tx, slug string) (Story, error) {
	return s.one(tx, `SELECT `+columns+` FROM stories WHERE slug = $1`, slug)
}

func (s *Service) one(tx *db.Tx, query, key string) (Story, error) {
	list, err := s.listed(tx, query, key)
	if err != nil {
		return Story{}, err
	}
	if len(list) == 0 {
		return Story{}, notFound()
	}
	return list[0], nil
}

// Text reads the long part of a story. What an earlier renderer made is made anew.
func (s *Service) Text(tx *db.Tx, id string) (Text, error) {
	t, err := storedText(tx, id)
	if err != nil {
		return t, err
	}
	current, err := s.Renderer(tx)
	if err != nil || t.Rendered.By == current && (t.Drawing.By == current || len(t.Trail.Steps) == 0) {
		return t, err
	}
	st, err := scanStory(tx.QueryRow(`SELECT `+columns+` FROM stories WHERE id = $1`, id))
	if err != nil {
		return t, fmt.Errorf("read story %s: %w", id, err)
	}
	return s.anew(tx, st, t)
}

// storedText reads a text with what was once made of it.
func storedText(tx *db.Tx, id string) (Text, error) {
	t, err := scanText(tx.QueryRow(`SELECT `+textColumns+` FROM story_texts t LEFT JOIN story_figures f ON f.story_id = t.story_id
		WHERE t.story_id = $1`, id))
	if db.Missing(err) {
		return t, notFound()
	}
	if err != nil {
		return t, fmt.Errorf("read the text of story %s: %w", id, err)
	}
	return t, nil
}

// anew renders and draws a stored text once more.
func (s *Service) anew(tx *db.Tx, st Story, t Text) (Text, error) {
	var err error
	if t.Rendered, err = s.rendered(tx, t, st.Language); err != nil {
		return t, fmt.Errorf("story %s: %w", st.ID, err)
	}
	t.Drawing, err = s.drawn(tx, t.Trail, st.Published)
	return t, err
}

// Newest lists published stories from after a key on, new to old, at most limit.
func (s *Service) Newest(tx *db.Tx, after Key, limit int) ([]Story, error) {
	at, id := after.values()
	return s.listed(tx, `SELECT `+columns+` FROM stories WHERE state = 'published' AND (published_at, id) < ($1, $2)
		ORDER BY published_at DESC, id DESC LIMIT $3`, at, id, limit)
}

// Between lists the published stories of a stretch of time, new to old, from after
// a key on.
func (s *Service) Between(tx *db.Tx, from, to time.Time, after Key, limit int) ([]Story, error) {
	at, id := after.values()
	if end := to.UnixMilli(); at >= end {
		at, id = end, ""
	}
	return s.listed(tx, `SELECT `+columns+` FROM stories WHERE state = 'published' AND published_at >= $1 AND (published_at, id) < ($2, $3)
		ORDER BY published_at DESC, id DESC LIMIT $4`, from.UnixMilli(), at, id, limit)
}

// UnderTopic lists a topic's published stories from after a key on. The limit is
// inside, on the index alone: outside a join it would read the whole topic.
func (s *Service) UnderTopic(tx *db.Tx, topicID string, after Key, limit int) ([]Story, error) {
	at, id := after.values()
	return s.listed(tx, `SELECT `+columns+` FROM stories WHERE id IN (
			SELECT story_id FROM story_topics WHERE topic_id = $1 AND (published_at, story_id) < ($2, $3)
			ORDER BY published_at DESC, story_id DESC LIMIT $4)
		ORDER BY published_at DESC, id DESC`, topicID, at, id, limit)
}

// ByAuthor lists an author's published stories from after a key on.
func (s *Service) ByAuthor(tx *db.Tx, profileID string, after Key, limit int) ([]Story, error) {
	at, id := after.values()
	return s.listed(tx, `SELECT `+columns+` FROM stories WHERE id IN (
			SELECT story_id FROM story_authors WHERE profile_id = $1 AND (published_at, story_id) < ($2, $3)
			ORDER BY published_at DESC, story_id DESC LIMIT $4)
		ORDER BY published_at DESC, id DESC`, profileID, at, id, limit)
}

// ByIDs finds several published stories, new to old.
func (s *Service) ByIDs(tx *db.Tx, ids []string) ([]Story, error) {
	in, args := db.In(1, ids)
	return s.listed(tx, `SELECT `+columns+` FROM stories WHERE state = 'published' AND id IN `+in+` ORDER BY published_at DESC, id DESC`, args...)
}

// listed runs a query of stories and adds bylines and topics in a second one.
func (s *Service) listed(tx *db.Tx, query string, args ...any) ([]Story, error) {
	list, err := db.List(tx, scanStory, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read stories: %w", err)
	}
	return list, addLinks(tx, list)
}

// filing is one author or topic of a story.
type filing struct {
	story, linked string
	topic         bool
	position      int
}

func scanFiling(r db.Row) (filing, error) {
	var f filing
	return f, r.Scan(&f.story, &f.linked, &f.topic, &f.position)
}

func addLinks(tx *db.Tx, list []Story) error {
	if len(list) == 0 {
		return nil
	}
	ids := make([]string, len(list))
	at := make(map[string]*Story, len(list))
	for i := range list {
		ids[i], at[list[i].ID] = list[i].ID, &list[i]
	}
	in, args := db.In(1, ids)
	filings, err := db.List(tx, scanFiling, `SELECT story_id, profile_id, FALSE, position FROM story_authors WHERE story_id IN `+in+`
		UNION ALL SELECT story_id, topic_id, TRUE, position FROM story_topics WHERE story_id IN `+in, args...)
	if err != nil {
		return fmt.Errorf("read bylines and topics: %w", err)
	}
	slices.SortFunc(filings, func(a, b filing) int { return a.position - b.position })
	for _, f := range filings {
		st := at[f.story]
		if f.topic {
			st.Topics = append(st.Topics, f.linked)
		} else {
			st.Authors = append(st.Authors, f.linked)
		}
	}
	return nil
}

// Count is a number of published stories under a name.
type Count struct {
	Name string // a topic's or profile's ID, or a month "2026-05"
	N    int
}

// TopicCounts, AuthorCounts and MonthCounts give the published stories of each.
func (s *Service) TopicCounts(tx *db.Tx) (map[string]int, error) { return countsOf(tx, countTopic) }

// AuthorCounts counts the published stories of each author.
func (s *Service) AuthorCounts(tx *db.Tx) (map[string]int, error) { return countsOf(tx, countAuthor) }

// AuthorCountsOf are those of some authors.
func (s *Service) AuthorCountsOf(tx *db.Tx, ids []string) (map[string]int, error) {
	in, args := db.In(2, ids)
	list, err := db.List(tx, scanCount, `SELECT name, n FROM story_counts WHERE kind = $1 AND name IN `+in, append([]any{countAuthor}, args...)...)
	return byName(list), err
}

// Busiest are the authors who have published most, at most limit.
func (s *Service) Busiest(tx *db.Tx, limit int) ([]string, error) {
	return db.List(tx, db.Value[string], `SELECT name FROM story_counts WHERE kind = $1 AND n > 0 ORDER BY n DESC, name LIMIT $2`, countAuthor, limit)
}

// MonthCounts lists the months that have published stories, newest first.
func (s *Service) MonthCounts(tx *db.Tx) ([]Count, error) {
	return db.List(tx, scanCount, `SELECT name, n FROM story_counts WHERE kind = $1 AND n > 0 ORDER BY name DESC`, countMonth)
}

func countsOf(tx *db.Tx, kind string) (map[string]int, error) {
	list, err := db.List(tx, scanCount, `SELECT name, n FROM story_counts WHERE kind = $1 AND n > 0`, kind)
	return byName(list), err
}

func byName(list []Count) map[string]int {
	counts := make(map[string]int, len(list))
	for _, c := range list {
		counts[c.Name] = c.N
	}
	return counts
}

func scanCount(r db.Row) (Count, error) {
	var c Count
	return c, r.Scan(&c.Name, &c.N)
}
