package gallery

import (
	"strings"

	"waypost/community"
	"waypost/internal/partdate"
	"waypost/stories"
	"waypost/stories/trails"
	"waypost/web/public"
	"waypost/web/render"
)

// story is a story's page and a free-standing page.
func story() []Scene {
	return append(talks(), []Scene{
		{Page: "public/story", State: "usual", show: func(c cast) any { return c.storyPage(c.whole()) }},
		{Page: "public/story", State: "bare", show: func(c cast) any {
			v := public.StoryView{Item: c.plain()}
			v.Body = c.body("It was a short week.").HTML
			page := c.storyPage(v)
			page.Site.Join = false
			return page
		}},
		{Page: "public/story", State: "long", show: func(c cast) any { return c.storyPage(c.endlessStory()) }},
		{Page: "public/story", State: "archived", show: func(c cast) any {
			v := c.whole()
			v.State, v.Picture, v.Path, v.Previous = stories.Archived, nil, nil, nil
			page := c.storyPage(v)
			page.NoIndex = true
			return page
		}},
		{Page: "public/story", State: "other-language", show: func(c cast) any {
			v := c.whole()
			picture := v.Picture
			v.Item = c.abroad()
			v.Item.Picture = picture
			v.Body, v.Contents, v.Next = c.foreignBody(), nil, nil
			v.Picture.Caption = ""
			return c.storyPage(v)
		}},
		{Page: "public/story", State: "preview", show: func(c cast) any {
			v := c.whole()
			v.Preview = true
			v.Mending = &render.Mending{Language: c.words.Language, Direction: c.words.Direction, Title: c.text("To mend"), List: []string{c.text("Step 2: From: this date cannot be read."), c.text(endless)}}
			page := c.storyPage(v)
			page.Preview, page.NoIndex, page.Canonical = true, true, ""
			return page
		}},
		{Page: "public/page", State: "usual", show: func(c cast) any {
			return c.public("", c.text("House rules"), public.PageView{Page: community.Page{Title: c.text("House rules")}, Body: c.body(essay).HTML})
		}},
		{Page: "public/page", State: "long", show: func(c cast) any {
			return c.public("", c.text(endless), public.PageView{Page: community.Page{Title: c.text(endless)}, Body: c.body(endless + "\n\n" + essay).HTML})
		}},
	}...)
}

func (c cast) storyPage(v public.StoryView) public.Layout {
	page := c.public("stories", v.Title, v)
	page.Share = public.Share{Type: "article", Image: c.base + v.URL + "/card.png", Alt: v.Title, Width: 1200, Height: 630,
		Published: "2026-11-02T09:30:00Z", Moved: "2026-11-02T09:30:00Z"}
	page.Data = []any{map[string]any{"@context": "https://schema.org", "@type": "Article", "headline": v.Title}}
	return page
}

// whole is a story with everything that a story can have.
func (c cast) whole() public.StoryView {
	doc := c.body(essay)
	v := public.StoryView{Item: c.item(0), Body: doc.HTML, Contents: doc.Contents, Path: c.path(sample), More: c.items(4)[1:]}
	v.Byline, v.Subject, v.Picture = []public.Person{c.tamsin(), c.dez()}, c.topics()[:2], c.cover()
	for _, p := range v.Byline {
		v.About = append(v.About, public.AboutAuthor{Person: p, Bio: c.note(c.tamsin().Bio)})
	}
	reason := public.Reason{Topics: []string{c.text("Leaving")}, Words: []string{c.text("trial"), c.text("follow spot")}}
	v.Related = []public.RelatedStory{{Item: c.item(6), Reason: reason}, {Item: c.item(7), Reason: public.Reason{Words: reason.Words}}, {Item: c.abroad()}}
	for _, l := range c.links(2) {
		v.Resources = append(v.Resources, public.RelatedResource{Resource: l.Resource, Note: l.Text, Reason: public.Reason{Topics: reason.Topics}})
	}
	previous, next := c.item(8).Story, c.item(9).Story
	v.Previous, v.Next = &previous, &next
	v.Replies = c.talk()
	return v
}

func (c cast) endlessStory() public.StoryView {
	v := c.whole()
	picture := v.Picture
	v.Item = c.endlessItem()
	v.Picture = picture
	v.Picture.Caption = c.text(endless + " " + wordy)
	doc := c.body(strings.ReplaceAll(essay, "nineteen", endless) + "\n\n## " + endless + "\n\n`" + endless + endless + "`\n\n> " + endless + endless)
	v.Body, v.Contents = doc.HTML, doc.Contents
	v.Path = c.path(crowded())
	v.About = []public.AboutAuthor{{Person: c.endlessly(), Bio: c.note(endless + " " + wordy)}, {Person: c.bare()}}
	v.More = []public.Item{c.endlessItem()}
	long := []string{c.text(endless), c.text(endless[:40]), c.text(wordy)}
	v.Related = []public.RelatedStory{{Item: c.endlessItem(), Reason: public.Reason{Topics: long, Words: long}}}
	v.Resources = []public.RelatedResource{{Resource: c.endlessLink().Resource, Note: c.endlessLink().Text, Reason: public.Reason{Topics: long, Words: long}}}
	v.Previous.Title, v.Next.Title = v.Title, v.Title
	return v
}

// path draws a trail up to today.
func (c cast) path(t trails.Trail) *render.Figure {
	t = c.spoken(t)
	return render.Trail(t, render.Draw(t, partdate.DayOf(today), c.words), c.words)
}
