package public

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"waypost/internal/db"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/internal/slug"
	"waypost/members"
	"waypost/pictures"
	"waypost/resources"
	"waypost/stories"
	"waypost/stories/beside"
	"waypost/topics"
	"waypost/web/render"
)

// StoryView is a story's page.
type StoryView struct {
	Item
	Preview   bool            // as the desk shows it before it is published
	Mending   *render.Mending // what the editor has to mend; in a preview alone
	Body      template.HTML
	Contents  []stories.Heading // of a long text
	Path      *render.Figure    // the path behind the story
	About     []AboutAuthor
	More      []Item
	Related   []RelatedStory
	Resources []RelatedResource
	Beside    template.HTML // these three, where they are a part that is kept
	Previous  *stories.Story
	Next      *stories.Story
	Replies   *RepliesView // nil in a preview
}

// Names are those of the byline.
func (v StoryView) Names() string {
	names := make([]string, len(v.Byline))
	for i, p := range v.Byline {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

// AboutAuthor is the box on an author under their story.
type AboutAuthor struct {
	Person
	Bio template.HTML
}

// RelatedStory is another story and why it stands here.
type RelatedStory struct {
	Item
	Reason Reason
}

// RelatedResource is a link of the library and why it stands here.
type RelatedResource struct {
	resources.Resource
	Note   template.HTML
	Reason Reason
}

// Reason says in words why two things belong together.
type Reason struct{ Topics, Words []string }

const (
	moreByAuthor  = 3
	contentsFrom  = 4 // headings that make a list of contents worth its place
	contentsDepth = 3
)

// Story answers /stories/{slug}.
func (p *Public) Story(w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("slug")
	err := p.page(w, r, stories.Address(slug), "public/story", func(b *build) (Layout, error) {
		s, err := b.Stories.BySlug(b.tx, slug)
		if err != nil {
			return Layout{}, err
		}
		if err := hidden(s); err != nil {
			return Layout{}, err
		}
		return b.storyLayout(s)
	})
	return p.orMoved(w, r, err)
}

// hidden says why readers may not see a story, nil if they may: one that was never
// public is not found, one that was taken down is gone.
func hidden(s stories.Story) error {
	switch {
	case s.State == stories.Published || s.State == stories.Archived:
		return nil
	case s.Since.IsZero() || s.State == stories.Scheduled:
		return errMissing()
	}
	return problem.New(problem.Gone, "story.gone")
}

// Preview is a story's page as readers will get it, for the desk.
func (p *Public) Preview(ctx context.Context, typed render.Preview) ([]byte, error) {
	var body []byte
	err := p.DB.View(ctx, func(tx *db.Tx) error {
		b, err := p.newBuild(tx)
		if err != nil {
			return err
		}
		s, t := typed.Story, typed.Text
		if s.Published.IsZero() {
			s.Published = p.Clock()
		}
		t.Drawing = render.Draw(t.Trail, partdate.DayOf(s.Published.In(b.zone)), b.words)
		layout, err := b.storyWith(s, t, false)
		if err != nil {
			return err
		}
		view := layout.Content.(StoryView)
		view.Preview, view.Mending = true, typed.Mending
		for _, name := range typed.Authors {
			person := Person{Profile: members.Profile{Name: name}, URL: "/authors/" + slug.Make(name)}
			view.Byline, view.About = append(view.Byline, person), append(view.About, AboutAuthor{Person: person})
		}
		for _, name := range typed.Topics {
			view.Subject = append(view.Subject, topics.Topic{Name: name, Slug: slug.Make(name)})
		}
		layout.Content, layout.NoIndex, layout.Preview = view, true, true
		body, err = p.Renderer.Page(b.settings.Language, "public/story", layout)
		return err
	})
	return body, err
}

func (b *build) storyLayout(s stories.Story) (Layout, error) {
	text, err := b.Stories.Text(b.tx, s.ID)
	if err != nil {
		return Layout{}, err
	}
	return b.storyWith(s, text, true)
}

func (b *build) storyWith(s stories.Story, t stories.Text, talk bool) (Layout, error) {
	view := StoryView{Body: render.Body(t.Rendered.HTML), Contents: contents(t.Rendered.Outline), Path: render.Trail(t.Trail, t.Drawing, b.words)}
	for _, id := range t.Rendered.Pictures {
		b.tag(pictures.Tag(id))
	}
	items, err := b.items([]stories.Story{s})
	if err != nil {
		return Layout{}, err
	}
	view.Item = items[0]
	if !talk {
		err = b.around(&view)
	} else if err = b.beside(&view); err == nil {
		view.Replies, err = b.talk(view.Item)
	}
	if err != nil {
		return Layout{}, err
	}
	for _, author := range view.Byline {
		if author.ID == members.FormerID { // one name over the stories of many
			continue
		}
		view.About = append(view.About, AboutAuthor{author, b.note(author.Bio)})
		b.tag(stories.TagAuthorList(author.ID))
	}
	layout := b.layout(view.URL, s.Title, s.Standfirst)
	layout.Section = "stories"
	if s.State == stories.Archived {
		layout.NoIndex = true
	}
	layout.Share = b.storyShare(view.Item)
	layout.Data = b.storyData(view, layout)
	if talk {
		layout.Feeds = append(layout.Feeds, b.talkFeeds(view.Item)...)
	}
	layout.Content = view
	return layout, nil
}

const moreRelated = 4

// around is what a story's page shows of others.
type around struct {
	beside         template.HTML
	previous, next *stories.Story
}

// beside fills in what stands around a story, as a part of its page: it changes with
// other stories.
func (b *build) beside(v *StoryView) error {
	made, err := b.part(fmt.Sprintf("beside %s %s %d %q %q", v.ID, v.State, v.Published.UnixMilli(), v.Authors, v.Topics), func() (any, int, error) {
		b.tag(stories.TagBeside(v.ID))
		for _, id := range v.Authors {
			b.tag(members.TagProfile(id))
			if id != members.FormerID { // one name over the stories of many
				b.tag(stories.TagAuthorList(id))
			}
		}
		for _, id := range v.Topics {
			b.tag(topics.TagTopic(id))
		}
		if err := b.around(v); err != nil {
			return nil, 0, err
		}
		html, err := b.Renderer.Part(b.settings.Language, "public/story", "story-beside", v)
		return around{html, v.Previous, v.Next}, len(html), err
	})
	if err == nil {
		a := made.(around)
		v.Beside, v.Previous, v.Next = a.beside, a.previous, a.next
	}
	return err
}

// around fills in what stands around a story, leaving one out of "related" that already
// stands under "more by the author".
func (b *build) around(view *StoryView) error {
	around, err := b.Beside.Beside(b.tx, view.Story, moreByAuthor)
	if err != nil {
		return err
	}
	related := slices.DeleteFunc(around.Related, func(r beside.Related) bool {
		return slices.ContainsFunc(around.More, func(m stories.Story) bool { return m.ID == r.Story.ID })
	})
	related = related[:min(len(related), moreRelated)]
	list := around.More
	for _, r := range related {
		list = append(list, r.Story)
	}
	items, err := b.items(list)
	if err != nil {
		return err
	}
	view.More = items[:len(around.More)]
	for i, item := range items[len(around.More):] {
		view.Related = append(view.Related, RelatedStory{item, Reason{view.named(related[i].Topics), related[i].Words}})
	}
	view.Previous, view.Next = around.Previous, around.Next
	for _, n := range []*stories.Story{view.Previous, view.Next} {
		if n != nil {
			b.tag(stories.TagStory(n.ID))
		}
	}
	return b.library(view, around.Resources)
}

// library adds the links beside the story.
func (b *build) library(view *StoryView, found []beside.RelatedResource) error {
	if len(found) == 0 {
		return nil
	}
	ids := make([]string, len(found))
	for i, f := range found {
		ids[i] = f.ID
		b.tag(resources.TagResource(f.ID))
	}
	byID, err := b.Resources.ByIDs(b.tx, ids)
	if err != nil {
		return err
	}
	for _, f := range found {
		if r, ok := byID[f.ID]; ok {
			view.Resources = append(view.Resources, RelatedResource{r, b.note(r.Note), Reason{view.named(f.Topics), f.Words}})
		}
	}
	return nil
}

// named gives names to topics that the story has too.
func (v StoryView) named(ids []string) []string {
	var names []string
	for _, id := range ids {
		at := slices.IndexFunc(v.Subject, func(t topics.Topic) bool { return t.ID == id })
		if at >= 0 {
			names = append(names, v.Subject[at].Name)
		}
	}
	return names
}

func contents(outline []stories.Heading) []stories.Heading {
	if len(outline) < contentsFrom {
		return nil
	}
	var list []stories.Heading
	for _, h := range outline {
		if h.Level <= contentsDepth {
			list = append(list, h)
		}
	}
	return list
}
