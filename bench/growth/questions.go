//go:build linux

package growth

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"waypost/bench/site"
	"waypost/internal/db"
	"waypost/stories"
)

// question is asked again and again, each time about another story, topic or author.
type question struct {
	name string
	ask  func(*asker) error
}

// asker asks one site.
type asker struct {
	*site.Site
	ctx     context.Context
	dice    *rand.Rand
	newest  time.Time
	span    time.Duration // from the newest story to the oldest
	some    []stories.Story
	topics  []string // slugs
	authors []string // handles
}

// one picks a story from anywhere.
func (a *asker) one() stories.Story { return a.some[a.dice.IntN(len(a.some))] }

// deep is a place far from the head of a list.
func (a *asker) deep() stories.Key {
	return stories.Key{Published: a.newest.Add(-a.span / 10 * 9), ID: "~"}
}

// query asks the features, without a page around the answer.
func query(ask func(a *asker, tx *db.Tx) (int, error)) func(*asker) error {
	return func(a *asker) error {
		return a.DB.View(a.ctx, func(tx *db.Tx) error {
			n, err := ask(a, tx)
			if err == nil && n == 0 {
				err = fmt.Errorf("nothing was found")
			}
			return err
		})
	}
}

// page asks for a page that is made from the database each time.
func page(path func(a *asker) string) func(*asker) error {
	return func(a *asker) error { return a.Ask(a.ctx, path(a)) }
}

func fixed(path string) func(*asker) error { return page(func(*asker) string { return path }) }

var questions = []question{
	{"a story by its slug, with its text", query(func(a *asker, tx *db.Tx) (int, error) {
		s, err := a.Stories.BySlug(tx, a.one().Slug)
		if err != nil {
			return 0, err
		}
		_, err = a.Stories.Text(tx, s.ID)
		return 1, err
	})},
	{"what stands beside it", query(func(a *asker, tx *db.Tx) (int, error) {
		_, err := a.Beside.Beside(tx, a.one(), 3)
		return 1, err
	})},
	{"the newest 20", query(func(a *asker, tx *db.Tx) (int, error) {
		return count(a.Stories.Newest(tx, stories.Key{}, 20))
	})},
	{"20 stories nine tenths down the archive", query(func(a *asker, tx *db.Tx) (int, error) {
		return count(a.Stories.Newest(tx, a.deep(), 20))
	})},
	{"50 stories of a month", query(func(a *asker, tx *db.Tx) (int, error) {
		at := a.one().Published
		return count(a.Stories.Between(tx, at.AddDate(0, -1, 0), at.Add(time.Second), stories.Key{}, 50))
	})},
	{"20 stories of a topic", query(func(a *asker, tx *db.Tx) (int, error) {
		return count(a.Stories.UnderTopic(tx, a.one().Topics[0], stories.Key{}, 20))
	})},
	{"20 of a topic, nine tenths down", query(func(a *asker, tx *db.Tx) (int, error) {
		return count(a.Stories.UnderTopic(tx, a.one().Topics[0], a.deep(), 20))
	})},
	{"20 stories of an author", query(func(a *asker, tx *db.Tx) (int, error) {
		return count(a.Stories.ByAuthor(tx, a.one().Authors[0], stories.Key{}, 20))
	})},
	{"how many under each topic", query(func(a *asker, tx *db.Tx) (int, error) {
		counts, err := a.Stories.TopicCounts(tx)
		return len(counts), err
	})},
	{"page: a story", page(func(a *asker) string { return stories.Address(a.one().Slug) })},
	{"page: a topic", page(func(a *asker) string { return "/topics/" + a.topics[a.dice.IntN(len(a.topics))] })},
	{"page: an author", page(func(a *asker) string { return "/authors/" + a.authors[a.dice.IntN(len(a.authors))] })},
	{"page: the first", fixed("/")},
	{"page: the archive", fixed("/stories")},
	{"page: all topics", fixed("/topics")},
	{"page: all authors", fixed("/authors")},
	{"feed of the site", fixed("/feed.atom")},
	{"map of the site (an index above 5,000)", fixed("/sitemap.xml")},
	{"map of a month (at most 4,464 stories)", page(func(a *asker) string {
		return "/sitemap-" + a.one().Published.UTC().Format("2006-01") + ".xml"
	})},
}

func count(list []stories.Story, err error) (int, error) { return len(list), err }
