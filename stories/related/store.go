package related

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"waypost/internal/db"
	"waypost/stories/terms"
)

// Queries that end at a limit inside an index, whatever the number of stories.
const (
	selectWithTerm = `SELECT story_id, weight FROM story_terms WHERE term = $1 ORDER BY published_at DESC, story_id DESC LIMIT $2`

	selectUnderTopic = `SELECT story_id FROM story_topics WHERE topic_id = $1 AND published_at IS NOT NULL
		ORDER BY published_at DESC, story_id DESC LIMIT $2`

	selectLinksOf = `SELECT story_id, related_id, score, topics, words, TRUE FROM story_related WHERE story_id = $1
		UNION ALL SELECT story_id, resource_id, score, topics, words, FALSE FROM story_resources WHERE story_id = $1`

	selectShowing = `SELECT story_id FROM story_related WHERE related_id = $1 LIMIT $2`

	selectShowingResource = `SELECT story_id FROM story_resources WHERE resource_id = $1 LIMIT $2`
)

// Queries about stories named in a list, which follows them.
const (
	selectPublished = `SELECT id FROM stories WHERE state = 'published' AND id IN `
	selectTerms     = `SELECT story_id, term, weight, shown, published_at FROM story_terms WHERE story_id IN `
	selectTopics    = `SELECT story_id, topic_id FROM story_topics WHERE story_id IN `
	selectRelated   = `SELECT story_id, related_id, score, topics, words FROM story_related WHERE story_id IN `
	selectResources = `SELECT story_id, resource_id, score, topics, words FROM story_resources WHERE story_id IN `
)

// chunk is the length of every IN list here, filled up with its last value: one
// text that is prepared once serves them all.
const chunk = 40

// among runs a query for each chunk of the stories. The texts above end in "IN ".
func among[T any](tx *db.Tx, scan func(db.Row) (T, error), query string, ids []string) ([]T, error) {
	var all []T
	for part := range slices.Chunk(ids, chunk) {
		filled := slices.Concat(part, slices.Repeat(part[len(part)-1:], chunk-len(part)))
		in, args := db.In(1, filled)
		list, err := db.List(tx, scan, query+in, args...)
		if err != nil {
			return nil, fmt.Errorf("read what stories share: %w", err)
		}
		all = append(all, list...)
	}
	return all, nil
}

type holder struct {
	id     string
	weight float64
}

// newestWithTerm lists the newest published stories that have a word, but one.
func newestWithTerm(tx *db.Tx, word, but string) ([]holder, error) {
	list, err := db.List(tx, func(r db.Row) (holder, error) {
		var h holder
		return h, r.Scan(&h.id, &h.weight)
	}, selectWithTerm, word, window)
	if err != nil {
		return nil, fmt.Errorf("find stories with %q: %w", word, err)
	}
	return slices.DeleteFunc(list, func(h holder) bool { return h.id == but }), nil
}

// newestUnderTopic lists the newest published stories of a topic, but one.
func newestUnderTopic(tx *db.Tx, topic, but string) ([]string, error) {
	list, err := db.List(tx, db.Value[string], selectUnderTopic, topic, window)
	if err != nil {
		return nil, fmt.Errorf("find stories under a topic: %w", err)
	}
	return slices.DeleteFunc(list, func(id string) bool { return id == but }), nil
}

// Showing lists stories that have a story in their list of related ones.
func Showing(tx *db.Tx, id string, limit int) ([]string, error) {
	list, err := db.List(tx, db.Value[string], selectShowing, id, limit)
	if err != nil {
		return nil, fmt.Errorf("find who shows story %s: %w", id, err)
	}
	return list, nil
}

// ShowingResource lists stories that have a resource beside them.
func ShowingResource(tx *db.Tx, id string, limit int) ([]string, error) {
	list, err := db.List(tx, db.Value[string], selectShowingResource, id, limit)
	if err != nil {
		return nil, fmt.Errorf("find who shows resource %s: %w", id, err)
	}
	return list, nil
}

func publishedAmong(tx *db.Tx, ids []string) ([]string, error) {
	list, err := among(tx, db.Value[string], selectPublished, ids)
	slices.Sort(list)
	return slices.Compact(list), err
}

// StoredTerm is a row of story_terms.
type StoredTerm struct {
	terms.Term
	Story string
	At    int64 // when the story was published, Unix ms
}

func scanTerm(r db.Row) (StoredTerm, error) {
	var t StoredTerm
	return t, r.Scan(&t.Story, &t.Word, &t.Weight, &t.Shown, &t.At)
}

// TermsAmong lists the words of stories, each story's in the order of the bytes.
func TermsAmong(tx *db.Tx, ids []string) ([]StoredTerm, error) {
	list, err := among(tx, scanTerm, selectTerms, ids)
	slices.SortFunc(list, func(a, b StoredTerm) int { return compareTwo(a.Story, b.Story, a.Word, b.Word) })
	return list, err
}

type filed struct{ id, topic string }

// topicsAmong lists the topics of stories, each story's in the order of the bytes.
func topicsAmong(tx *db.Tx, ids []string) ([]filed, error) {
	list, err := among(tx, func(r db.Row) (filed, error) {
		var f filed
		return f, r.Scan(&f.id, &f.topic)
	}, selectTopics, ids)
	slices.SortFunc(list, func(a, b filed) int { return compareTwo(a.id, b.id, a.topic, b.topic) })
	return list, err
}

// Lists reads the lists of related stories that some stories have.
func Lists(tx *db.Tx, ids []string) (map[string][]Link, error) {
	return linkLists(tx, selectRelated, ids)
}

// ResourceLists reads the lists of resources that some stories have.
func ResourceLists(tx *db.Tx, ids []string) (map[string][]Link, error) {
	return linkLists(tx, selectResources, ids)
}

// linkLists reads lists, each best first.
func linkLists(tx *db.Tx, query string, ids []string) (map[string][]Link, error) {
	all, err := among(tx, func(r db.Row) (Link, error) { return scanLink(r) }, query, slices.Compact(slices.Sorted(slices.Values(ids))))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, Link.Before)
	lists := map[string][]Link{}
	for _, l := range all {
		lists[l.Of] = append(lists[l.Of], l)
	}
	return lists, nil
}

// scanLink reads a link and what columns follow it.
func scanLink(r db.Row, more ...any) (Link, error) {
	var l Link
	var topics, words string
	if err := r.Scan(append([]any{&l.Of, &l.To, &l.Score, &topics, &words}, more...)...); err != nil {
		return l, err
	}
	if err := json.Unmarshal([]byte(topics), &l.Topics); err != nil {
		return l, err
	}
	return l, json.Unmarshal([]byte(words), &l.Words)
}

func compareTwo[T cmp.Ordered](a, b T, a2, b2 string) int {
	return cmp.Or(cmp.Compare(a, b), cmp.Compare(a2, b2))
}

// Of reads the lists beside a story, each best first.
func Of(tx *db.Tx, id string) (stories, library []Link, err error) {
	_, err = db.List(tx, func(r db.Row) (struct{}, error) {
		var story bool
		l, err := scanLink(r, &story)
		if story {
			stories = append(stories, l)
		} else {
			library = append(library, l)
		}
		return struct{}{}, err
	}, selectLinksOf, id)
	if err != nil {
		return nil, nil, fmt.Errorf("read what is related to story %s: %w", id, err)
	}
	slices.SortFunc(stories, Link.Before)
	slices.SortFunc(library, Link.Before)
	return stories[:min(len(stories), MostShown)], library, nil
}
