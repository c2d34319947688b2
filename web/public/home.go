package public

import (
	"cmp"
	"net/http"
	"slices"

	"waypost/internal/alphabet"
	"waypost/internal/problem"
	"waypost/stories"
	"waypost/topics"
)

// HomeView is the front page.
type HomeView struct {
	Lead       *Item
	Items      []Item
	More       bool
	Topics     []CountedTopic // those with the most stories
	MoreTopics bool
	SetUp
}

// SetUp is how the owner of a community that is not set up gets in.
type SetUp struct {
	Command string // that prints a link
	Folder  bool   // it has to name the data folder
}

// CountedTopic is a topic and how many stories it has.
type CountedTopic struct {
	topics.Topic
	N int
}

const (
	onHome       = 11
	topicsOnHome = 12
)

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
		view := HomeView{More: len(list) > onHome, SetUp: b.SetUp}
		items, err := b.items(list[:min(len(list), onHome)])
		if err != nil {
			return Layout{}, err
		}
		if len(items) > 0 {
			view.Lead, view.Items = &items[0], items[1:]
		}
		counted, err := b.countedTopics()
		if err != nil {
			return Layout{}, err
		}
		view.Topics, view.MoreTopics = mostUsed(counted, topicsOnHome)
		layout := b.layout("/", "", b.settings.Tagline)
		layout.Data = []any{object{"@context": "https://schema.org", "@type": "WebSite", "name": b.settings.Name, "url": b.abs("/"),
			"description": b.settings.Tagline, "inLanguage": b.settings.Language}}
		layout.Content = view
		return layout, nil
	})
}

// mostUsed keeps the n topics with the most stories, in the order they come in, and
// reports whether there are others.
func mostUsed(list []CountedTopic, n int) ([]CountedTopic, bool) {
	if len(list) <= n {
		return list, false
	}
	byUse := slices.Clone(list)
	slices.SortStableFunc(byUse, func(x, y CountedTopic) int { return cmp.Compare(y.N, x.N) })
	kept := map[string]bool{}
	for _, t := range byUse[:n] {
		kept[t.ID] = true
	}
	return slices.DeleteFunc(list, func(t CountedTopic) bool { return !kept[t.ID] }), true
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
	slices.SortFunc(list, func(x, y CountedTopic) int { return alphabet.Compare(x.Name, y.Name) })
	return list, nil
}
