package gallery

import (
	"fmt"

	"waypost/resources"
	"waypost/web/public"
)

// lists are the pages of authors, topics and the library.
func lists() []Scene {
	return append(people(), []Scene{
		{Page: "public/topics", State: "usual", show: func(c cast) any {
			return c.public("topics", c.words.T("nav.topics"), public.TopicsView{Topics: c.countedTopics()})
		}},
		{Page: "public/topics", State: "long", show: func(c cast) any {
			list := []public.CountedTopic{{Topic: c.topic(endless[:60]), N: 1_234_567}}
			for _, t := range c.many(24) {
				t.Description = c.text(wordy)
				list = append(list, public.CountedTopic{Topic: t, N: 1})
			}
			return c.public("topics", c.words.T("nav.topics"), public.TopicsView{Topics: list})
		}},
		{Page: "public/topics", State: "empty", show: func(c cast) any {
			return c.public("topics", c.words.T("nav.topics"), public.TopicsView{})
		}},
		{Page: "public/topic", State: "usual", show: func(c cast) any {
			t := c.topics()[0]
			return c.public("topics", t.Name, public.TopicView{Topic: t, Items: c.items(4), First: true, Resources: c.links(2)})
		}},
		{Page: "public/topic", State: "long", show: func(c cast) any {
			t := c.topic(endless[:60])
			t.Description = c.text(endless + " " + wordy)
			return c.public("topics", t.Name, public.TopicView{Topic: t, Items: append(c.items(2), c.endlessItem(), c.abroad()), Older: "/topics/trials?before=x",
				Resources: []public.ListedResource{c.endlessLink()}})
		}},
		{Page: "public/topic", State: "empty", show: func(c cast) any {
			t := c.topics()[1]
			t.Description = ""
			return c.public("topics", t.Name, public.TopicView{Topic: t, First: true})
		}},
		{Page: "public/resources", State: "usual", show: func(c cast) any {
			t := c.topics()
			return c.public("resources", c.words.T("nav.resources"), public.ResourcesView{Shelves: []public.Shelf{
				{Topic: &t[0], Resources: c.links(2)}, {Topic: &t[1], Resources: c.links(3)[2:]}, {Resources: []public.ListedResource{c.endlessLink()}}}})
		}},
		{Page: "public/resources", State: "empty", show: func(c cast) any {
			return c.public("resources", c.words.T("nav.resources"), public.ResourcesView{})
		}},
	}...)
}

func people() []Scene {
	return []Scene{
		{Page: "public/authors", State: "usual", show: func(c cast) any {
			return c.public("authors", c.words.T("nav.authors"), public.AuthorsView{Authors: []public.CountedAuthor{{Person: c.tamsin(), N: 12}, {Person: c.dez(), N: 1}, {Person: c.bare(), N: 3}}})
		}},
		{Page: "public/authors", State: "long", show: func(c cast) any {
			view := public.AuthorsView{Next: "/authors?after=x"}
			for n := range 20 {
				view.Authors = append(view.Authors, public.CountedAuthor{Person: c.endlessly(), N: 1 + 1000*n}, public.CountedAuthor{Person: c.tamsin(), N: 2})
			}
			return c.public("authors", c.words.T("nav.authors"), view)
		}},
		{Page: "public/authors", State: "empty", show: func(c cast) any {
			return c.public("authors", c.words.T("nav.authors"), public.AuthorsView{})
		}},
		{Page: "public/author", State: "usual", show: func(c cast) any {
			p := c.tamsin()
			return c.public("authors", p.Name, public.AuthorView{Person: p, Bio: c.note(c.tamsin().Bio), N: 3, Items: c.items(3), First: true})
		}},
		{Page: "public/author", State: "long", show: func(c cast) any {
			p := c.endlessly()
			return c.public("authors", p.Name, public.AuthorView{Person: p, Bio: c.note(endless + "\n\n" + wordy + "\n\n" + wordy), N: 1,
				Items: []public.Item{c.endlessItem(), c.abroad()}, Older: "/authors/endless?before=x"})
		}},
		{Page: "public/author", State: "bare", show: func(c cast) any {
			p := c.bare()
			return c.public("authors", p.Name, public.AuthorView{Person: p, First: true})
		}},
	}
}

func (c cast) resource(title, url, note string) resources.Resource {
	return resources.Resource{ID: "r1", URL: url, Title: c.text(title), Note: c.text(note), Version: 1}
}

func (c cast) link(title, url, note string) public.ListedResource {
	l := public.ListedResource{Resource: c.resource(title, url, note)}
	if note != "" {
		l.Text = c.note(note)
	}
	return l
}

func (c cast) links(n int) []public.ListedResource {
	all := []public.ListedResource{
		c.link("What a trial period may ask of you", "https://www.advice.example/trials", "Plain words on notice, pay and holidays in the first months."),
		c.link("A letter of leaving, in four sentences", "https://letters.example/leaving", ""),
		c.link("The pay of lighting people, by town", "https://pay.example/lights", "Numbers people gave, *with the year*."),
	}
	for i := range all {
		all[i].ID += fmt.Sprint("-", i)
	}
	return all[:n]
}

func (c cast) endlessLink() public.ListedResource {
	l := c.link(endless, "https://www."+endless[:60]+".example/"+endless+"/"+endless, endless+" "+wordy)
	l.ID = "r2"
	return l
}
