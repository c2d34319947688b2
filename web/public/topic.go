package public

import (
	"html/template"
	"net/http"
	"slices"

	"waypost/internal/alphabet"
	"waypost/resources"
	"waypost/stories"
	"waypost/topics"
)

// TopicsView is the page of all topics.
type TopicsView struct{ Topics []CountedTopic }

// AllTopics answers /topics.
func (p *Public) AllTopics(w http.ResponseWriter, r *http.Request) error {
	return p.page(w, r, "/topics", "public/topics", func(b *build) (Layout, error) {
		b.tag(topics.TagTopics, stories.TagStories)
		list, err := b.countedTopics()
		if err != nil {
			return Layout{}, err
		}
		layout := b.layout("/topics", b.words.T("nav.topics"), b.words.T("topics.about", "name", b.settings.Name))
		layout.Section, layout.Content = "topics", TopicsView{list}
		return layout, nil
	})
}

// TopicView is a topic's page.
type TopicView struct {
	topics.Topic
	Items     []Item
	Older     string
	First     bool
	Resources []ListedResource
}

const resourcesOfTopic = 6

// Topic answers /topics/{slug}.
func (p *Public) Topic(w http.ResponseWriter, r *http.Request) error {
	key, place, err := listPlace(r.URL.Query())
	if err != nil {
		return err
	}
	slug := r.PathValue("slug")
	path := "/topics/" + slug
	err = p.page(w, r, path+place, "public/topic", func(b *build) (Layout, error) {
		t, err := b.Topics.BySlug(b.tx, slug)
		if err != nil {
			return Layout{}, err
		}
		if err := real(b.Stories.InTopic(b.tx, t.ID, key)); err != nil {
			return Layout{}, err
		}
		b.tag(topics.TagTopic(t.ID), stories.TagTopicList(t.ID), resources.TagResources)
		view := TopicView{Topic: t, First: place == ""}
		list, err := b.Stories.UnderTopic(b.tx, t.ID, key, perPage+1)
		if err != nil {
			return Layout{}, err
		}
		list, more := older(list, perPage)
		if more != "" {
			view.Older = path + "?before=" + more
		}
		if view.Items, err = b.items(list); err != nil {
			return Layout{}, err
		}
		filed, err := b.Resources.UnderTopics(b.tx, []string{t.ID}, resourcesOfTopic)
		if err != nil {
			return Layout{}, err
		}
		view.Resources = b.listedResources(filed)
		layout := b.layout(path+place, t.Name, t.Description)
		layout.Section, layout.Content = "topics", view
		layout.Feeds = append(layout.Feeds, FeedLink{t.Name, path + "/feed.atom", path + "/feed.json"})
		layout.Data = []any{b.crumbs([2]string{b.words.T("nav.topics"), "/topics"}, [2]string{t.Name, path})}
		return layout, nil
	})
	return p.orMoved(w, r, err)
}

// ResourcesView is the library, by topic.
type ResourcesView struct{ Shelves []Shelf }

// Shelf is a topic of the library; the last one may have none.
type Shelf struct {
	Topic     *topics.Topic
	Resources []ListedResource
}

// ListedResource is a link with its note made ready.
type ListedResource struct {
	resources.Resource
	Text template.HTML
}

// Library answers /resources: each link under the first of its topics.
func (p *Public) Library(w http.ResponseWriter, r *http.Request) error {
	return p.page(w, r, "/resources", "public/resources", func(b *build) (Layout, error) {
		b.tag(resources.TagResources, topics.TagTopics)
		list, err := b.Resources.All(b.tx)
		if err != nil {
			return Layout{}, err
		}
		all, err := b.Topics.All(b.tx)
		if err != nil {
			return Layout{}, err
		}
		layout := b.layout("/resources", b.words.T("nav.resources"), b.words.T("resources.about", "name", b.settings.Name))
		layout.Section, layout.Content = "resources", ResourcesView{b.shelves(list, all)}
		return layout, nil
	})
}

func (b *build) shelves(list []resources.Resource, all []topics.Topic) []Shelf {
	byTopic := map[string][]resources.Resource{}
	for _, r := range list {
		first := ""
		if len(r.Topics) > 0 {
			first = r.Topics[0]
		}
		byTopic[first] = append(byTopic[first], r)
	}
	slices.SortFunc(all, func(x, y topics.Topic) int { return alphabet.Compare(x.Name, y.Name) })
	var shelves []Shelf
	for _, t := range all {
		if len(byTopic[t.ID]) > 0 {
			shelves = append(shelves, Shelf{&t, b.listedResources(byTopic[t.ID])})
		}
	}
	if len(byTopic[""]) > 0 {
		shelves = append(shelves, Shelf{nil, b.listedResources(byTopic[""])})
	}
	return shelves
}

func (b *build) listedResources(list []resources.Resource) []ListedResource {
	out := make([]ListedResource, len(list))
	for i, r := range list {
		out[i] = ListedResource{r, b.note(r.Note)}
	}
	return out
}
