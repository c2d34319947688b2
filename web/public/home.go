package public

import (
	"net/http"
	"slices"

	"waypost/internal/problem"
	"waypost/stories"
	"waypost/topics"
)

// HomeView is the front page.
type HomeView struct {
	Lead   *Item
	Items  []Item
	More   bool
	Topics []CountedTopic
}

// CountedTopic is a topic and how many stories it has.
type CountedTopic struct {
	topics.Topic
	N int
}

const onHome = 11

// Home answers /, and what the blog a community came from answered there to a query.
func (p *Public) Home(w http.ResponseWriter, r *http.Request) error {
	if asksForBygone(r.URL.Query()) {
		return p.orMoved(w, r, problem.New(problem.NotFound, "problem.not_found"))
	}
	return p.page(w, r, "/", "public/home", func(b *build) (Layout, error) {
		b.tag(stories.TagStories, topics.TagTopics)
		list, err := b.Stories.Newest(b.tx, stories.Key{}, onHome+1)
		if err != nil {
			return Layout{}, err
		}
		view := HomeView{More: len(list) > onHome}
		items, err := b.items(list[:min(len(list), onHome)])
		if err != nil {
			return Layout{}, err
		}
		if len(items) > 0 {
			view.Lead, view.Items = &items[0], items[1:]
		}
		if view.Topics, err = b.countedTopics(); err != nil {
			return Layout{}, err
		}
		layout := b.layout("/", "", b.settings.Tagline)
		layout.Data = []any{object{"@context": "https://schema.org", "@type": "WebSite", "name": b.settings.Name, "url": b.abs("/"),
			"description": b.settings.Tagline, "inLanguage": b.settings.Language}}
		layout.Content = view
		return layout, nil
	})
}

// countedTopics lists the topics that have stories, by name.
func (b *build) countedTopics() ([]CountedTopic, error) {
	all, err := b.Topics.All(b.tx)
	if err != nil {
		return nil, err
	}
	counts, err := b.Stories.TopicCounts(b.tx)
	if err != nil {
		return nil, err
	}
	var list []CountedTopic
	for _, t := range all {
		if counts[t.ID] > 0 {
			list = append(list, CountedTopic{t, counts[t.ID]})
		}
	}
	byName := b.order()
	slices.SortFunc(list, func(x, y CountedTopic) int { return byName.CompareString(x.Name, y.Name) })
	return list, nil
}
