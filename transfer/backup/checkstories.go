package backup

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/stories"
)

// counted is one of the counts that package stories keeps with each change.
type counted struct{ kind, name string }

// stories recounts what is counted with each change, and compares the keys by which
// the lists of topics and authors are ordered with the stories' own.
func (i *inspection) stories() error {
	kept, err := i.keptCounts()
	if err != nil {
		return err
	}
	found, err := i.recount()
	if err != nil {
		return err
	}
	names := maps.Clone(kept)
	maps.Copy(names, found)
	for _, c := range slices.SortedFunc(maps.Keys(names), counted.compare) {
		if kept[c] != found[c] {
			i.found(Warning, "count", "the %s %s counts %d published stories and has %d", c.kind, c.name, kept[c], found[c])
		}
	}
	for _, table := range []string{"story_topics", "story_authors"} {
		if err := i.listKeys(table); err != nil {
			return err
		}
	}
	return nil
}

func (c counted) compare(other counted) int {
	return slices.Compare([]string{c.kind, c.name}, []string{other.kind, other.name})
}

func (i *inspection) keptCounts() (map[counted]int64, error) {
	counts := map[counted]int64{}
	return counts, i.count(counts, `SELECT kind, name, n FROM story_counts WHERE n <> 0`)
}

func (i *inspection) recount() (map[counted]int64, error) {
	counts := map[counted]int64{}
	err := i.count(counts, `SELECT 'topic', l.topic_id, count(*) FROM story_topics l JOIN stories s ON s.id = l.story_id
			WHERE s.state = 'published' GROUP BY l.topic_id
		UNION ALL SELECT 'author', l.profile_id, count(*) FROM story_authors l JOIN stories s ON s.id = l.story_id
			WHERE s.state = 'published' GROUP BY l.profile_id`)
	if err != nil {
		return nil, err
	}
	settings, err := (&community.Service{}).SettingsIn(i.tx) // reading needs no more of a Service
	if err != nil {
		return nil, err
	}
	times, err := db.List(i.tx, db.Value[int64], `SELECT published_at FROM stories WHERE state = 'published'`)
	if err != nil {
		return nil, fmt.Errorf("count the stories: %w", err)
	}
	for _, t := range times {
		counts[counted{"month", stories.Month(time.UnixMilli(t), settings.Location())}]++
	}
	return counts, nil
}

func (i *inspection) count(counts map[counted]int64, query string) error {
	_, err := db.List(i.tx, func(r db.Row) (struct{}, error) {
		var c counted
		var n int64
		err := r.Scan(&c.kind, &c.name, &n)
		counts[c] = n
		return struct{}{}, err
	}, query)
	if err != nil {
		return fmt.Errorf("count the stories: %w", err)
	}
	return nil
}

func (i *inspection) listKeys(table string) error {
	n, err := db.Value[int64](i.tx.QueryRow(`SELECT count(*) FROM ` + table + ` l JOIN stories s ON s.id = l.story_id
		WHERE l.published_at IS DISTINCT FROM CASE WHEN s.state = 'published' THEN s.published_at END`))
	if err != nil {
		return fmt.Errorf("compare the list keys of %s: %w", table, err)
	}
	if n > 0 {
		i.found(Warning, "list", "%d rows of %s are ordered by another time than their story's", n, table)
	}
	return nil
}
