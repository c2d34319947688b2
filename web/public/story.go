package public

import (
	"context"
	"html/template"
	"net/http"
	"strings"

	"waypost/internal/db"
	"waypost/internal/markdown"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/pictures"
	"waypost/resources"
	"waypost/stories"
	"waypost/web/render"
)

// StoryView is a story's page.
type StoryView struct {
	Item
	Preview   bool // as the desk shows it before it is published
	Body      template.HTML
	Contents  []stories.Heading // of a long text
	Path      *render.Figure    // the path behind the story
	About     []AboutAuthor
	More      []Item
	Related   []RelatedStory
	Resources []RelatedResource
	Previous  *stories.Story
	Next      *stories.Story
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
func (p *Public) Preview(ctx context.Context, s stories.Story, t stories.Text) ([]byte, error) {
	var body []byte
	err := p.DB.View(ctx, func(tx *db.Tx) error {
		b, err := p.newBuild(tx)
		if err != nil {
			return err
		}
		if s.Published.IsZero() {
			s.Published = p.Clock()
		}
		t.Drawing = render.Draw(t.Trail, partdate.DayOf(s.Published.In(b.zone)), b.words)
		layout, err := b.storyWith(s, t)
		if err != nil {
			return err
		}
		view := layout.Content.(StoryView)
		view.Preview = true
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
	return b.storyWith(s, text)
}

func (b *build) storyWith(s stories.Story, t stories.Text) (Layout, error) {
	items, err := b.items([]stories.Story{s})
	if err != nil {
		return Layout{}, err
	}
	view := StoryView{Item: items[0], Body: render.Body(t.Rendered.HTML), Contents: contents(t.Rendered.Outline),
		Path: render.Trail(t.Trail, t.Drawing, b.words)}
	for _, id := range t.Rendered.Pictures {
		b.tag(pictures.Tag(id))
	}
	for _, author := range view.Byline {
		view.About = append(view.About, AboutAuthor{author, b.note(author.Bio)})
		b.tag(stories.TagAuthorList(author.ID))
	}
	if view.Previous, view.Next, err = b.Stories.Neighbours(b.tx, s); err != nil {
		return Layout{}, err
	}
	for _, n := range []*stories.Story{view.Previous, view.Next} {
		if n != nil {
			b.tag(stories.TagStory(n.ID))
		}
	}
	if err := b.related(&view); err != nil {
		return Layout{}, err
	}
	layout := b.layout(view.URL, s.Title, s.Standfirst)
	layout.Section = "stories"
	if s.State == stories.Archived {
		layout.NoIndex = true
	}
	layout.Share = b.storyShare(view.Item)
	layout.Data = b.storyData(view, layout)
	layout.Content = view
	return layout, nil
}

// related fills what was computed when the story changed, leaving a story out of
// "related" that already stands under "more by the author".
func (b *build) related(view *StoryView) error {
	shown := map[string]bool{view.ID: true}
	for _, author := range view.Authors {
		more, err := b.Stories.ByAuthor(b.tx, author, stories.Key{}, moreByAuthor+1)
		if err != nil {
			return err
		}
		var fresh []stories.Story
		for _, m := range more {
			if !shown[m.ID] && len(view.More)+len(fresh) < moreByAuthor {
				shown[m.ID] = true
				fresh = append(fresh, m)
			}
		}
		items, err := b.items(fresh)
		if err != nil {
			return err
		}
		view.More = append(view.More, items...)
	}
	related, err := b.Stories.Related(b.tx, view.ID)
	if err != nil {
		return err
	}
	var list []stories.Story
	var reasons []Reason
	for _, rel := range related {
		if !shown[rel.Story.ID] && len(list) < moreRelated {
			list = append(list, rel.Story)
			reasons = append(reasons, Reason{rel.Topics, rel.Words})
		}
	}
	items, err := b.items(list)
	if err != nil {
		return err
	}
	for i, item := range items {
		view.Related = append(view.Related, RelatedStory{item, reasons[i]})
	}
	return b.relatedResources(view, reasons)
}

const moreRelated = 4

// relatedResources adds the library's links and puts names to the topics of every reason.
func (b *build) relatedResources(view *StoryView, reasons []Reason) error {
	found, err := b.Stories.RelatedResources(b.tx, view.ID)
	if err != nil {
		return err
	}
	ids := make([]string, len(found))
	var subjects []string
	for i, f := range found {
		ids[i] = f.ID
		subjects = append(subjects, f.Topics...)
	}
	for _, r := range reasons {
		subjects = append(subjects, r.Topics...)
	}
	names, err := b.topicNames(subjects)
	if err != nil {
		return err
	}
	for i := range view.Related {
		view.Related[i].Reason.Topics = names(reasons[i].Topics)
	}
	list, err := b.Resources.ByIDs(b.tx, ids)
	if err != nil {
		return err
	}
	byID := map[string]resources.Resource{}
	for _, r := range list {
		byID[r.ID] = r
	}
	for _, f := range found {
		b.tag(resources.TagResource(f.ID))
		view.Resources = append(view.Resources, RelatedResource{byID[f.ID], b.note(byID[f.ID].Note), Reason{names(f.Topics), f.Words}})
	}
	return nil
}

// topicNames looks topics up once and returns how to name them.
func (b *build) topicNames(ids []string) (func([]string) []string, error) {
	byID, err := b.Topics.ByIDs(b.tx, ids)
	return func(ids []string) []string {
		var names []string
		for _, id := range ids {
			if t, ok := byID[id]; ok {
				names = append(names, t.Name)
			}
		}
		return names
	}, err
}

func (b *build) note(source string) template.HTML {
	if source == "" {
		return ""
	}
	return render.Body(markdown.Note(source, markdown.Options{IDPrefix: "note-", Base: b.Base.String(), UGC: true, Words: render.MarkdownWords(b.words)}).HTML)
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
