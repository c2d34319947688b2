package gallery

import (
	"fmt"
	"time"

	"waypost/topics"
	"waypost/web/public"
)

func (c cast) countedTopics() []public.CountedTopic {
	var list []public.CountedTopic
	for i, t := range c.topics() {
		list = append(list, public.CountedTopic{Topic: t, N: 1 + i*i*577})
	}
	return list
}

// front is the front page and the page of all stories.
func front() []Scene {
	return []Scene{
		{Page: "public/home", State: "usual", show: func(c cast) any {
			lead := c.item(0)
			lead.Picture = c.cover()
			return c.public("", "", public.HomeView{Lead: &lead, Items: c.items(6)[1:], More: true, Topics: c.countedTopics()})
		}},
		{Page: "public/home", State: "one", show: func(c cast) any {
			lead := c.plain()
			page := c.public("", "", public.HomeView{Lead: &lead})
			page.Site.Tagline, page.Site.Menu, page.Description = "", nil, ""
			return page
		}},
		{Page: "public/home", State: "long", show: func(c cast) any {
			lead, mine := c.endlessItem(), c.abroad()
			lead.Picture = c.cover()
			long := c.topic(endless[:60])
			page := c.public("", "", public.HomeView{Lead: &lead, Items: []public.Item{c.endlessItem(), mine, c.plain()},
				Topics: append(c.countedTopics(), public.CountedTopic{Topic: long, N: 1_234_567}), MoreTopics: true})
			page.Site.Name, page.Site.Tagline, page.Site.Accent = c.text(endless), c.text(wordy), accentSheet
			return page
		}},
		{Page: "public/home", State: "empty", show: func(c cast) any { return c.public("", "", public.HomeView{}) }},
		{Page: "public/home", State: "not-set-up", show: func(c cast) any {
			return c.notSetUp(public.SetUp{Command: "waypost owner-link"})
		}},
		{Page: "public/home", State: "not-set-up, elsewhere", show: func(c cast) any {
			return c.notSetUp(public.SetUp{Command: "waypost owner-link --data DIR", Folder: true})
		}},
		{Page: "public/stories", State: "usual", show: func(c cast) any {
			return c.public("stories", c.words.T("nav.stories"), c.archive(public.ArchiveView{Older: "/stories?before=x", First: true}))
		}},
		{Page: "public/stories", State: "month", show: func(c cast) any {
			title := c.words.T("stories.of", "time", c.words.Month(today))
			return c.public("stories", title, c.archive(public.ArchiveView{Year: today.Year(), Month: int(today.Month()), First: true}))
		}},
		{Page: "public/stories", State: "last", show: func(c cast) any {
			return c.public("stories", c.words.T("nav.stories"), c.archive(public.ArchiveView{}))
		}},
		{Page: "public/stories", State: "empty", show: func(c cast) any {
			return c.public("stories", c.words.T("nav.stories"), public.ArchiveView{First: true, Empty: true})
		}},
	}
}

// archive fills a view with the stories of two months and the choice of 25 years.
func (c cast) archive(v public.ArchiveView) public.ArchiveView {
	month := func(y, m int) time.Time { return time.Date(y, time.Month(m), 1, 0, 0, 0, 0, today.Location()) }
	for y := today.Year(); y > today.Year()-25; y-- {
		year := public.Year{Year: y, N: 12 + y%7, Chosen: y == v.Year}
		for m := 12; m > 0; m-- {
			year.Months = append(year.Months, public.MonthChoice{Start: month(y, m), N: m, Chosen: m == v.Month})
		}
		v.Years = append(v.Years, year)
	}
	v.Stretches = []public.Stretch{{Year: 2026, Items: c.items(2)}, {Year: 2025, Items: []public.Item{c.endlessItem(), c.abroad(), c.plain()}}}
	return v
}

// many are so many topics that they fill lines.
func (c cast) many(n int) []topics.Topic {
	var list []topics.Topic
	for len(list) < n {
		list = append(list, c.topics()...)
	}
	return list[:n]
}

// notSetUp is the front page of a community that nobody has set up.
func (c cast) notSetUp(how public.SetUp) any {
	page := c.public("", "", public.HomeView{SetUp: how})
	page.Site.SetUp, page.Site.Join, page.Site.Menu, page.Site.Tagline = false, false, nil, ""
	return page
}

// others are the pages of errors.
func others() []Scene {
	fails := func(status int, incident string) func(c cast) any {
		return func(c cast) any {
			message := c.words.T(fmt.Sprintf("error.%d", status))
			page := c.public("", message, public.ErrorView{Status: status, Message: message, Advice: c.words.T(fmt.Sprintf("error.%d.advice", status)), Incident: incident})
			page.Canonical, page.NoIndex, page.Feeds, page.Description = "", true, nil, ""
			return page
		}
	}
	return []Scene{
		{Page: "public/error", State: "missing", show: fails(404, "")},
		{Page: "public/error", State: "gone", show: fails(410, "")},
		{Page: "public/error", State: "failure", show: fails(500, "k3v9q0txwm")},
	}
}
